import { describe, expect, it } from 'vitest'
import { market } from '../model/sample'
import { checkTicket } from './check'
import { amountAt, reckon } from './reckon'
import { requestOf } from './request'
import { clock, kinds, make } from './sample'
import { fieldsOf, optionsOf, refill, sideOfPrice } from './shape'
import type { Ticket } from './types'

const codes = (ticket: Ticket) => checkTicket(ticket, market, clock).map((c) => `${c.field}:${c.code}`)
const ids = { accountId: 'account', clientOrderId: 'key' }
const sent = (ticket: Ticket) => requestOf(ticket, market, clock, ids)

describe('what is proposed', () => {
  const sellable = { available: { base: '1', quote: '50000' } }
  it.each(kinds.flatMap((kind) => (['buy', 'sell'] as const).map((side) => [kind, side] as const)))(
    '%s %s is on the right side of the market and on the grid',
    (kind, side) => {
      if (kind === 'bracket' && side === 'sell') return
      for (const [atLimit, stopAtLimit] of [
        [false, false],
        [true, true],
      ] as const) {
        const ticket = make(kind, side, {}, { atLimit, stopAtLimit })
        expect(checkTicket(ticket, { ...market, ...sellable }, clock)).toEqual([])
      }
    },
  )

  it('never overwrites what was typed', () => {
    const typed = make('stopLoss', 'sell', { trigger: '60000' })
    expect(refill({ ...typed, side: 'buy' }, market, clock).texts.trigger).toBe('60000')
  })
})

describe('which side of the price', () => {
  it.each([
    ['stopLoss', 'sell', 'trigger', 'below'],
    ['stopLoss', 'buy', 'trigger', 'above'],
    ['takeProfit', 'sell', 'trigger', 'above'],
    ['takeProfit', 'buy', 'trigger', 'below'],
    ['oco', 'sell', 'price', 'above'],
    ['oco', 'sell', 'trigger', 'below'],
    ['oco', 'buy', 'price', 'below'],
    ['oco', 'buy', 'trigger', 'above'],
    ['bracket', 'buy', 'target', 'above'],
    ['bracket', 'buy', 'trigger', 'below'],
    ['limit', 'buy', 'price', null],
  ] as const)('%s %s: %s %s', (kind, side, field, way) => expect(sideOfPrice(make(kind, side), field)).toBe(way))

  it.each([
    [make('stopLoss', 'sell', { trigger: '63995' }), 'trigger:wrong_side_below'],
    [make('takeProfit', 'sell', { trigger: '63000' }), 'trigger:wrong_side_above'],
    [make('oco', 'sell', { price: '63000' }), 'price:wrong_side_above'],
    [make('bracket', 'buy', { target: '63000' }), 'target:wrong_side_above'],
    [make('bracket', 'buy', { price: '60000', target: '59000' }, { atLimit: true }), 'target:wrong_side_above_entry'],
    [make('trailing', 'sell', { percent: '60' }), 'percent:percent'],
    [make('trailing', 'sell', { percent: '0.005' }), 'percent:percent'],
    [make('stopLoss', 'sell', { trigger: '60000.005' }), 'trigger:price_not_on_tick'],
    [make('stopLoss', 'sell', { amount: '0.8' }), 'amount:insufficient_funds'],
    [make('limit', 'buy', { expires: '2026-01-05T11:00' }, { time: 'gtd' }), 'expires:time_past'],
    [
      make('limit', 'buy', { starts: '2026-01-07T00:00' }, { time: 'gtd', startsLater: true }),
      'expires:time_before_start',
    ],
    [make('limit', 'buy', { expires: '' }, { time: 'gtd' }), 'expires:time'],
  ])('%# is refused before it is sent', (ticket, code) => expect(codes(ticket)).toContain(code))

  it('money that is held only when it fires is not asked for now', () =>
    expect(codes(make('stopLoss', 'sell', { amount: '0.8' }, { hold: 'fired' }))).toEqual([]))
})

