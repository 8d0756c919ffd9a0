import type { Market } from '../model'
import { basisPoints, endsAtLimit, expires, read, sideOfPrice, startsLater, timeInForceOf, waits } from './shape'
import type { Clock, FieldName, Ticket } from './types'
import { fromWall } from './zoned'

/** A text of the catalog with its holes; a hole may hold another text. */
export type Phrase = { key: string; params: Record<string, string | Phrase> }

/** How numbers and times are written, by whoever shows the phrases. */
export type Pen = {
  price: (plain: string) => string
  amount: (plain: string, asset: string) => string
  time: (ms: number) => string
}

/** What will happen, in whole sentences: "When a trade reaches 61,000 or lower, sell 0.01 BTC at market." */
export function phrasesOf(ticket: Ticket, market: Market, clock: Clock, pen: Pen): Phrase[] {
  return [first(ticket, market, clock, pen), ...rest(ticket, market, clock, pen)]
}

function first(ticket: Ticket, market: Market, clock: Clock, pen: Pen): Phrase {
  const price = (field: FieldName) => pen.price(read(ticket.texts[field], market)?.toFixed() ?? '')
  const action = actionOf(ticket, market, pen)
  switch (ticket.kind) {
    case 'oco': {
      const way = sideOfPrice(ticket, 'trigger') === 'above' ? 'rise' : 'fall'
      const out: Phrase = ticket.stopAtLimit
        ? { key: `out_${ticket.side}_limit`, params: { price: price('stopLimit') } }
        : { key: `out_${ticket.side}_market`, params: {} }
      return { key: `say_oco_${way}`, params: { action, trigger: price('trigger'), out } }
    }
    case 'bracket': {
      const out: Phrase = ticket.stopAtLimit
        ? { key: 'out_sell_limit', params: { price: price('stopLimit') } }
        : { key: 'out_sell_market', params: {} }
      return { key: 'say_bracket', params: { action, target: price('target'), trigger: price('trigger'), out } }
    }
    case 'stopLoss':
    case 'takeProfit':
      return {
        key: sideOfPrice(ticket, 'trigger') === 'above' ? 'say_rise' : 'say_fall',
        params: { trigger: price('trigger'), action },
      }
    case 'trailing': {
      const points = basisPoints(ticket.texts.percent, market) ?? 0
      return { key: `say_trail_${ticket.side}`, params: { percent: pen.price(String(points / 100)), action } }
    }
    default: {
      const at = startsLater(ticket) ? fromWall(ticket.texts.starts, clock.zone) : null
      return at === null
        ? { key: 'say_now', params: { action } }
        : { key: 'say_at', params: { time: pen.time(at), action } }
    }
  }
}

function rest(ticket: Ticket, market: Market, clock: Clock, pen: Pen): Phrase[] {
  const phrases: Phrase[] = []
  const activation = ticket.kind === 'trailing' ? read(ticket.texts.activation, market) : null
  if (activation !== null) phrases.push({ key: 'say_activation', params: { price: pen.price(activation.toFixed()) } })
  const start = startsLater(ticket) ? fromWall(ticket.texts.starts, clock.zone) : null
  if (start !== null && ticket.kind !== 'limit' && ticket.kind !== 'market')
    phrases.push({ key: 'say_start', params: { time: pen.time(start) } })
  const time = timeInForceOf(ticket)
  const end = expires(ticket) ? fromWall(ticket.texts.expires, clock.zone) : null
  if (end !== null) phrases.push({ key: 'say_expires', params: { time: pen.time(end) } })
  if (time === 'ioc' || time === 'fok') phrases.push({ key: `say_${time}`, params: {} })
  if (ticket.kind === 'limit' && ticket.postOnly && time !== 'ioc' && time !== 'fok')
    phrases.push({ key: 'say_postOnly', params: {} })
  if (waits(ticket) && ticket.hold === 'fired') phrases.push({ key: 'say_holdFired', params: {} })
  return phrases
}

function actionOf(ticket: Ticket, market: Market, pen: Pen): Phrase {
  const { base, quote } = market.instrument
  const amount = pen.amount(read(ticket.texts.amount, market)?.toFixed() ?? '', ticket.unit === 'base' ? base : quote)
  if (!endsAtLimit(ticket)) {
    const worth = ticket.unit === 'quote' ? `act_${ticket.side}_worth` : `act_${ticket.side}_market`
    return { key: worth, params: { amount, asset: base } }
  }
  const price = pen.price(read(ticket.texts.price, market)?.toFixed() ?? '')
  const worth = ticket.unit === 'quote' ? `act_${ticket.side}_worthLimit` : `act_${ticket.side}_limit`
  return { key: worth, params: { amount, price, asset: base } }
}
