import { describe, expect, it } from 'vitest'
import { emptyForm, reduce } from '../model'
import { limitBuy, market, marketBuy, play } from './sample'

describe('swapping the unit', () => {
  it('keeps the value, and swapping back gives exactly what was typed', () => {
    const typed = play(limitBuy('64000', '0.02345'))
    const swapped = reduce(typed, { kind: 'swapUnit' }, market)
    expect([swapped.unit, swapped.amountText]).toEqual(['quote', '1500.80'])
    const back = reduce(swapped, { kind: 'swapUnit' }, market)
    expect([back.unit, back.amountText]).toEqual(['base', '0.02345'])
  })

  it('after an edit reckons anew', () => {
    const form = play([...limitBuy('64000', '0.5'), { kind: 'swapUnit' }, { kind: 'amount', text: '640' }])
    expect(reduce(form, { kind: 'swapUnit' }, market).amountText).toBe('0.01000')
  })

  it('writes in the locale of the reader', () => {
    const brazil = { ...market, locale: 'pt-BR' }
    expect(play([...limitBuy('64000', '0,02'), { kind: 'swapUnit' }], emptyForm, brazil).amountText).toBe('1280,00')
  })
})

describe('the book sets the price', () => {
  it('and makes a market order a limit order', () => {
    const form = play([...marketBuy, { kind: 'pickPrice', price: '63990.00' }])
    expect([form.type, form.priceText]).toEqual(['limit', '63990.00'])
  })
})

describe('the first price that is known', () => {
  it('fills an empty price field', () => expect(play([{ kind: 'firstPrice' }]).priceText).toBe('63995.00'))
  it('leaves what was typed', () =>
    expect(play([{ kind: 'price', text: '5' }, { kind: 'firstPrice' }]).priceText).toBe('5'))
})

describe('one order for one confirmation', () => {
  const ready = play([...limitBuy('63000', '0.01'), { kind: 'review', clientOrderId: 'key-1' }])

  it('asks first and carries the key', () => {
    expect(ready.phase).toEqual({
      kind: 'confirming',
      unanswered: false,
      draft: {
        symbol: 'BTCUSDT',
        side: 'buy',
        type: 'limit',
        quantity: '0.01',
        price: '63000',
        clientOrderId: 'key-1',
      },
    })
  })

  it('a second confirm changes nothing', () => {
    const once = reduce(ready, { kind: 'confirm' }, market)
    expect(once.phase.kind).toBe('sending')
    expect(reduce(once, { kind: 'confirm' }, market)).toBe(once)
  })

  it('a second review while one is open keeps the first key', () => {
    expect(reduce(ready, { kind: 'review', clientOrderId: 'key-2' }, market)).toBe(ready)
  })

  it('without an answer the same key is sent again', () => {
    const unanswered = play([{ kind: 'confirm' }, { kind: 'unanswered' }], ready)
    const again = reduce(unanswered, { kind: 'confirm' }, market)
    expect(again.phase.kind === 'sending' && again.phase.draft.clientOrderId).toBe('key-1')
  })

  it('typing while a dialog is open does not change the order', () => {
    expect(reduce(ready, { kind: 'amount', text: '9' }, market)).toBe(ready)
  })

  it('a market order by quote sends the quote amount', () => {
    const form = play([
      ...marketBuy,
      { kind: 'swapUnit' },
      { kind: 'amount', text: '1000' },
      { kind: 'review', clientOrderId: 'k' },
    ])
    expect(form.phase.kind === 'confirming' && form.phase.draft).toEqual({
      symbol: 'BTCUSDT',
      side: 'buy',
      type: 'market',
      quoteQuantity: '1000',
      clientOrderId: 'k',
    })
  })

  it('a limit order typed in quote sends a quantity on the step', () => {
    const form = play([
      ...limitBuy('63000', ''),
      { kind: 'swapUnit' },
      { kind: 'amount', text: '1000' },
      { kind: 'review', clientOrderId: 'k' },
    ])
    expect(form.phase.kind === 'confirming' && form.phase.draft.quantity).toBe('0.01587')
  })

  it('after it is placed the amount is empty and the price stays', () => {
    const placed = play([{ kind: 'confirm' }, { kind: 'placed' }], ready)
    expect([placed.amountText, placed.priceText, placed.phase.kind]).toEqual(['', '63000', 'editing'])
  })
})
