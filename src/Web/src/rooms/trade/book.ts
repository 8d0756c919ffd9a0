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

/** Rows best first with running totals; share is the running total against the larger side's. */
export function rowsOf(levels: readonly Level[], whole: Big, own: ReadonlySet<string>): Row[] {
  let sum = new Big(0)
  return levels.map(([price, quantity]) => {
    sum = sum.plus(quantity)
    const share = whole.eq(0) ? 0 : Number(sum.div(whole).toFixed(4))
    return { price, quantity, cumulative: sum.toFixed(), share, own: own.has(price) }
  })
}

export const totalOf = (levels: readonly Level[]): Big => levels.reduce((sum, [, q]) => sum.plus(q), new Big(0))

/** Own open orders as the group keys they fall into. */
export function ownPrices(
  orders: readonly { side: 'buy' | 'sell'; price: string | null }[],
  side: 'bid' | 'ask',
  step: string,
): Set<string> {
  const wanted = side === 'bid' ? 'buy' : 'sell'
  const keys = new Set<string>()
  for (const order of orders)
    if (order.side === wanted && order.price !== null) {
      const price = new Big(order.price)
      keys.add((side === 'bid' ? floorToStep(price, step) : ceilToStep(price, step)).toFixed())
    }
  return keys
}

export function spreadOf(bid: string | undefined, ask: string | undefined): { amount: string; percent: string } | null {
  if (bid === undefined || ask === undefined) return null
  const amount = new Big(ask).minus(bid)
  const middle = new Big(ask).plus(bid).div(2)
  return middle.lte(0) ? null : { amount: amount.toFixed(), percent: amount.div(middle).times(100).toFixed(4) }
}
