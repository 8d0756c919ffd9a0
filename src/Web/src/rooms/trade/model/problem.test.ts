import { describe, expect, it } from 'vitest'
import { complaintAt, complaintOf, reduce } from '../model'
import { limitBuy, market, play } from './sample'

describe('what the server refuses', () => {
  const draft = { symbol: 'BTCUSDT', side: 'sell', type: 'limit', clientOrderId: 'k' } as const
  it.each([
    [{ code: 'price_not_on_tick', field: 'price' }, 'price'],
    [{ code: 'quantity_not_on_step', field: 'quantity' }, 'amount'],
    [{ code: 'below_minimum', field: 'quoteQuantity' }, 'amount'],
    [{ code: 'insufficient_funds' }, 'amount'],
    [{ code: 'invalid_field', field: 'price' }, 'price'],
    [{ code: 'price_stale' }, 'form'],
    [{ code: 'market_ended' }, 'form'],
    [{}, 'form'],
  ])('%o goes to %s', (problem, field) => expect(complaintOf(problem, draft, market.instrument).field).toBe(field))

  it('stands at its field until the next edit', () => {
    const sending = play([...limitBuy('63000', '0.01'), { kind: 'review', clientOrderId: 'k' }, { kind: 'confirm' }])
    const complaint = complaintOf({ code: 'insufficient_funds', value: '630', limit: '1' }, draft, market.instrument)
    const refused = reduce(sending, { kind: 'refused', complaint }, market)
    expect(complaintAt('amount', refused, market)).toEqual(complaint)
    expect(complaintAt('amount', reduce(refused, { kind: 'amount', text: '0.02' }, market), market)).toBeNull()
  })
})
