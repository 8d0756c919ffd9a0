import type { Candle, FillMark } from './types'

/**
 * Live candles over loaded ones. From the first live candle on, live wins; what only the loaded list has stays.
 */
export function withLive(loaded: readonly Candle[], live: readonly Candle[]): readonly Candle[] {
  const first = live[0]
  if (first === undefined) return loaded
  const cut = loaded.findIndex((c) => c.time >= first.time)
  if (cut < 0) return [...loaded, ...live]
  const liveTimes = new Set(live.map((c) => c.time))
  const rest = loaded.slice(cut).filter((c) => !liveTimes.has(c.time))
  const tail = rest.length === 0 ? live : [...rest, ...live].sort((a, b) => a.time - b.time)
  return [...loaded.slice(0, cut), ...tail]
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
