import Big from 'big.js'
import { parseDecimal, toInput } from '@/money/parse'
import { ceilToStep, floorToStep, isOnStep } from '@/money/step'
import { asOrder, estimateOf, readAmount, readPrice } from './read'
import type { Complaint, Estimate, Form, Market } from './types'

type Field = 'amount' | 'price'

/** What the server would refuse, found before sending. Codes are those of the server where it has one. */
export function check(form: Form, market: Market): Complaint[] {
  const found = [form.type === 'limit' ? checkPrice(form, market) : null, checkAmount(form, market)]
  return found.filter((c) => c !== null)
}

function checkPrice(form: Form, market: Market): Complaint | null {
  const unread = checkText('price', form.priceText, form, market)
  if (unread !== null) return unread
  const price = readPrice(form, market)
  if (price === null) return null
  if (price.lte(0)) return complain('price', 'not_above_zero')
  const { tickSize } = market.instrument
  if (isOnStep(price, tickSize)) return null
  return complain('price', 'price_not_on_tick', {
    limit: tickSize,
    lower: floorToStep(price, tickSize).toFixed(),
    upper: ceilToStep(price, tickSize).toFixed(),
  })
}

function checkAmount(form: Form, market: Market): Complaint | null {
  const unread = checkText('amount', form.amountText, form, market)
  if (unread !== null) return unread
  const amount = readAmount(form, market)
  if (amount === null) return null
  if (amount.lte(0)) return complain('amount', 'not_above_zero')
  const { stepSize } = market.instrument
  if (form.unit === 'base' && !isOnStep(amount, stepSize))
    return complain('amount', 'quantity_not_on_step', {
      limit: stepSize,
      lower: floorToStep(amount, stepSize).toFixed(),
      upper: ceilToStep(amount, stepSize).toFixed(),
    })
  const reckoned = estimateOf(form, market)
  if (reckoned === null) return form.unit === 'quote' && asOrder(form, market).price !== null ? tooLittle(market) : null
  return checkSize(reckoned, market) ?? checkFunds(reckoned, market)
}

function tooLittle(market: Market): Complaint {
  const { minQuantity, stepSize, base } = market.instrument
  return complain('amount', 'below_minimum_quantity', { limit: minQuantity ?? stepSize, asset: base })
}

function checkSize(reckoned: Estimate, market: Market): Complaint | null {
  const { minQuantity, maxQuantity, minNotional, base, quote } = market.instrument
  if (reckoned.quantity.lt(minQuantity ?? 0)) return tooLittle(market)
  if (maxQuantity !== null && new Big(maxQuantity).gt(0) && reckoned.quantity.gt(maxQuantity))
    return complain('amount', 'above_maximum_quantity', { limit: maxQuantity, asset: base })
  if (minNotional !== null && reckoned.total.lt(minNotional))
    return complain('amount', 'below_minimum', { limit: minNotional, value: reckoned.total.toFixed(), asset: quote })
  return null
}

function checkFunds(reckoned: Estimate, market: Market): Complaint | null {
  if (market.available === null) return null
  const have = reckoned.heldAsset === market.instrument.quote ? market.available.quote : market.available.base
  if (reckoned.held.lte(have)) return null
  return complain('amount', 'insufficient_funds', {
    value: reckoned.held.toFixed(),
    limit: have,
    asset: reckoned.heldAsset,
  })
}

function checkText(field: Field, text: string, form: Form, market: Market): Complaint | null {
  const parsed = parseDecimal(text, market.locale)
  if (parsed.ok) return null
  if (parsed.reason === 'empty') return form.tried ? complain(field, 'required') : null
  const [whole = '', fraction = ''] = parsed.readings ?? []
  return complain(field, parsed.reason, { whole, fraction: toInput(fraction, market.locale) })
}

function complain(field: Complaint['field'], code: string, params: Record<string, string> = {}): Complaint {
  return { field, code, params }
}

/** The first thing to say below a field: the server's answer goes before our own reckoning. */
export function complaintAt(field: Complaint['field'], form: Form, market: Market): Complaint | null {
  if (form.refusal?.field === field) return form.refusal
  return check(form, market).find((c) => c.field === field) ?? null
}
