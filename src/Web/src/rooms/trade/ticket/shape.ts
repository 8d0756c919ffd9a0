import type Big from 'big.js'
import { decimalsOfStep, toBig } from '@/money/format'
import { parseDecimal, toInput } from '@/money/parse'
import { floorToStep } from '@/money/step'
import type { Market } from '../model'
import type { Clock, FieldName, Kind, Side, Ticket, TimeInForce } from './types'
import { toWall } from './zoned'

const noTexts: Record<FieldName, string> = {
  amount: '',
  price: '',
  trigger: '',
  stopLimit: '',
  target: '',
  percent: '',
  activation: '',
  expires: '',
  starts: '',
}

const dayMs = 86_400_000
const hourMs = 3_600_000
/** 2026-01-05T12:00 */
const minutes = 16

export function emptyTicket(kind: Kind, side: Side, market: Market, clock: Clock): Ticket {
  const empty: Ticket = {
    kind,
    side,
    unit: 'base',
    texts: noTexts,
    touched: {},
    atLimit: false,
    stopAtLimit: false,
    time: 'gtc',
    startsLater: false,
    postOnly: false,
    hold: 'placed',
    tried: false,
  }
  return refill(empty, market, clock)
}

/** True when what reaches the market names a price of its own. */
export const endsAtLimit = (ticket: Ticket): boolean =>
  ticket.kind === 'limit' || ticket.kind === 'oco' || (takesLimit(ticket.kind) && ticket.atLimit)

const takesLimit = (kind: Kind): boolean => kind === 'stopLoss' || kind === 'takeProfit' || kind === 'bracket'
const isConditional = (kind: Kind): boolean => kind === 'stopLoss' || kind === 'takeProfit' || kind === 'trailing'
const isList = (kind: Kind): boolean => kind === 'oco' || kind === 'bracket'

/** True when it waits for a price or a time before it does anything. */
export const waits = (ticket: Ticket): boolean => isConditional(ticket.kind) || startsLater(ticket)
export const startsLater = (ticket: Ticket): boolean => ticket.startsLater && !isList(ticket.kind)

/** What may be chosen besides the fields. */
export function optionsOf(ticket: Ticket) {
  const single = !isList(ticket.kind)
  const lasting = endsAtLimit(ticket) || waits(ticket)
  const times: TimeInForce[] = []
  if (lasting) times.push('gtc')
  if (single && endsAtLimit(ticket)) times.push('ioc', 'fok')
  if (lasting) times.push('gtd')
  return {
    times,
    starts: single,
    postOnly: ticket.kind === 'limit' && (timeOf(ticket, times) === 'gtc' || timeOf(ticket, times) === 'gtd'),
    hold: waits(ticket),
    atLimit: takesLimit(ticket.kind),
    stopAtLimit: isList(ticket.kind),
    /** Only what ends at market may be given in quote units without a price to turn them into an amount. */
    quoteOnly: !endsAtLimit(ticket) && ticket.kind !== 'oco',
  }
}

const timeOf = (ticket: Ticket, times: readonly TimeInForce[]): TimeInForce =>
  times.includes(ticket.time) ? ticket.time : 'gtc'

export const timeInForceOf = (ticket: Ticket): TimeInForce => timeOf(ticket, optionsOf(ticket).times)
export const expires = (ticket: Ticket): boolean => timeInForceOf(ticket) === 'gtd'

/** The fields in the order they are read. */
export function fieldsOf(ticket: Ticket): FieldName[] {
  const shown: FieldName[] = []
  if (ticket.kind === 'stopLoss' || ticket.kind === 'takeProfit') shown.push('trigger')
  if (ticket.kind === 'trailing') shown.push('percent', 'activation')
  if (endsAtLimit(ticket)) shown.push('price')
  if (ticket.kind === 'bracket') shown.push('target')
  if (isList(ticket.kind)) shown.push('trigger')
  if (isList(ticket.kind) && ticket.stopAtLimit) shown.push('stopLimit')
  shown.push('amount')
  if (expires(ticket)) shown.push('expires')
  if (startsLater(ticket)) shown.push('starts')
  return shown
}

/** Whether a field's price must lie above or below which price, by kind and side; null where either will do. */
export function sideOfPrice(ticket: Ticket, field: FieldName): 'above' | 'below' | null {
  const buying = ticket.side === 'buy'
  if (ticket.kind === 'bracket') return field === 'target' ? 'above' : field === 'trigger' ? 'below' : null
  if (field === 'trigger') return (ticket.kind === 'takeProfit') !== buying ? 'above' : 'below'
  return ticket.kind === 'oco' && field === 'price' ? (buying ? 'below' : 'above') : null
}

/** The price that `sideOfPrice` is about: the last trade, and a bracket's exits lie around its entry. */
export function aroundPrice(ticket: Ticket, market: Market): Big | null {
  const entry = ticket.kind === 'bracket' && ticket.atLimit ? read(ticket.texts.price, market) : null
  return entry ?? toBig(market.last)
}

export function read(text: string, market: Market): Big | null {
  const parsed = parseDecimal(text, market.locale)
  return parsed.ok ? toBig(parsed.value) : null
}

/** Writes what the person has not written: prices on the right side of the market, 1 %, a day ahead. */
export function refill(ticket: Ticket, market: Market, clock: Clock): Ticket {
  const texts = { ...ticket.texts }
  const fill = (field: FieldName, text: () => string) => {
    if (!ticket.touched[field]) texts[field] = text()
  }
  const last = toBig(market.last)
  const near = (share: string, from = last) => (from === null ? '' : roundPrice(from.times(share), market))
  const away = (field: FieldName, from = last) => {
    const way = sideOfPrice(ticket, field)
    return near(way === null ? '1' : way === 'above' ? '1.02' : '0.98', from)
  }
  const past = (text: string) =>
    near(ticket.side === 'buy' && !isList(ticket.kind) ? '1.001' : '0.999', read(text, market))
  if (ticket.kind === 'bracket') {
    fill('price', () => near('1'))
    const entry = ticket.atLimit ? (read(texts.price, market) ?? last) : last
    fill('target', () => away('target', entry))
    fill('trigger', () => away('trigger', entry))
  } else {
    fill('trigger', () => away('trigger'))
    fill('price', () => (ticket.kind === 'limit' || ticket.kind === 'oco' ? away('price') : past(texts.trigger)))
  }
  fill('stopLimit', () =>
    near(ticket.side === 'buy' && ticket.kind === 'oco' ? '1.001' : '0.999', read(texts.trigger, market)),
  )
  fill('percent', () => '1')
  fill('expires', () => toWall(clock.nowMs + dayMs, clock.zone).slice(0, minutes))
  fill('starts', () => toWall(clock.nowMs + hourMs, clock.zone).slice(0, minutes))
  return { ...ticket, texts }
}

/** Five significant digits are near enough, and easier to read; always on the tick. */
function roundPrice(price: Big, market: Market): string {
  const { tickSize } = market.instrument
  const rough = floorToStep(price.prec(5), tickSize)
  const plain = (rough.lte(0) ? floorToStep(price, tickSize) : rough).toFixed(decimalsOfStep(tickSize))
  return toInput(plain, market.locale)
}

/** Basis points of a percentage as typed; null when it is none or finer than a basis point. */
export function basisPoints(text: string, market: Market): number | null {
  const percent = read(text, market)
  if (percent === null) return null
  const points = percent.times(100)
  return points.eq(points.round(0)) && points.lte(5_000) && points.gte(1) ? Number(points.toFixed()) : null
}
