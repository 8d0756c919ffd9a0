import type { Candle, FillMark } from './types'

/** Puts a live candle into a list that rises by time: replaces the last one, appends, or mends one further back. */
export function withCandle(list: readonly Candle[], candle: Candle): readonly Candle[] {
  const last = list.at(-1)
  if (last === undefined || candle.time > last.time) return [...list, candle]
  const at = list.findLastIndex((c) => c.time === candle.time)
  return at < 0 ? list : list.with(at, candle)
}

/** Older candles go in front; what both lists have is taken from the newer list. */
export function withOlder(older: readonly Candle[], list: readonly Candle[]): readonly Candle[] {
  const first = list[0]
  return first === undefined ? older : [...older.filter((c) => c.time < first.time), ...list]
}

export type Change = 'none' | 'last' | 'all'

/** Whether a drawn list can be brought up to date by its last candle alone. */
export function changeBetween(drawn: readonly Candle[], next: readonly Candle[]): Change {
  if (drawn === next) return 'none'
  const grown = next.length - drawn.length
  if (drawn.length === 0 || grown < 0 || grown > 1 || drawn[0]?.time !== next[0]?.time) return 'all'
  const settled = grown === 1 ? drawn.length : drawn.length - 1
  for (let i = settled - 1; i >= 0; i--) if (drawn[i] !== next[i]) return 'all'
  return 'last'
}

/** The candle a moment falls into: the last one that opened at or before it. */
export function candleAt(list: readonly Candle[], time: number): Candle | null {
  let low = 0
  let high = list.length - 1
  let found: Candle | null = null
  while (low <= high) {
    const middle = (low + high) >> 1
    const candle = list[middle]
    if (candle === undefined) break
    if (candle.time <= time) {
      found = candle
      low = middle + 1
    } else high = middle - 1
  }
  return found
}

export type PlacedMark = { time: number; side: 'buy' | 'sell'; id: string }

/** Fills on the candle they happened in, at most one arrow per side and candle, rising by time. */
export function marksOn(list: readonly Candle[], fills: readonly FillMark[]): PlacedMark[] {
  const marks = new Map<string, PlacedMark>()
  for (const fill of fills) {
    const candle = candleAt(list, fill.time)
    if (candle !== null) marks.set(`${candle.time}${fill.side}`, { time: candle.time, side: fill.side, id: fill.id })
  }
  return [...marks.values()].sort((a, b) => a.time - b.time)
}
