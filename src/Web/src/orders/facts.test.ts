import { describe, expect, it } from 'vitest'
import {
  canAmend,
  canPause,
  canResume,
  canRetry,
  distance,
  grouped,
  holdAfter,
  isScheduled,
  listKind,
  pricesOf,
  slippage,
  trailingPrice,
} from './facts'
import { order } from './sample'

const trailing = { type: 'trailingStop', triggerPrice: null, firesOnRise: null, trailingDelta: 100 } as const

describe('what may be done in which state', () => {
  it.each([
    ['waiting', {}, 'amend pause'],
    ['paused', {}, 'amend resume'],
    ['waiting', { quantity: null }, ''],
    ['waiting', { type: 'market', triggerPrice: null, quantity: null, quoteQuantity: '500' }, 'pause'],
    ['triggered', {}, ''],
    ['new', { type: 'limit', triggerPrice: null, price: '1' }, 'amend'],
    ['partiallyFilled', { type: 'stopLossLimit', price: '1' }, 'amend'],
    ['new', { type: 'stopLoss' }, ''],
    ['failed', {}, 'retry'],
    ['filled', {}, ''],
  ] as const)('%s %o: %s', (status, patch, may) => {
    const one = order({ status, ...patch })
    const found = [
      canAmend(one) && 'amend',
      canPause(one) && 'pause',
      canResume(one) && 'resume',
      canRetry(one) && 'retry',
    ]
    expect(found.filter(Boolean).join(' ')).toBe(may)
  })
})

describe('prices on the chart', () => {
  it.each([
    [order(), ['triggerPrice stop true']],
    [order({ type: 'takeProfit' }), ['triggerPrice target true']],
    [order({ type: 'stopLossLimit', price: '60900' }), ['triggerPrice stop true', 'price after true']],
    [order({ type: 'stopLossLimit', price: '60900', status: 'new' }), ['price limit true']],
    [order({ type: 'limit', triggerPrice: null, price: '70000', leg: 'target', status: 'new' }), ['price target true']],
    [order({ ...trailing, extreme: '64000' }), ['trail trail false']],
    [order({ ...trailing, activationPrice: '66000' }), ['activation trail false']],
    [order({ quantity: null, leg: 'stop' }), ['triggerPrice stop false']],
    [order({ status: 'filled' }), []],
  ])('%#', (one, lines) =>
    expect(pricesOf(one).map(({ field, role, movable }) => `${field} ${role} ${movable}`)).toEqual(lines),
  )

  it('a trailing stop stays its share behind the extreme', () => {
    expect(trailingPrice(order({ ...trailing, extreme: '64000' }))?.toFixed()).toBe('63360')
    expect(trailingPrice(order({ ...trailing, side: 'buy', extreme: '60000' }))?.toFixed()).toBe('60600')
  })
})

it('distance is signed, in per cent of the last price, and only while it waits', () => {
  expect(distance(order({ triggerPrice: '49500' }), '50000')?.toFixed(2)).toBe('-1.00')
  expect(distance(order({ triggerPrice: '51000' }), '50000')?.toFixed(2)).toBe('2.00')
  expect(distance(order({ status: 'filled' }), '50000')).toBeNull()
  expect(distance(order(), null)).toBeNull()
})

it('orders of a list stand together, entry first', () => {
  const list = { listId: '2' }
  const orders = [
    order({ id: '9' }),
    order({ id: '4', ...list, leg: 'stop' }),
    order({ id: '7' }),
    order({ id: '2', ...list, leg: 'entry' }),
    order({ id: '3', ...list, leg: 'target' }),
  ]
  expect(grouped(orders).map((o) => o.id)).toEqual(['9', '2', '3', '4', '7'])
})

it('a leg knows its list by its key', () => {
  expect(listKind(order({ leg: 'target', clientOrderId: 'web-a' }))).toBe('oco')
  expect(listKind(order({ leg: 'stop', clientOrderId: 'web-a.1' }))).toBe('oco')
  expect(listKind(order({ leg: 'target', clientOrderId: 'web-a.1' }))).toBe('bracket')
  expect(listKind(order({ leg: 'stop', clientOrderId: 'web-a.2' }))).toBe('bracket')
  expect(listKind(order())).toBeNull()
})

it('scheduled is what waits on its own', () => {
  expect(isScheduled(order())).toBe(true)
  expect(isScheduled(order({ leg: 'stop', listId: '1' }))).toBe(false)
  expect(isScheduled(order({ type: 'limit', triggerPrice: null, startAt: '2026-01-05T12:00:00Z' }))).toBe(true)
  expect(isScheduled(order({ type: 'limit', triggerPrice: null }))).toBe(false)
})

describe('the hold after a change', () => {
  const terms = { price: null, triggerPrice: '62000', quantity: '0.02' }
  it('of a sell is its quantity', () => expect(holdAfter(order(), terms)?.toFixed()).toBe('0.02'))
  it('of a stop buy is its trigger and half a per cent', () => {
    const buy = order({ side: 'buy', held: { asset: 'USDT', amount: '600' } })
    expect(holdAfter(buy, terms)?.toFixed()).toBe('1246.2')
  })
  it('of a resting buy is the rest at its price', () => {
    const buy = order({ side: 'buy', type: 'limit', filledQuantity: '0.005', held: { asset: 'USDT', amount: '600' } })
    expect(holdAfter(buy, { ...terms, price: '60000' })?.toFixed()).toBe('900')
  })
  it('stays nothing when money is held on firing', () =>
    expect(holdAfter(order({ held: null }), terms)?.toFixed()).toBe('0'))
})

it('slippage is against what fired it, better for the owner is plus', () => {
  const firedBy = { kind: 'trade', id: '7', price: '49000', time: '2026-01-05T12:00:00Z' } as const
  expect(slippage(order({ side: 'buy', triggerPrice: '49500', averagePrice: '49005', firedBy }))?.toFixed()).toBe('1')
  expect(slippage(order({ triggerPrice: '50000', averagePrice: '49500', firedBy }))?.toFixed()).toBe('-1')
  expect(slippage(order({ averagePrice: '49500' }))).toBeNull()
})
