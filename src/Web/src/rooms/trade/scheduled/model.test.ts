import { expect, it } from 'vitest'
import type { Fill } from '@/api/types'
import { order } from '@/orders/sample'
import { kindOf, latencyMs, momentsOf, scheduledOf } from './model'

const fill = (time: string, orderId = '1'): Fill => ({
  id: time,
  orderId,
  accountId: 'account',
  symbol: 'BTCUSDT',
  side: 'sell',
  price: '60990',
  quantity: '0.01',
  quoteQuantity: '609.9',
  fee: '0.6099',
  feeAsset: 'USDT',
  maker: false,
  cause: { kind: 'book', id: '12', price: '60990', time },
  time,
})
const firedBy = { kind: 'trade', id: '7', price: '61000', time: '2026-01-05T12:01:00.000Z' } as const

it.each([
  ['below', 'buy', false, 'takeProfit'],
  ['below', 'sell', false, 'stopLoss'],
  ['above', 'buy', true, 'stopLoss'],
  ['above', 'sell', true, 'takeProfit'],
  ['time', 'buy', false, 'market'],
  ['time', 'sell', true, 'limit'],
] as const)('%s %s at limit %s is %s', (when, side, atLimit, kind) => expect(kindOf(when, side, atLimit)).toBe(kind))

it('lists each order once, newest first, by what it does now', () => {
  const open = [order({ id: '1', status: 'triggered', createdAt: '2026-01-05T12:00:00Z' })]
  const closed = [
    order({ id: '1', status: 'waiting', createdAt: '2026-01-05T12:00:00Z' }),
    order({ id: '2', status: 'failed', createdAt: '2026-01-05T13:00:00Z' }),
    order({ id: '3', status: 'filled', listId: '3', leg: 'stop' }),
  ]
  const seen = (stage: Parameters<typeof scheduledOf>[2]) => scheduledOf(open, closed, stage).map((o) => o.id)
  expect(seen('all')).toEqual(['2', '1'])
  expect(seen('waiting')).toEqual([])
  expect(seen('working')).toEqual(['1'])
  expect(seen('failed')).toEqual(['2'])
})

it('tells what happened in order, with only its own fills', () => {
  const done = order({ status: 'filled', firedBy, firedAt: '2026-01-05T12:01:00.100Z', averagePrice: '60990' })
  const fills = [
    fill('2026-01-05T12:01:00.400Z'),
    fill('2026-01-05T12:01:00.250Z'),
    fill('2026-01-05T12:01:00.100Z', '2'),
  ]
  expect(momentsOf(done, fills).map((m) => m.kind)).toEqual(['placed', 'triggered', 'filled', 'filled'])
  expect(latencyMs(done, fills)).toBe(250)
  expect(latencyMs(order(), fills)).toBeNull()
  expect(momentsOf(order({ status: 'expired' }), []).map((m) => m.kind)).toEqual(['placed', 'ended'])
  const slept = order({ resumedBy: 'missedTrades', resumedAt: '2026-01-05T12:30:00Z' })
  expect(momentsOf(slept, [])[1]).toEqual({ kind: 'resumed', at: '2026-01-05T12:30:00Z', rule: 'missedTrades' })
})
