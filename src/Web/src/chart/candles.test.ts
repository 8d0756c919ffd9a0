import { describe, expect, it } from 'vitest'
import { candleAt, changeBetween, marksOn, withCandle, withOlder } from './candles'
import type { Candle } from './types'

const candle = (time: number, close = 1): Candle => ({ time, open: 1, high: 2, low: 0.5, close, volume: 3 })
const list = [candle(60), candle(120), candle(180)]

describe('withCandle', () => {
  it('replaces the running candle', () =>
    expect(withCandle(list, candle(180, 9)).map((c) => c.close)).toEqual([1, 1, 9]))
  it('appends the next one', () =>
    expect(withCandle(list, candle(240)).map((c) => c.time)).toEqual([60, 120, 180, 240]))
  it('mends an earlier one', () => expect(withCandle(list, candle(120, 7))[1]?.close).toBe(7))
  it('drops what would break the order', () => expect(withCandle(list, candle(90))).toBe(list))
})

it('older candles go in front without doubles', () =>
  expect(withOlder([candle(0), candle(60, 5)], list).map((c) => [c.time, c.close])).toEqual([
    [0, 1],
    [60, 1],
    [120, 1],
    [180, 1],
  ]))

describe('changeBetween', () => {
  it.each([
    ['the same list', list, 'none'],
    ['a new close of the running candle', withCandle(list, candle(180, 9)), 'last'],
    ['the next candle', withCandle(list, candle(240)), 'last'],
    ['an earlier candle', withCandle(list, candle(120, 7)), 'all'],
    ['older candles', withOlder([candle(0)], list), 'all'],
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
