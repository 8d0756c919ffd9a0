import Big from 'big.js'
import { toBig } from '@/money/format'
import { DOWN, floorToStep, UP } from '@/money/step'
import type { Book, Estimate, Instrument, Level, Market, OrderType, Side } from './types'

/** The paper venue's rule: 0.1 % of what is received, rounded up to 8 decimals. */
export const FEE_RATE = '0.001'
/** A market buy by quantity holds what walking the book costs plus half a per cent. */
export const MARKET_BUY_HOLD = '1.005'

export type Walk = { quantity: Big; quote: Big; best: Big; beyondBook: boolean }
type Wanted = { quantity: Big } | { quote: Big }

export function opposite(book: Book, side: Side): readonly Level[] {
  return side === 'buy' ? book.asks : book.bids
}

/** Takes level by level, as the paper venue does; by quote amount each level gives whole steps only. */
export function walkBook(levels: readonly Level[], wanted: Wanted, step: string): Walk | null {
  const best = toBig(levels[0]?.[0])
  if (best === null || best.lte(0)) return null
  let quantity = new Big(0)
  let quote = new Big(0)
  let price = best
  for (const [levelPrice, levelQuantity] of levels) {
    price = new Big(levelPrice)
    const left = rest(wanted, quantity, quote, price, step)
    if (left.lte(0)) return { quantity, quote, best, beyondBook: false }
    const taken = left.lt(levelQuantity) ? left : new Big(levelQuantity)
    quantity = quantity.plus(taken)
    quote = quote.plus(taken.times(price))
  }
  const left = rest(wanted, quantity, quote, price, step)
  if (left.lte(0)) return { quantity, quote, best, beyondBook: false }
  return { quantity: quantity.plus(left), quote: quote.plus(left.times(price)), best, beyondBook: true }
}

function rest(wanted: Wanted, quantity: Big, quote: Big, price: Big, step: string): Big {
  return 'quantity' in wanted
    ? wanted.quantity.minus(quantity)
    : floorToStep(wanted.quote.minus(quote).div(price), step)
}

export type Order = { side: Side; type: OrderType; quantity: Big | null; quote: Big | null; price: Big | null }

export function estimate(order: Order, market: Market): Estimate | null {
  const walk = walkOf(order, market)
  if (walk === null || walk.quantity.lte(0)) return null
  const { base, quote } = market.instrument
  const average = walk.quote.div(walk.quantity)
  const buying = order.side === 'buy'
  const received = buying ? walk.quantity : walk.quote
  const fee = received.times(FEE_RATE).round(8, UP)
  const asset = buying ? base : quote
  return {
    quantity: walk.quantity,
    total: walk.quote,
    average,
    slippage: average.minus(walk.best).abs().div(walk.best),
    fee,
    feeAsset: asset,
    receive: received.minus(fee),
    receiveAsset: asset,
    held: buying ? heldByBuy(order, walk) : walk.quantity,
    heldAsset: buying ? quote : base,
    beyondBook: walk.beyondBook,
  }
}

function walkOf(order: Order, market: Market): Walk | null {
  const step = market.instrument.stepSize
  if (order.type === 'limit') {
    if (order.price === null || order.price.lte(0)) return null
    const quantity = order.quantity ?? (order.quote === null ? null : floorToStep(order.quote.div(order.price), step))
    if (quantity === null) return null
    return { quantity, quote: quantity.times(order.price), best: order.price, beyondBook: false }
  }
  const levels = opposite(market.book, order.side)
  if (order.quantity !== null) return walkBook(levels, { quantity: order.quantity }, step)
  return order.quote === null ? null : walkBook(levels, { quote: order.quote }, step)
}

function heldByBuy(order: Order, walk: Walk): Big {
  if (order.type === 'limit') return walk.quote
  return order.quantity === null && order.quote !== null ? order.quote : walk.quote.times(MARKET_BUY_HOLD)
}

/** Decimals that show an exact quantity * price of this pair without noise. */
export function quoteDecimals(instrument: Instrument): number {
  const tick = new Big(instrument.tickSize)
  return tick.gte('0.01') ? 2 : 8
}

/** The price that one unit of base costs for the purposes of the form: the limit, else the best opposite, else last. */
export function referencePrice(side: Side, type: OrderType, price: Big | null, market: Market): Big | null {
  if (type === 'limit' && price !== null && price.gt(0)) return price
  return toBig(opposite(market.book, side)[0]?.[0]) ?? toBig(market.last)
}

/** The largest amount, in the given unit, whose hold the account can bear. */
export function maximum(
  order: { side: Side; type: OrderType; unit: 'base' | 'quote'; price: Big | null },
  market: Market,
): Big | null {
  if (market.available === null) return null
  const { stepSize } = market.instrument
  const price = referencePrice(order.side, order.type, order.price, market)
  if (price === null) return null
  const quoteFloor = (value: Big) => value.round(quoteDecimals(market.instrument), DOWN)
  if (order.side === 'sell') {
    const quantity = floorToStep(new Big(market.available.base), stepSize)
    return order.unit === 'base' ? quantity : quoteFloor(worthOf(quantity, order.type, price, market))
  }
  const funds = new Big(market.available.quote)
  if (order.unit === 'quote') return quoteFloor(funds)
  if (order.type === 'limit') return floorToStep(funds.div(price), stepSize)
  const walk = walkBook(opposite(market.book, 'buy'), { quote: funds.div(MARKET_BUY_HOLD) }, stepSize)
  return walk?.quantity ?? null
}

function worthOf(quantity: Big, type: OrderType, price: Big, market: Market): Big {
  if (type === 'limit') return quantity.times(price)
  return (
    walkBook(opposite(market.book, 'sell'), { quantity }, market.instrument.stepSize)?.quote ?? quantity.times(price)
  )
}
