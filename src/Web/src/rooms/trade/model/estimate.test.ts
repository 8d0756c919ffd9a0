import Big from 'big.js'
import { describe, expect, it } from 'vitest'
import { emptyForm, estimateOf, maximumOf, percentOf, walkBook } from '../model'
import { codes, limitBuy, market, marketBuy, play } from './sample'

describe('walking the book', () => {
  it('takes level by level: 0.6 = 0.5 at 64000 and 0.1 at 64010', () => {
    const walk = walkBook(market.book.asks, { quantity: new Big('0.6') }, '0.00001')
    expect(walk?.quote.toFixed(2)).toBe('38401.00')
    expect(walk?.beyondBook).toBe(false)
  })

  it('by quote amount buys whole steps of each level', () => {
    // 32000 buys the first level, 8000 / 64010 = 0.124980... of the second, floored to the step.
    const walk = walkBook(market.book.asks, { quote: new Big('40000') }, '0.00001')
    expect(walk?.quantity.toFixed(5)).toBe('0.62498')
  })

  it('says when the visible book is not deep enough', () => {
    expect(walkBook(market.book.bids, { quantity: new Big('3') }, '0.00001')?.beyondBook).toBe(true)
    expect(walkBook([], { quantity: new Big('3') }, '0.00001')).toBeNull()
  })
})

describe('estimates', () => {
  it('a market buy pays its fee in base', () => {
    const found = estimateOf(play([...marketBuy, { kind: 'amount', text: '0.6' }]), market)
    expect(found?.average.toFixed(4)).toBe('64001.6667')
    expect(found?.slippage.times(100).toFixed(4)).toBe('0.0026')
    expect(found?.fee.toFixed()).toBe('0.0006')
    expect(found?.feeAsset).toBe('BTC')
    expect(found?.receive.toFixed()).toBe('0.5994')
    expect(found?.held.toFixed(3)).toBe('38593.005')
  })

  it('a sell pays its fee in quote', () => {
    const found = estimateOf(play([{ kind: 'side', side: 'sell' }, ...limitBuy('65000', '0.5')]), market)
    expect(found?.total.toFixed()).toBe('32500')
    expect(found?.fee.toFixed()).toBe('32.5')
    expect(found?.receive.toFixed()).toBe('32467.5')
    expect(found?.heldAsset).toBe('BTC')
  })

  it('rounds the fee up to 8 decimals', () => {
    const found = estimateOf(play([{ kind: 'side', side: 'sell' }, ...limitBuy('63990.01', '0.00037')]), market)
    expect(found?.fee.toFixed()).toBe('0.02367631')
  })
})

describe('percent of what is available', () => {
  const shares = [25, 50, 75, 100]
  it.each(shares)('limit buy %d %% holds no more than available and at most a step less', (percent) => {
    const form = play([...limitBuy('63333.33', ''), { kind: 'percent', percent }])
    const found = estimateOf(form, market)
    const share = new Big(50000).times(percent).div(100)
    expect(found?.held.lte(share)).toBe(true)
    expect(found?.held.gt(share.minus('0.64'))).toBe(true)
    expect(percentOf(form, market)).toBe(percent)
    expect(codes(form)).toEqual([])
  })

  it.each(shares)('market buy by quantity %d %% can be held with the half per cent on top', (percent) => {
    const form = play([...marketBuy, { kind: 'percent', percent }])
    expect(estimateOf(form, market)?.held.lte(50000)).toBe(true)
    expect(codes(form)).toEqual([])
    expect(percentOf(form, market)).toBe(percent)
  })

  it.each(shares)('market buy by quote %d %%', (percent) => {
    const form = play([...marketBuy, { kind: 'swapUnit' }, { kind: 'percent', percent }])
    expect(form.amountText).toBe((500 * percent).toFixed(2))
    expect(codes(form)).toEqual([])
  })

  it('a sell is bounded by the base in hand', () => {
    const form = play([{ kind: 'side', side: 'sell' }, ...limitBuy('65000', ''), { kind: 'percent', percent: 100 }])
    expect(form.amountText).toBe('0.75000')
  })

  it('the slider follows a typed amount, to the nearest 5 %', () => {
    const form = play(limitBuy('50000', '0.33'))
    expect(maximumOf(form, market)?.toFixed()).toBe('1')
    expect(percentOf(form, market)).toBe(35)
  })

  it('does nothing while funds are unknown', () => {
    const unknown = { ...market, available: null }
    expect(play([{ kind: 'percent', percent: 50 }], emptyForm, unknown).amountText).toBe('')
  })
})
