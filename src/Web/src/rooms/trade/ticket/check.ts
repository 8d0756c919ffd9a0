import Big from 'big.js'
import { parseDecimal, toInput } from '@/money/parse'
import { ceilToStep, floorToStep, isOnStep } from '@/money/step'
import type { Market } from '../model'
import { quantityOf, reckon } from './reckon'
import { aroundPrice, basisPoints, fieldsOf, read, sideOfPrice, startsLater } from './shape'
import type { Clock, Complaint, FieldName, Ticket } from './types'
import { fromWall } from './zoned'

/** What the server would refuse, found before sending; its codes where it has one. One complaint a field at most. */
export function checkTicket(ticket: Ticket, market: Market, clock: Clock): Complaint[] {
  return fieldsOf(ticket)
    .map((field) => checkField(ticket, field, market, clock))
    .filter((complaint) => complaint !== null)
}

function checkField(ticket: Ticket, field: FieldName, market: Market, clock: Clock): Complaint | null {
  if (field === 'expires' || field === 'starts') return checkTime(ticket, field, clock)
  if (field === 'activation' && ticket.texts.activation.trim() === '') return null
  const unread = checkText(ticket, field, market)
  if (unread !== null) return unread
  const value = read(ticket.texts[field], market)
  if (value === null) return null
  if (value.lte(0)) return complain(field, 'not_above_zero')
  if (field === 'amount') return checkAmount(ticket, value, market)
  if (field === 'percent') return basisPoints(ticket.texts.percent, market) === null ? complain(field, 'percent') : null
  return checkPrice(ticket, field, value, market)
}

function checkPrice(ticket: Ticket, field: FieldName, price: Big, market: Market): Complaint | null {
  const { tickSize } = market.instrument
  if (!isOnStep(price, tickSize)) return complain(field, 'price_not_on_tick', nearest(price, tickSize))
  const way = sideOfPrice(ticket, field)
  const around = aroundPrice(ticket, market)
  if (way === null || around === null || (way === 'above' ? price.gt(around) : price.lt(around))) return null
  const entry = ticket.kind === 'bracket' && ticket.atLimit
  return complain(field, `wrong_side_${way}${entry ? '_entry' : ''}`, { limit: around.toFixed() })
}

function checkAmount(ticket: Ticket, amount: Big, market: Market): Complaint | null {
  const { stepSize, minQuantity, maxQuantity, minNotional, base, quote } = market.instrument
  if (ticket.unit === 'base' && !isOnStep(amount, stepSize))
    return complain('amount', 'quantity_not_on_step', nearest(amount, stepSize))
  const quantity = quantityOf(ticket, market)
  if (quantity === null) return null
  if (quantity.lt(minQuantity ?? stepSize))
    return complain('amount', 'below_minimum_quantity', { limit: minQuantity ?? stepSize, asset: base })
  if (maxQuantity !== null && new Big(maxQuantity).gt(0) && quantity.gt(maxQuantity))
    return complain('amount', 'above_maximum_quantity', { limit: maxQuantity, asset: base })
  const found = reckon(ticket, market)
  if (found === null) return null
  if (minNotional !== null && found.total.lt(minNotional) && ticket.unit === 'base')
    return complain('amount', 'below_minimum', { limit: minNotional, value: found.total.toFixed(), asset: quote })
  if (market.available === null) return null
  const have = found.heldAsset === quote ? market.available.quote : market.available.base
  if (found.held.lte(have)) return null
  return complain('amount', 'insufficient_funds', { value: found.held.toFixed(), limit: have, asset: found.heldAsset })
}

function checkTime(ticket: Ticket, field: 'expires' | 'starts', clock: Clock): Complaint | null {
  const at = fromWall(ticket.texts[field], clock.zone)
  if (at === null) return complain(field, 'time')
  if (at <= clock.nowMs) return complain(field, 'time_past')
  const start = startsLater(ticket) ? fromWall(ticket.texts.starts, clock.zone) : null
  return field === 'expires' && start !== null && at <= start ? complain(field, 'time_before_start') : null
}

function checkText(ticket: Ticket, field: FieldName, market: Market): Complaint | null {
  const parsed = parseDecimal(ticket.texts[field], market.locale)
  if (parsed.ok) return null
  if (parsed.reason === 'empty') return ticket.tried ? complain(field, 'required') : null
  const [whole = '', fraction = ''] = parsed.readings ?? []
  return complain(field, parsed.reason, { whole, fraction: toInput(fraction, market.locale) })
}

const nearest = (value: Big, step: string) => ({
  limit: step,
  lower: floorToStep(value, step).toFixed(),
  upper: ceilToStep(value, step).toFixed(),
})

const complain = (field: Complaint['field'], code: string, params: Complaint['params'] = {}): Complaint => ({
  field,
  code,
  params,
})

const fieldOfName: Record<string, FieldName> = {
  quantity: 'amount',
  quoteQuantity: 'amount',
  price: 'price',
  triggerPrice: 'trigger',
  stopPrice: 'trigger',
  stopLimitPrice: 'stopLimit',
  targetPrice: 'target',
  trailingDelta: 'percent',
  activationPrice: 'activation',
  expiresAt: 'expires',
  startAt: 'starts',
}

/** RFC 9457 body as the server writes it, put under the field it is about, as far as that field is shown. */
export function refusalOf(
  problem: { code?: string; field?: string; value?: string; limit?: string },
  ticket: Ticket,
  market: Market,
): Complaint {
  const { base, quote } = market.instrument
  const named = fieldOfName[problem.field ?? '']
  const code = problem.code ?? 'unknown'
  const field =
    named !== undefined && fieldsOf(ticket).includes(named) ? named : code === 'would_take' ? 'price' : 'form'
  const params: Complaint['params'] = { asset: code === 'insufficient_funds' && ticket.side === 'sell' ? base : quote }
  if (problem.value !== undefined) params.value = problem.value
  if (problem.limit !== undefined) params.limit = problem.limit
  const way = named === undefined ? null : sideOfPrice(ticket, named)
  if (code === 'trigger_wrong_side' && way !== null && problem.limit !== undefined)
    return { field, code: `wrong_side_${way}`, params }
  if (code === 'invalid_field' && (field === 'expires' || field === 'starts'))
    return { field, code: 'time_past', params }
  return { field, code, params }
}
