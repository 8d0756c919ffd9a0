import { describe, expect, it } from 'vitest'
import { complaintAt, emptyForm } from '../model'
import { codes, limitBuy, market, play } from './sample'

describe('refusals before sending', () => {
  it.each([
    ['63990.005', '0.1', 'price_not_on_tick'],
    ['63990', '0.123456', 'quantity_not_on_step'],
    ['63990', '0.00007', 'below_minimum'],
    ['63990', '1', 'insufficient_funds'],
    ['abc', '0.1', 'notANumber'],
    ['63,990', '0.1', 'ambiguous'],
    ['-5', '0.1', 'negative'],
    ['0', '0.1', 'not_above_zero'],
    ['63990', '0', 'not_above_zero'],
  ])('price %s amount %s: %s', (price, amount, code) => expect(codes(play(limitBuy(price, amount)))).toContain(code))

  it('names what is needed and what is there', () => {
    const poor = { ...market, available: { base: '0', quote: '80.50' } }
    const form = play(limitBuy('60000', '0.002'), emptyForm, poor)
    expect(complaintAt('amount', form, poor)).toEqual({
      field: 'amount',
      code: 'insufficient_funds',
      params: { value: '120', limit: '80.50', asset: 'USDT' },
    })
  })

  it('names the nearest prices on the grid', () => {
    const complaint = complaintAt('price', play(limitBuy('63990.005', '0.1')), market)
    expect(complaint?.params).toEqual({ limit: '0.01', lower: '63990', upper: '63990.01' })
  })

  it('an empty field is complained about only after a try', () => {
    expect(codes(emptyForm)).toEqual([])
    const tried = play([{ kind: 'review', clientOrderId: 'a' }])
    expect(codes(tried)).toEqual(['required', 'required'])
    expect(tried.phase.kind).toBe('editing')
  })
})
