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

/** How strongly a value is coloured, from -1 (worst side) to 1 (best side); 0 is the neutral middle. */
export function warmth(value: number | null, all: readonly (number | null)[], metric: string): number {
  const known = all.filter((each): each is number => each !== null && Number.isFinite(each))
  if (value === null || known.length === 0) return 0
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const turn = isCost(metric) ? -1 : 1
  // Where zero parts good from bad it stays the middle; else the middle of what was seen is.
  if (low < 0 && high > 0) return turn * (value >= 0 ? value / high : -value / low)
  if (high === low) return 0
  return turn * ((2 * (value - low)) / (high - low) - 1)
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
