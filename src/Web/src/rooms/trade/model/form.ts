import Big from 'big.js'
import { decimalsOfStep } from '@/money/format'
import { toInput } from '@/money/parse'
import { DOWN, floorToStep } from '@/money/step'
import type { Kind } from '../ticket/types'
import { check } from './check'
import { estimate, quoteDecimals, referencePrice } from './estimate'
import { asOrder, maximumOf, readAmount, readPrice } from './read'
import type { Complaint, Draft, Form, Market, OrderType, Side, Unit } from './types'

export type FormEvent =
  | { kind: 'firstPrice' }
  | { kind: 'side'; side: Side }
  | { kind: 'type'; type: OrderType }
  | { kind: 'advanced'; advanced: Kind | null }
  | { kind: 'amount'; text: string }
  | { kind: 'price'; text: string }
  | { kind: 'swapUnit' }
  | { kind: 'percent'; percent: number }
  | { kind: 'pickPrice'; price: string }
  | { kind: 'review'; clientOrderId: string }
  | { kind: 'confirm' }
  | { kind: 'dismiss' }
  | { kind: 'placed' }
  | { kind: 'refused'; complaint: Complaint }
  | { kind: 'unanswered' }

export const emptyForm: Form = {
  side: 'buy',
  type: 'limit',
  unit: 'base',
  amountText: '',
  priceText: '',
  beforeSwap: null,
  tried: false,
  advanced: null,
  picked: null,
  phase: { kind: 'editing' },
  refusal: null,
}

export function reduce(form: Form, event: FormEvent, market: Market): Form {
  switch (event.kind) {
    case 'confirm':
      return form.phase.kind === 'confirming' ? { ...form, phase: { kind: 'sending', draft: form.phase.draft } } : form
    case 'dismiss':
      return form.phase.kind === 'confirming' ? { ...form, phase: { kind: 'editing' } } : form
    case 'placed':
      return { ...emptyForm, side: form.side, type: form.type, unit: form.unit, priceText: form.priceText }
    case 'refused':
      return { ...form, phase: { kind: 'editing' }, refusal: event.complaint }
    case 'unanswered':
      return form.phase.kind === 'sending'
        ? { ...form, phase: { kind: 'confirming', draft: form.phase.draft, unanswered: true } }
        : form
    case 'review':
      return form.phase.kind === 'editing' ? review(form, event.clientOrderId, market) : form
    default:
      return form.phase.kind === 'editing' ? edit({ ...form, refusal: null }, event, market) : form
  }
}

type Edit = Extract<
  FormEvent,
  { kind: 'firstPrice' | 'side' | 'type' | 'advanced' | 'amount' | 'price' | 'swapUnit' | 'percent' | 'pickPrice' }
>

function edit(form: Form, event: Edit, market: Market): Form {
  switch (event.kind) {
    case 'firstPrice':
      return { ...form, priceText: priceFor(form, form.type, market) }
    case 'side':
      // A bracket begins with a buy: on a spot account only what was bought can be sold again.
      return form.advanced === 'bracket' ? form : { ...form, side: event.side, tried: false }
    case 'advanced':
      return { ...form, advanced: event.advanced, ...(event.advanced === 'bracket' ? { side: 'buy' as const } : {}) }
    case 'type':
      return { ...form, type: event.type, advanced: null, tried: false, priceText: priceFor(form, event.type, market) }
    case 'amount':
      return { ...form, amountText: event.text, beforeSwap: null }
    case 'price':
      return { ...form, priceText: event.text }
    case 'pickPrice':
      if (form.advanced !== null)
        return { ...form, picked: { price: event.price, count: (form.picked?.count ?? 0) + 1 } }
      return { ...form, type: 'limit', priceText: toInput(event.price, market.locale) }
    case 'percent':
      return { ...form, amountText: amountAt(form, event.percent, market), beforeSwap: null }
    case 'swapUnit':
      return swapUnit(form, market)
  }
}

/** A limit order starts from the last price, so that nobody has to type five digits to be near the market. */
function priceFor(form: Form, type: OrderType, market: Market): string {
  if (type === 'market' || form.priceText !== '' || market.last === null) return form.priceText
  return toInput(market.last, market.locale)
}

/** Where the slider stands: the amount's share of the maximum, to the nearest 5 %. */
export function percentOf(form: Form, market: Market): number {
  const amount = readAmount(form, market)
  const most = maximumOf(form, market)
  if (amount === null || most === null || most.lte(0)) return 0
  return Math.min(100, Number(amount.div(most).times(20).round(0).times(5)))
}

function amountAt(form: Form, percent: number, market: Market): string {
  const most = maximumOf(form, market)
  if (most === null) return form.amountText
  return write(most.times(percent).div(100), form.unit, market)
}

function write(value: Big, unit: Unit, market: Market): string {
  const { stepSize } = market.instrument
  const onGrid = unit === 'base' ? floorToStep(value, stepSize) : value.round(quoteDecimals(market.instrument), DOWN)
  const decimals = unit === 'base' ? decimalsOfStep(stepSize) : quoteDecimals(market.instrument)
  return toInput(onGrid.toFixed(decimals), market.locale)
}

function swapUnit(form: Form, market: Market): Form {
  const unit: Unit = form.unit === 'base' ? 'quote' : 'base'
  const before = form.beforeSwap
  if (before !== null && before.unit === unit && before.shown === form.amountText)
    return { ...form, unit, amountText: before.text, beforeSwap: null }
  const amount = readAmount(form, market)
  const price = referencePrice(form.side, form.type, readPrice(form, market), market)
  if (amount === null || price === null) return { ...form, unit, beforeSwap: null }
  const shown = write(unit === 'quote' ? amount.times(price) : amount.div(price), unit, market)
  return { ...form, unit, amountText: shown, beforeSwap: { unit: form.unit, text: form.amountText, shown } }
}

function review(form: Form, clientOrderId: string, market: Market): Form {
  const tried: Form = { ...form, tried: true, refusal: null }
  if (check(tried, market).length > 0) return tried
  return { ...tried, phase: { kind: 'confirming', draft: draftOf(tried, clientOrderId, market), unanswered: false } }
}

function draftOf(form: Form, clientOrderId: string, market: Market): Draft {
  const order = asOrder(form, market)
  const head = { symbol: market.instrument.symbol, side: form.side, type: form.type, clientOrderId }
  if (form.type === 'market' && order.quote !== null) return { ...head, quoteQuantity: order.quote.toFixed() }
  const quantity = order.quantity ?? estimate(order, market)?.quantity ?? new Big(0)
  return { ...head, quantity: quantity.toFixed(), ...(order.price === null ? {} : { price: order.price.toFixed() }) }
}
