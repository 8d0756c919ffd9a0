import type { StrategyDocument } from '@/api/strategies'

/** One field that differs, named as refusals name it: "stopLoss", "inputs.low", "define.r". */
export type Change = { field: string; from: string | null; to: string | null }

const fields = [
  'name',
  'timeframe',
  'inputs',
  'define',
  'enter',
  'exit',
  'size',
  'takeProfit',
  'stopLoss',
  'trailingStop',
  'maxBars',
  'cooldownBars',
  'protections',
] as const

/** Absent, null and what the server assumes are the same. */
const assumed: Record<string, string> = { size: '100%', cooldownBars: '0', name: '' }

function flat(document: StrategyDocument): Map<string, string> {
  const all = new Map<string, string>()
  const put = (field: string, value: unknown) => {
    if (value === null || value === undefined) return
    if (typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) put(`${field}.${key}`, inner)
      return
    }
    const text = String(value)
    if (assumed[field] !== text) all.set(field, text)
  }
  for (const field of fields) put(field, document[field])
  return all
}

/** What changed between two documents, in the order of the document. */
export function changesOf(from: StrategyDocument, to: StrategyDocument): Change[] {
  const [before, after] = [flat(from), flat(to)]
  const names = [...new Set([...before.keys(), ...after.keys()])]
  const rank = (name: string) => fields.findIndex((field) => name === field || name.startsWith(`${field}.`))
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .sort((a, b) => rank(a) - rank(b))
    .map((field) => ({
      field,
      from: before.get(field) ?? assumed[field] ?? null,
      to: after.get(field) ?? assumed[field] ?? null,
    }))
}
