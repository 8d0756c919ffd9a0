import type { SweepRow } from '@/api/backtests'

/** Metrics a sweep may be looked at by; the first is what a new sweep is ranked by. */
export const rankings = [
  'sharpe',
  'return',
  'maxDrawdown',
  'profitFactor',
  'sortino',
  'calmar',
  'winRate',
  'trades',
] as const
export type Ranking = (typeof rankings)[number]

/** Less is better. */
export const isCost = (name: string): boolean => name === 'maxDrawdown'

export type Cell = { row: SweepRow | null; value: number | null }
export type Heat = { x: string; y: string | null; xs: number[]; ys: (number | null)[]; cells: Cell[][] }

const values = (rows: readonly SweepRow[], name: string): number[] =>
  [...new Set(rows.map((row) => row.inputs[name] ?? Number.NaN))].filter(Number.isFinite).sort((a, b) => a - b)

/** The names that were swept: those with more than one value. */
export const sweptNames = (rows: readonly SweepRow[]): string[] =>
  Object.keys(rows[0]?.inputs ?? {}).filter((name) => values(rows, name).length > 1)

export { values as valuesOf }

/** A grid over two inputs; every other input keeps the value `fixed` names. */
export function heatOf(
  rows: readonly SweepRow[],
  x: string,
  y: string | null,
  metric: string,
  fixed: Readonly<Record<string, number>>,
): Heat {
  const kept = rows.filter((row) =>
    Object.entries(fixed).every(([name, value]) => name === x || name === y || row.inputs[name] === value),
  )
  const xs = values(kept, x)
  const ys = y === null ? [null] : values(kept, y)
  const cells = ys.map((vertical) =>
    xs.map((horizontal) => {
      const row = kept.find((each) => each.inputs[x] === horizontal && (y === null || each.inputs[y] === vertical))
      return { row: row ?? null, value: row?.metrics[metric] ?? null }
    }),
  )
  return { x, y, xs, ys, cells }
}

/** What parts good from bad; null where only more or less says something. */
const evenAt: Readonly<Record<string, number>> = { sharpe: 0, return: 0, sortino: 0, calmar: 0, profitFactor: 1 }

/** How strongly a value is coloured, from -1 (worst side) to 1 (best side); 0 is the neutral middle. The least bad loss is not green. */
export function warmth(value: number | null, all: readonly (number | null)[], metric: string): number {
  const known = all.filter((each): each is number => each !== null && Number.isFinite(each))
  if (value === null || known.length === 0) return 0
  const even = evenAt[metric]
  if (even !== undefined) {
    const reach = Math.max(...known.map((each) => Math.abs(each - even)))
    return reach === 0 ? 0 : (value - even) / reach
  }
  const [low, high] = [Math.min(...known), Math.max(...known)]
  if (high === low) return 0
  return (isCost(metric) ? -1 : 1) * ((2 * (value - low)) / (high - low) - 1)
}

/** The best first; unknown last. */
export function ranked(rows: readonly SweepRow[], metric: string): SweepRow[] {
  const turn = isCost(metric) ? 1 : -1
  const value = (row: SweepRow): number | null => row.metrics[metric] ?? null
  return [...rows].sort((a, b) => {
    const [left, right] = [value(a), value(b)]
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1
    return turn * (left - right)
  })
}
