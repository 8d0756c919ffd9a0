import type { components } from '@/api/schema.gen'
import type { Market } from '../model'
import { quantityOf } from './reckon'
import { basisPoints, endsAtLimit, expires, optionsOf, read, startsLater, timeInForceOf, waits } from './shape'
import type { Clock, FieldName, Kind, Ticket } from './types'
import { fromWall } from './zoned'

type Schemas = components['schemas']
export type Request =
  | { path: 'one'; body: Schemas['OrderRequest'] }
  | { path: 'oco'; body: Schemas['OcoRequest'] }
  | { path: 'bracket'; body: Schemas['BracketRequest'] }

export type ServerType = Schemas['OrderView']['type']

export function typeOf(ticket: Ticket): ServerType {
  const types: Record<Kind, ServerType> = {
    limit: 'limit',
    market: 'market',
    stopLoss: ticket.atLimit ? 'stopLossLimit' : 'stopLoss',
    takeProfit: ticket.atLimit ? 'takeProfitLimit' : 'takeProfit',
    trailing: 'trailingStop',
    oco: 'limit',
    bracket: ticket.atLimit ? 'limit' : 'market',
  }
  return types[ticket.kind]
}

/** What is sent. Call it only with a ticket that nothing is wrong with. */
export function requestOf(
  ticket: Ticket,
  market: Market,
  clock: Clock,
  ids: { accountId: string; clientOrderId: string },
): Request {
  const price = (field: FieldName) => read(ticket.texts[field], market)?.toFixed() ?? null
  const moment = (field: 'expires' | 'starts') => {
    const at = fromWall(ticket.texts[field], clock.zone)
    return at === null ? null : new Date(at).toISOString()
  }
  const head = { ...ids, symbol: market.instrument.symbol, side: ticket.side }
  const amount = amountOf(ticket, market)
  const end = expires(ticket) ? { expiresAt: moment('expires') } : {}
  const stopLimit = ticket.stopAtLimit ? { stopLimitPrice: price('stopLimit') } : {}
  if (ticket.kind === 'oco')
    return {
      path: 'oco',
      body: { ...head, ...amount, price: price('price'), triggerPrice: price('trigger'), ...stopLimit, ...end },
    }
  if (ticket.kind === 'bracket') {
    const entry = ticket.atLimit ? { type: 'limit', price: price('price'), ...end } : { type: 'market' }
    const exits = { targetPrice: price('target'), stopPrice: price('trigger'), ...stopLimit }
    return { path: 'bracket', body: { ...head, ...amount, ...entry, ...exits } }
  }
  const conditional = ticket.kind === 'stopLoss' || ticket.kind === 'takeProfit'
  const activation = price('activation')
  const time = optionsOf(ticket).times.length > 0 ? { timeInForce: timeInForceOf(ticket) } : {}
  return {
    path: 'one',
    body: {
      ...head,
      ...amount,
      type: typeOf(ticket),
      ...(endsAtLimit(ticket) ? { price: price('price') } : {}),
      ...(conditional ? { triggerPrice: price('trigger') } : {}),
      ...(ticket.kind === 'trailing' ? { trailingDelta: basisPoints(ticket.texts.percent, market) } : {}),
      ...(ticket.kind === 'trailing' && activation !== null ? { activationPrice: activation } : {}),
      ...time,
      ...end,
      ...(startsLater(ticket) ? { startAt: moment('starts') } : {}),
      ...(ticket.postOnly && optionsOf(ticket).postOnly ? { postOnly: true } : {}),
      ...(waits(ticket) ? { holdWhen: ticket.hold } : {}),
    },
  }
}

function amountOf(ticket: Ticket, market: Market): { quantity: string } | { quoteQuantity: string } {
  const amount = read(ticket.texts.amount, market)?.toFixed() ?? '0'
  if (ticket.unit === 'quote' && optionsOf(ticket).quoteOnly) return { quoteQuantity: amount }
  return { quantity: quantityOf(ticket, market)?.toFixed() ?? '0' }
}