describe('what is sent', () => {
  it('stop-loss at market', () =>
    expect(sent(make('stopLoss', 'sell', { trigger: '61000' }))).toEqual({
      path: 'one',
      body: {
        ...ids,
        symbol: 'BTCUSDT',
        side: 'sell',
        type: 'stopLoss',
        quantity: '0.01',
        triggerPrice: '61000',
        timeInForce: 'gtc',
        holdWhen: 'placed',
      },
    }))

  it('take-profit at a limit, until a time', () =>
    expect(
      sent(
        make(
          'takeProfit',
          'sell',
          { trigger: '66000', price: '65900', expires: '2026-01-06T09:30' },
          { atLimit: true, time: 'gtd' },
        ),
      ).body,
    ).toMatchObject({
      type: 'takeProfitLimit',
      triggerPrice: '66000',
      price: '65900',
      timeInForce: 'gtd',
      expiresAt: '2026-01-06T09:30:00.000Z',
    }))

  it('a trailing stop in basis points, without an empty activation', () => {
    const { body } = sent(make('trailing', 'buy', { percent: '1.5' }))
    expect(body).toMatchObject({ type: 'trailingStop', trailingDelta: 150 })
    expect(body).not.toHaveProperty('activationPrice')
    expect(body).not.toHaveProperty('price')
  })

  it('a market order at a time, in quote units', () =>
    expect(
      sent(make('market', 'buy', { amount: '500', starts: '2026-01-05T15:00' }, { unit: 'quote', startsLater: true }))
        .body,
    ).toEqual({
      ...ids,
      symbol: 'BTCUSDT',
      side: 'buy',
      type: 'market',
      quoteQuantity: '500',
      timeInForce: 'gtc',
      startAt: '2026-01-05T15:00:00.000Z',
      holdWhen: 'placed',
    }))

  it('a plain market order names no time in force', () =>
    expect(sent(make('market', 'buy')).body).not.toHaveProperty('timeInForce'))

  it('what ends at a limit is sent as a quantity on the step, whatever the unit', () =>
    expect(sent(make('limit', 'buy', { price: '63000', amount: '1000' }, { unit: 'quote' })).body).toMatchObject({
      quantity: '0.01587',
      price: '63000',
    }))

  it('OCO and bracket go where lists are placed', () => {
    expect(sent(make('oco', 'sell', { price: '66000', trigger: '61000' }))).toEqual({
      path: 'oco',
      body: { ...ids, symbol: 'BTCUSDT', side: 'sell', quantity: '0.01', price: '66000', triggerPrice: '61000' },
    })
    const bracket = make(
      'bracket',
      'buy',
      { target: '66000', trigger: '61000', stopLimit: '60900' },
      { stopAtLimit: true },
    )
    expect(sent(bracket)).toEqual({
      path: 'bracket',
      body: {
        ...ids,
        symbol: 'BTCUSDT',
        side: 'buy',
        quantity: '0.01',
        type: 'market',
        targetPrice: '66000',
        stopPrice: '61000',
        stopLimitPrice: '60900',
      },
    })
  })

  it('post-only only where an order may rest', () => {
    expect(sent(make('limit', 'buy', {}, { postOnly: true })).body).toMatchObject({ postOnly: true })
    expect(sent(make('limit', 'buy', {}, { postOnly: true, time: 'ioc' })).body).not.toHaveProperty('postOnly')
    expect(sent(make('stopLoss', 'sell', {}, { postOnly: true })).body).not.toHaveProperty('postOnly')
  })
})

describe('what is held', () => {
  it.each([
    [make('stopLoss', 'buy', { trigger: '65000' }), '653.25', 'USDT'],
    [make('stopLoss', 'sell', { trigger: '61000' }), '0.01', 'BTC'],
    [make('takeProfit', 'buy', { trigger: '60000', price: '60100' }, { atLimit: true }), '601', 'USDT'],
    [make('oco', 'buy', { price: '60000', trigger: '66000' }), '663.3', 'USDT'],
    [make('trailing', 'buy', { percent: '1' }), '649.5812475', 'USDT'],
    [make('stopLoss', 'buy', { amount: '500' }, { unit: 'quote' }), '500', 'USDT'],
    [make('stopLoss', 'buy', {}, { hold: 'fired' }), '0', 'USDT'],
  ])('%#', (ticket, held, asset) => {
    const found = reckon(ticket, market)
    expect([found?.held.toFixed(), found?.heldAsset]).toEqual([held, asset])
  })
})

describe('all that is available', () => {
  const cases = kinds.flatMap((kind) =>
    (['buy', 'sell'] as const).flatMap((side) =>
      (['base', 'quote'] as const).map((unit) => [kind, side, unit] as const),
    ),
  )
  it.each(cases)('%s %s in %s units can be held, and a step more cannot', (kind, side, unit) => {
    if (kind === 'bracket' && side === 'sell') return
    const ticket = make(kind, side, {}, { unit })
    const most = amountAt(ticket, market, 100)
    const withAmount = (amount: string) => codes({ ...ticket, texts: { ...ticket.texts, amount } })
    expect(withAmount(most?.toFixed() ?? '')).toEqual([])
    const more =
      most
        ?.times('1.02')
        .round(unit === 'base' ? 5 : 2)
        .toFixed() ?? ''
    expect(withAmount(more)).toEqual(['amount:insufficient_funds'])
  })
})

describe('fields and options', () => {
  it('a bracket shows its entry only at a limit', () => {
    expect(fieldsOf(make('bracket', 'buy'))).toEqual(['target', 'trigger', 'amount'])
    expect(fieldsOf(make('bracket', 'buy', {}, { atLimit: true }))[0]).toBe('price')
  })
  it('times in force by what the order becomes', () => {
    expect(optionsOf(make('limit', 'buy')).times).toEqual(['gtc', 'ioc', 'fok', 'gtd'])
    expect(optionsOf(make('stopLoss', 'buy')).times).toEqual(['gtc', 'gtd'])
    expect(optionsOf(make('market', 'buy')).times).toEqual([])
    expect(optionsOf(make('oco', 'buy')).times).toEqual(['gtc', 'gtd'])
    expect(optionsOf(make('bracket', 'buy')).times).toEqual([])
  })
})
