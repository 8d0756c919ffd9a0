import { market } from '../model/sample'
import { emptyTicket, refill } from './shape'
import type { FieldName, Kind, Side, Ticket } from './types'

export const clock = { nowMs: Date.UTC(2026, 0, 5, 12), zone: 'UTC' }
export const kinds: Kind[] = ['limit', 'market', 'stopLoss', 'takeProfit', 'trailing', 'oco', 'bracket']

export function make(
  kind: Kind,
  side: Side,
  texts: Partial<Record<FieldName, string>> = {},
  more: Partial<Ticket> = {},
): Ticket {
  const empty = { ...emptyTicket(kind, side, market, clock), ...more }
  const touched = Object.fromEntries(Object.keys(texts).map((name) => [name, true]))
  return refill({ ...empty, texts: { ...empty.texts, amount: '0.01', ...texts }, touched }, market, clock)
}
