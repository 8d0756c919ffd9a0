import type { Fill, Order } from '@/api/types'
import { isScheduled } from '@/orders/facts'
import type { Kind, Side } from '../ticket/types'

export const stages = ['all', 'waiting', 'working', 'filled', 'failed', 'ended'] as const
export type Stage = (typeof stages)[number]
export const readStage = (text: string | undefined): Stage => stages.find((stage) => stage === text) ?? 'all'

const stageOf: Record<Order['status'], Exclude<Stage, 'all'>> = {
  waiting: 'waiting',
  paused: 'waiting',
  triggered: 'working',
  new: 'working',
  partiallyFilled: 'working',
  filled: 'filled',
  failed: 'failed',
  canceled: 'ended',
  rejected: 'ended',
  expired: 'ended',
}

/** Open and ended orders that act by themselves, newest first, each once: what is open rules over what was asked before. */
export function scheduledOf(open: readonly Order[], closed: readonly Order[], stage: Stage): Order[] {
  const known = new Map([...closed, ...open].filter(isScheduled).map((order) => [order.id, order]))
  return [...known.values()]
    .filter((order) => stage === 'all' || stageOf[order.status] === stage)
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0))
}

export type When = 'below' | 'above' | 'time'

/** A price on the owner's good side takes a profit, on the bad side it stops a loss; the server knows them by these names. */
export function kindOf(when: When, side: Side, atLimit: boolean): Kind {
  if (when === 'time') return atLimit ? 'limit' : 'market'
  return (when === 'below') === (side === 'buy') ? 'takeProfit' : 'stopLoss'
}

export type Moment =
  | { kind: 'placed'; at: string }
  | { kind: 'resumed'; at: string; rule: NonNullable<Order['resumedBy']> }
  | { kind: 'triggered'; at: string; cause: NonNullable<Order['firedBy']> }
  | { kind: 'filled'; at: string; fill: Fill }
  | { kind: 'ended'; at: string }

/** What has happened to an order; the server's downtime is told by its own clock, all else by the market's. */
export function momentsOf(order: Order, fills: readonly Fill[]): Moment[] {
  const moments: Moment[] = [{ kind: 'placed', at: order.createdAt }]
  if (order.resumedBy !== null && order.resumedAt !== null)
    moments.push({ kind: 'resumed', at: order.resumedAt, rule: order.resumedBy })
  if (order.firedBy !== null)
    moments.push({ kind: 'triggered', at: order.firedAt ?? order.firedBy.time, cause: order.firedBy })
  const own = fills.filter((fill) => fill.orderId === order.id).sort((a, b) => (a.time < b.time ? -1 : 1))
  for (const fill of own) moments.push({ kind: 'filled', at: fill.time, fill })
  if (['canceled', 'rejected', 'expired', 'failed'].includes(order.status))
    moments.push({ kind: 'ended', at: order.updatedAt })
  return moments
}

/** Milliseconds of market time from the event that fired it to its first fill. */
export function latencyMs(order: Order, fills: readonly Fill[]): number | null {
  const first = momentsOf(order, fills).find((moment) => moment.kind === 'filled')
  if (first === undefined || order.firedBy === null) return null
  return Math.max(0, Date.parse(first.at) - Date.parse(order.firedBy.time))
}
