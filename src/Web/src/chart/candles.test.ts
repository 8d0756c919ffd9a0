import { describe, expect, it } from 'vitest'
import { candleAt, changeBetween, marksOn, withLive } from './candles'
import type { Candle } from './types'

const candle = (time: number, close = 1): Candle => ({ time, open: 1, high: 2, low: 0.5, close, volume: 3 })
const list = [candle(60), candle(120), candle(180)]

describe('withLive', () => {
  const closes = (live: readonly Candle[]) => withLive(list, live).map((c) => [c.time, c.close])
  it('replaces the running candle', () =>
    expect(closes([candle(180, 9)])).toEqual([
      [60, 1],
      [120, 1],
      [180, 9],
    ]))
  it('appends what is new', () => expect(closes([candle(180, 9), candle(240, 5)]).at(-1)).toEqual([240, 5]))
  it('keeps what only the loaded list has', () =>
    expect(closes([candle(60, 4), candle(180, 9)])).toEqual([
      [60, 4],
      [120, 1],
      [180, 9],
    ]))
  it('keeps the drawn objects, so that the chart updates its last candle only', () => {
    const live = [candle(180, 9)]
    const now = withLive(list, live)
    expect(changeBetween(now, withLive(list, [...live, candle(240)]))).toBe('last')
    expect(changeBetween(now, withLive(list, [candle(180, 8)]))).toBe('last')
  })
  it('nothing live changes nothing', () => expect(withLive(list, [])).toBe(list))
})

describe('changeBetween', () => {
  it.each([
    ['the same list', list, 'none'],
    ['a new close of the running candle', withLive(list, [candle(180, 9)]), 'last'],
    ['the next candle', [...list, candle(240)], 'last'],
    ['an earlier candle', withLive(list, [candle(120, 7)]), 'all'],
    ['older candles', [candle(0), ...list], 'all'],
    ['another market', [candle(60, 8), candle(120, 8), candle(180, 8)], 'all'],
    ['nothing', [], 'all'],
  ] as const)('%s', (_, next, change) => expect(changeBetween(list, next)).toBe(change))
})

describe('fills on their candles', () => {
  it('belong to the candle that was open', () => {
    expect([59, 60, 119, 120, 999].map((t) => candleAt(list, t)?.time ?? null)).toEqual([null, 60, 60, 120, 180])
  })
  it('one arrow per side and candle', () => {
    const fill = (id: string, time: number, side: 'buy' | 'sell') => ({ id, time, side, price: 1 })
    const fills = [
      fill('d', 185, 'sell'),
      fill('a', 61, 'buy'),
      fill('b', 62, 'buy'),
      fill('c', 63, 'sell'),
      fill('e', 5, 'buy'),
    ]
    expect(marksOn(list, fills).map((m) => [m.time, m.side])).toEqual([
      [60, 'buy'],
      [60, 'sell'],
      [180, 'sell'],
    ])
  })
})
