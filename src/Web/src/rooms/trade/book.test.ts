import { describe, expect, it } from 'vitest'
import { groupings, groupLevels, ownLevels, rowsOf, spreadOf, totalOf } from './book'
import type { Level } from './model'

const bids: Level[] = [
  ['99.97', '1'],
  ['99.95', '2'],
  ['99.90', '0.5'],
  ['99.89', '4'],
]
const asks: Level[] = [
  ['100.01', '1'],
  ['100.10', '2'],
  ['100.11', '3'],
]

it('offers the tick and coarser steps, up to about a per cent of the price', () => {
  expect(groupings('0.01', '64000')).toEqual(['0.01', '0.1', '1', '10', '100'])
  expect(groupings('0.01', '9')).toEqual(['0.01', '0.1'])
  expect(groupings('0.00001', '0.5')).toEqual(['0.00001', '0.0001', '0.001'])
})

describe('grouping', () => {
  it('rounds bids down and asks up, and loses no quantity', () => {
    expect(groupLevels(bids, 'bid', '0.1')).toEqual([
      ['99.9', '3.5'],
      ['99.8', '4'],
    ])
    expect(groupLevels(asks, 'ask', '0.1')).toEqual([
      ['100.1', '3'],
      ['100.2', '3'],
    ])
    expect(totalOf(groupLevels(bids, 'bid', '0.1')).eq(totalOf(bids))).toBe(true)
  })

  it('by the tick changes nothing but the notation', () => {
    expect(groupLevels(asks, 'ask', '0.01').map(([p]) => Number(p))).toEqual([100.01, 100.1, 100.11])
  })
})

it('sums up from the best price and marks own orders', () => {
  const own = ownLevels(
    [
      { side: 'buy', price: '99.95', quantity: '1', filledQuantity: '0', status: 'new' },
      { side: 'sell', price: '99.90', quantity: '1', filledQuantity: '0', status: 'new' },
      { side: 'buy', price: '99.97', quantity: '1', filledQuantity: '0', status: 'waiting' },
      { side: 'buy', price: null, quantity: '1', filledQuantity: '0', status: 'new' },
    ],
    'bid',
    '0.01',
  )
  const rows = rowsOf(groupLevels(bids, 'bid', '0.01'), totalOf(bids), own)
  expect(rows.map((r) => r.cumulative)).toEqual(['1', '3', '3.5', '7.5'])
  expect(rows.map((r) => r.share)).toEqual([0.1333, 0.4, 0.4667, 1])
  expect(rows.map((r) => r.own)).toEqual([false, true, false, false])
})

it('gives an own order between two levels a row of its own, outside the totals', () => {
  const order = { quantity: '0.7', filledQuantity: '0.2', status: 'new' }
  const own = ownLevels(
    [
      { side: 'buy', price: '99.93', ...order },
      { side: 'buy', price: '99.93', ...order },
      { side: 'buy', price: '98', ...order },
    ],
    'bid',
    '0.01',
  )
  const rows = rowsOf(groupLevels(bids, 'bid', '0.01'), totalOf(bids), own)
  expect(rows.map((r) => [Number(r.price), r.quantity, r.cumulative, r.own])).toEqual([
    [99.97, '1', '1', false],
    [99.95, '2', '3', false],
    [99.93, '1', '3', true],
    [99.9, '0.5', '3.5', false],
    [99.89, '4', '7.5', false],
  ])
  const sells = ownLevels([{ side: 'sell', price: '100.05', ...order }], 'ask', '0.01')
  const upwards = rowsOf(groupLevels(asks, 'ask', '0.01'), totalOf(asks), sells)
  expect(upwards.map((r) => r.own)).toEqual([false, true, false, false])
})

it('spread in money and per cent of the middle', () => {
  expect(spreadOf('99.5', '100.5')).toEqual({ amount: '1', percent: '1.0000' })
  expect(spreadOf(undefined, '1')).toBeNull()
})
