import Big from 'big.js'
import { toBig } from '@/money/format'
import { floorToStep, UP } from '@/money/step'
import { trailShare } from '@/orders/facts'
import type { Market } from '../model'
import { FEE_RATE, MARKET_BUY_HOLD, walkBook } from '../model/estimate'
import { basisPoints, endsAtLimit, read, waits } from './shape'
import type { Reckoning, Ticket } from './types'

/** The price the order is reckoned with: its limit, else what fires it, else the market. */
export function reckonedPrice(ticket: Ticket, market: Market): Big | null {
  if (endsAtLimit(ticket)) return read(ticket.texts.price, market)
  if (ticket.kind === 'stopLoss' || ticket.kind === 'takeProfit') return read(ticket.texts.trigger, market)
  if (ticket.kind === 'trailing') return trailingPrice(ticket, market)
  const levels = ticket.side === 'buy' ? market.book.asks : market.book.bids
  return toBig(levels[0]?.[0]) ?? toBig(market.last)
}

/** Where a trailing stop would fire if the price never came its way. */
function trailingPrice(ticket: Ticket, market: Market): Big | null {
  const points = basisPoints(ticket.texts.percent, market)
  const from = read(ticket.texts.activation, market) ?? toBig(market.last)
  return points === null || from === null ? null : from.times(trailShare(points, ticket.side))
}

export function quantityOf(ticket: Ticket, market: Market): Big | null {
  const amount = read(ticket.texts.amount, market)
  if (amount === null || ticket.unit === 'base') return amount
  const price = reckonedPrice(ticket, market)
  return price === null || price.lte(0) ? null : floorToStep(amount.div(price), market.instrument.stepSize)
}

export function reckon(ticket: Ticket, market: Market): Reckoning | null {
  const quantity = quantityOf(ticket, market)
  const best = reckonedPrice(ticket, market)
  if (quantity === null || quantity.lte(0) || best === null || best.lte(0)) return null
  const { base, quote } = market.instrument
  const walked = ticket.kind === 'market' && !waits(ticket) ? averageOf(ticket, quantity, market) : null
  const price = walked ?? best
  const buying = ticket.side === 'buy'
  const total = quantity.times(price)
  const received = buying ? quantity : total
  const fee = received.times(FEE_RATE).round(8, UP)
  const holdsLater = waits(ticket) && ticket.hold === 'fired'
  return {
    quantity,
    price,
    total,
    fee,
    feeAsset: buying ? base : quote,
    receive: received.minus(fee),
    held: holdsLater ? new Big(0) : heldBy(ticket, market, quantity, price),
    heldAsset: buying ? quote : base,
  }
}

function averageOf(ticket: Ticket, quantity: Big, market: Market): Big | null {
  const levels = ticket.side === 'buy' ? market.book.asks : market.book.bids
  const walk = walkBook(levels, { quantity }, market.instrument.stepSize)
  return walk === null || walk.quantity.lte(0) ? null : walk.quote.div(walk.quantity)
}

function heldBy(ticket: Ticket, market: Market, quantity: Big, price: Big): Big {
  if (ticket.side === 'sell') return quantity
  const amount = read(ticket.texts.amount, market)
  if (ticket.kind === 'oco') {
    const limit = quantity.times(price)
    const at = read(ticket.stopAtLimit ? ticket.texts.stopLimit : ticket.texts.trigger, market) ?? price
    const stop = quantity.times(at).times(ticket.stopAtLimit ? 1 : MARKET_BUY_HOLD)
    return stop.gt(limit) ? stop : limit
  }
  if (endsAtLimit(ticket)) return quantity.times(price)
  return ticket.unit === 'quote' && amount !== null ? amount : quantity.times(price).times(MARKET_BUY_HOLD)
}

/** A share of what is available whose hold the account can bear, on the grid of its unit. */
export function amountAt(ticket: Ticket, market: Market, percent: number): Big | null {
  const one = reckon({ ...ticket, unit: 'base', hold: 'placed', texts: { ...ticket.texts, amount: '1' } }, market)
  if (one === null || market.available === null) return null
  const { stepSize } = market.instrument
  const buying = ticket.side === 'buy'
  const part = new Big(buying ? market.available.quote : market.available.base).times(percent).div(100)
  if (ticket.unit === 'base') return floorToStep(part.div(one.held), stepSize)
  const inQuote = buying && !endsAtLimit(ticket) ? part : part.div(one.held).times(one.price)
  return floorToStep(inQuote, '0.01')
}
