import Big from 'big.js'
import type { Order } from '@/api/types'
import { toBig } from '@/money/format'

/** The prices of an order that its owner may move. */
export type Movable = 'price' | 'triggerPrice'
/** What a price of an order is for; each has a dash of its own on the chart. */
export type Role = 'limit' | 'target' | 'stop' | 'trail' | 'after'
export type OrderPrice = { field: Movable | 'trail' | 'activation'; price: string; role: Role; movable: boolean }

const limitTypes: readonly Order['type'][] = ['limit', 'stopLossLimit', 'takeProfitLimit']

export const isLimit = (order: Order): boolean => limitTypes.includes(order.type)
export const isWaiting = (order: Order): boolean => order.status === 'waiting' || order.status === 'paused'
/** An exit of a bracket whose entry has filled nothing yet: it has no amount. */
export const isDormant = (order: Order): boolean =>
  isWaiting(order) && order.quantity === null && order.quoteQuantity === null
export const isOpen = (order: Order): boolean =>
  isWaiting(order) || order.status === 'triggered' || order.status === 'new' || order.status === 'partiallyFilled'

export const canPause = (order: Order): boolean => order.status === 'waiting' && !isDormant(order)
export const canResume = (order: Order): boolean => order.status === 'paused'
export const canRetry = (order: Order): boolean => order.status === 'failed'
/** As the server has it: waiting orders, and limit orders that work; and there must be something to change. */
export const canAmend = (order: Order): boolean =>
  isOpen(order) &&
  !isDormant(order) &&
  (isWaiting(order) || (order.status !== 'triggered' && isLimit(order))) &&
  (order.price !== null ||
    (isWaiting(order) && (order.triggerPrice !== null || order.trailingDelta !== null)) ||
    (order.leg === null && order.quantity !== null))

/** An order that acts by itself at a price or a time, not a part of a list. */
export const isScheduled = (order: Order): boolean =>
  order.listId === null && (order.triggerPrice !== null || order.trailingDelta !== null || order.startAt !== null)

/** What a trailing stop's extreme is multiplied by: its distance in basis points, away from the order. */
export const trailShare = (points: number, side: Order['side']): Big =>
  new Big(1)[side === 'buy' ? 'plus' : 'minus'](new Big(points).div(10_000))

/** Where a trailing stop fires now; null before it follows. */
export function trailingPrice(order: Order): Big | null {
  const extreme = toBig(order.extreme)
  if (order.trailingDelta === null || extreme === null) return null
  return extreme.times(trailShare(order.trailingDelta, order.side))
}

/** Whether a trade must rise to fire it. A buy's trailing stop fires on the way up. */
export const firesOnRise = (order: Order): boolean | null =>
  order.firesOnRise ?? (order.trailingDelta === null ? null : order.side === 'buy')

/** The price that a waiting order waits for. */
export function awaitedPrice(order: Order): Big | null {
  return toBig(order.triggerPrice) ?? trailingPrice(order) ?? toBig(order.activationPrice)
}

/** How far the last price is from what fires it, in per cent of the last price. */
export function distance(order: Order, last: string | null | undefined): Big | null {
  const awaited = awaitedPrice(order)
  const now = toBig(last)
  if (awaited === null || now === null || now.lte(0) || !isWaiting(order)) return null
  return awaited.minus(now).div(now).times(100)
}

/** Every price of an open order that belongs on the chart. */
export function pricesOf(order: Order): OrderPrice[] {
  if (!isOpen(order)) return []
  const movable = canAmend(order)
  const found: OrderPrice[] = []
  const waiting = isWaiting(order)
  const wins = order.type === 'takeProfit' || order.type === 'takeProfitLimit'
  if (waiting && order.triggerPrice !== null)
    found.push({ field: 'triggerPrice', price: order.triggerPrice, role: wins ? 'target' : 'stop', movable })
  const trail = waiting ? trailingPrice(order) : null
  if (trail !== null) found.push({ field: 'trail', price: trail.toFixed(), role: 'trail', movable: false })
  else if (waiting && order.activationPrice !== null)
    found.push({ field: 'activation', price: order.activationPrice, role: 'trail', movable: false })
  if (order.price !== null) {
    const role = order.leg === 'target' ? 'target' : waiting && order.triggerPrice !== null ? 'after' : 'limit'
    found.push({ field: 'price', price: order.price, role, movable })
  }
  return found
}

/** Orders of a list stand together, entry first, where the newest of them would stand. */
export function grouped(orders: readonly Order[]): Order[] {
  const legs = { entry: 0, target: 1, stop: 2 }
  const done = new Set<string>()
  return orders.flatMap((order) => {
    if (order.listId === null) return [order]
    if (done.has(order.listId)) return []
    done.add(order.listId)
    return orders
      .filter((other) => other.listId === order.listId)
      .sort((a, b) => legs[a.leg ?? 'entry'] - legs[b.leg ?? 'entry'])
  })
}

/** The exits of a bracket are the second and third order of their list, those of an OCO the first and second; their keys say which. */
export function listKind(order: Order): 'bracket' | 'oco' | null {
  if (order.leg === null) return null
  const bracket = order.leg === 'entry' || order.clientOrderId.endsWith(order.leg === 'target' ? '.1' : '.2')
  return bracket ? 'bracket' : 'oco'
}

const marketMargin = '1.005'

/** What an order keeps back once its terms are these; null when that cannot be told here. */
export function holdAfter(
  order: Order,
  terms: { price: string | null; triggerPrice: string | null; quantity: string | null },
): Big | null {
  const held = toBig(order.held?.amount)
  if (held === null || held.eq(0)) return new Big(0)
  const quantity = toBig(terms.quantity)
  if (quantity === null) return held
  const left = quantity.minus(order.filledQuantity)
  if (order.side === 'sell') return left
  const price = toBig(isLimit(order) ? terms.price : terms.triggerPrice)
  if (price === null) return held
  const need = left.times(price).times(isLimit(order) ? 1 : marketMargin)
  return order.leg !== null && need.lt(held) ? held : need
}

/** How well a fired order was filled: per cent that the average is worse (−) or better (+) than what fired it. */
export function slippage(order: Order): Big | null {
  const average = toBig(order.averagePrice)
  const wanted = toBig(order.triggerPrice) ?? toBig(order.firedBy?.price)
  if (average === null || wanted === null || wanted.lte(0) || order.firedBy === null) return null
  const way = average.minus(wanted).div(wanted).times(100)
  return order.side === 'buy' ? way.times(-1) : way
}
