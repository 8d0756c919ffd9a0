import { check, emptyForm, type Form, type FormEvent, type Market, reduce } from '../model'

export const market: Market = {
  instrument: {
    symbol: 'BTCUSDT',
    base: 'BTC',
    quote: 'USDT',
    tickSize: '0.01',
    stepSize: '0.00001',
    minQuantity: '0.00001',
    maxQuantity: '9000',
    minNotional: '5',
    trading: true,
  },
  book: {
    asks: [
      ['64000.00', '0.5'],
      ['64010.00', '0.25'],
      ['64100.00', '1'],
    ],
    bids: [
      ['63990.00', '0.4'],
      ['63980.00', '2'],
    ],
  },
  last: '63995.00',
  available: { base: '0.75', quote: '50000' },
  locale: 'en',
}

export const play = (events: FormEvent[], from: Form = emptyForm, on: Market = market) =>
  events.reduce((form, event) => reduce(form, event, on), from)
export const limitBuy = (price: string, amount: string): FormEvent[] => [
  { kind: 'type', type: 'limit' },
  { kind: 'price', text: price },
  { kind: 'amount', text: amount },
]
export const marketBuy: FormEvent[] = [{ kind: 'type', type: 'market' }]
export const codes = (form: Form, on: Market = market) => check(form, on).map((c) => c.code)
