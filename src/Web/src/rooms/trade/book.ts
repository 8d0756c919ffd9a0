import Big from 'big.js'
import { ceilToStep, floorToStep } from '@/money/step'
import type { Level } from './model'

export type Row = { price: string; quantity: string; cumulative: string; share: number; own: boolean }

/** Steps a reader may group by: the tick times powers of ten, up to about 1 % of the price. */
export function groupings(tick: string, last: string | null): string[] {
  const most = last === null ? new Big(tick).times(100) : new Big(last).div(100)
  const steps: string[] = []
  for (let step = new Big(tick); steps.length < 5 && (steps.length < 2 || step.lte(most)); step = step.times(10))
    steps.push(step.toFixed())
  return steps
}

/** Levels summed into steps. Bids round down and asks up, so that no group looks better than what is in it. */
export function groupLevels(levels: readonly Level[], side: 'bid' | 'ask', step: string): Level[] {
  const groups = new Map<string, Big>()
  for (const [price, quantity] of levels) {
    const at = side === 'bid' ? floorToStep(new Big(price), step) : ceilToStep(new Big(price), step)
    const key = at.toFixed()
    groups.set(key, (groups.get(key) ?? new Big(0)).plus(quantity))
  }
  return [...groups].map(([price, quantity]) => [price, quantity.toFixed()] as const)
}

/**
 * Rows best first with running totals; share is the running total against the larger side's. An own order inside the range that
 * stands at no level of the market gets a row of its own, with its own quantity, which the totals leave out.
 */
export function rowsOf(levels: readonly Level[], whole: Big, own: ReadonlyMap<string, Big>): Row[] {
  let sum = new Big(0)
  const rows = levels.map(([price, quantity]): Row => {
    sum = sum.plus(quantity)
    return { price, quantity, cumulative: sum.toFixed(), share: shareOf(sum, whole), own: own.has(price) }
  })
  const [best, last] = [levels[0]?.[0], levels[levels.length - 1]?.[0]]
  if (best === undefined || last === undefined) return rows
  const falling = new Big(last).lte(best)
  for (const [price, quantity] of own) {
    const at = new Big(price)
    if (rows.some((row) => row.price === price) || at.gt(falling ? best : last) || at.lt(falling ? last : best))
      continue
    const before = rows.filter((row) => (falling ? at.lt(row.price) : at.gt(row.price)))
    const { cumulative, share } = before[before.length - 1] ?? { cumulative: '0', share: 0 }
    rows.splice(before.length, 0, { price, quantity: quantity.toFixed(), cumulative, share, own: true })
  }
  return rows
}

const shareOf = (sum: Big, whole: Big): number => (whole.eq(0) ? 0 : Number(sum.div(whole).toFixed(4)))

export const totalOf = (levels: readonly Level[]): Big => levels.reduce((sum, [, q]) => sum.plus(q), new Big(0))

type OwnOrder = {
  side: 'buy' | 'sell'
  price: string | null
  quantity: string | null
  filledQuantity: string
  status: string
}

/** In the book; an order that waits for a trigger or a time is not there yet. */
const isResting = (status: string) => status === 'new' || status === 'partiallyFilled'

/** What own orders in the book still want, by the group key they fall into. */
export function ownLevels(orders: readonly OwnOrder[], side: 'bid' | 'ask', step: string): Map<string, Big> {
  const wanted = side === 'bid' ? 'buy' : 'sell'
  const levels = new Map<string, Big>()
  for (const { side: way, price, quantity, filledQuantity, status } of orders) {
    if (way !== wanted || !isResting(status) || price === null || quantity === null) continue
    const key = (side === 'bid' ? floorToStep(new Big(price), step) : ceilToStep(new Big(price), step)).toFixed()
    levels.set(key, (levels.get(key) ?? new Big(0)).plus(quantity).minus(filledQuantity))
  }
  return levels
}

export function spreadOf(bid: string | undefined, ask: string | undefined): { amount: string; percent: string } | null {
  if (bid === undefined || ask === undefined) return null
  const amount = new Big(ask).minus(bid)
  const middle = new Big(ask).plus(bid).div(2)
  return middle.lte(0) ? null : { amount: amount.toFixed(), percent: amount.div(middle).times(100).toFixed(4) }
}
