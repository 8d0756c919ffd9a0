import type { RuleError } from '@/api/strategies'
import { blockAt, offsetOf, type Span } from '@/strategies/print'

/** A refusal with its place in the text of its field. */
export type Fault = RuleError & { from: number; end: number }

export function faultsOf(errors: readonly RuleError[], field: string, text: string): Fault[] {
  return errors
    .filter((error) => error.field === field)
    .map((error) => {
      const from = offsetOf(text, error.line, error.column)
      // A place without a length is a point; an underline needs at least one letter, also at the end of the text.
      const end = Math.min(text.length, from + Math.max(1, error.length))
      return { ...error, from: end > from ? from : Math.max(0, from - 1), end }
    })
}

/** The block each refusal points at. */
export function faultyBlocks(faults: readonly Fault[], spans: ReadonlyMap<string, Span>): Map<string, Fault> {
  const found = new Map<string, Fault>()
  for (const fault of faults) {
    const key = blockAt(spans, fault.from, fault.end) ?? ''
    if (!found.has(key)) found.set(key, fault)
  }
  return found
}

/** A text cut where refusals begin and end. */
export function pieces(text: string, faults: readonly Fault[]): { text: string; faulty: boolean }[] {
  const cuts = [...new Set([0, text.length, ...faults.flatMap((fault) => [fault.from, fault.end])])].sort(
    (a, b) => a - b,
  )
  return cuts.slice(1).map((end, index) => {
    const from = cuts[index] ?? 0
    return { text: text.slice(from, end), faulty: faults.some((fault) => fault.from <= from && fault.end >= end) }
  })
}
