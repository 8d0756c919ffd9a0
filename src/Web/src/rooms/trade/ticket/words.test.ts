import { describe, expect, it } from 'vitest'
import { market } from '../model/sample'
import { refusalOf } from './check'
import { clock, make } from './sample'
import { type Phrase, phrasesOf } from './sentence'

const flat = ({ key, params }: Phrase): string =>
  [
    key,
    ...Object.entries(params).map(([name, hole]) => `${name}=${typeof hole === 'string' ? hole : `(${flat(hole)})`}`),
  ].join(' ')
const pen = {
  price: (p: string) => p,
  amount: (p: string, a: string) => `${p} ${a}`,
  time: (ms: number) => new Date(ms).toISOString(),
}

describe('the sentence', () => {
  it.each([
    [
      make('stopLoss', 'sell', { trigger: '61000' }),
      'say_fall trigger=61000 action=(act_sell_market amount=0.01 BTC asset=BTC)',
    ],
    [
      make('stopLoss', 'buy', { trigger: '66000' }),
      'say_rise trigger=66000 action=(act_buy_market amount=0.01 BTC asset=BTC)',
    ],
    [
      make('takeProfit', 'buy', { trigger: '61000' }),
      'say_fall trigger=61000 action=(act_buy_market amount=0.01 BTC asset=BTC)',
    ],
    [make('limit', 'buy', { price: '61000' }), 'say_now action=(act_buy_limit amount=0.01 BTC price=61000 asset=BTC)'],
    [
      make('oco', 'buy', { price: '61000', trigger: '66000' }),
      'say_oco_rise action=(act_buy_limit amount=0.01 BTC price=61000 asset=BTC) trigger=66000 out=(out_buy_market)',
    ],
  ])('%#', (ticket, text) => expect(phrasesOf(ticket, market, clock, pen).map(flat)).toEqual([text]))

  it('names expiry, start and when money is held', () => {
    const ticket = make(
      'stopLoss',
      'sell',
      { expires: '2026-01-07T00:00', starts: '2026-01-06T00:00' },
      { time: 'gtd', startsLater: true, hold: 'fired' },
    )
    expect(phrasesOf(ticket, market, clock, pen).map((p) => p.key)).toEqual([
      'say_fall',
      'say_start',
      'say_expires',
      'say_holdFired',
    ])
  })
})

describe('what the server refuses', () => {
  const stop = make('stopLoss', 'sell')
  it.each([
    [{ code: 'trigger_wrong_side', field: 'triggerPrice', limit: '60000' }, stop, 'trigger', 'wrong_side_below'],
    [
      { code: 'trigger_wrong_side', field: 'stopPrice', limit: '60000' },
      make('bracket', 'buy'),
      'trigger',
      'wrong_side_below',
    ],
    [{ code: 'insufficient_funds', field: 'quantity' }, stop, 'amount', 'insufficient_funds'],
    [{ code: 'invalid_field', field: 'expiresAt' }, make('limit', 'buy', {}, { time: 'gtd' }), 'expires', 'time_past'],
    [{ code: 'would_take', field: 'price' }, make('limit', 'buy'), 'price', 'would_take'],
    [{ code: 'price_stale', field: 'symbol' }, stop, 'form', 'price_stale'],
    [{}, stop, 'form', 'unknown'],
  ])('%o', (problem, ticket, field, code) => expect(refusalOf(problem, ticket, market)).toMatchObject({ field, code }))
})
