import type { Fill, Order } from '@/api/types'
import { isDay, startOfDay, zoned } from '@/i18n/days'

export const tabs = ['open', 'closed', 'fills', 'journal'] as const
export type Tab = (typeof tabs)[number]

export const types = [
  'market',
  'limit',
  'stopLoss',
  'stopLossLimit',
  'takeProfit',
  'takeProfitLimit',
  'trailingStop',
] as const
export const closedStatuses = ['filled', 'canceled', 'rejected', 'expired', 'failed'] as const
export const emotions = ['calm', 'confident', 'excited', 'greedy', 'impatient', 'anxious', 'regretful'] as const

/** As the URL has it: plain words, "" where nothing is chosen. `from` and `to` are days of the user's zone, both included. */
export type Filters = {
  tab: Tab
  from: string
  to: string
  pair: string
  coin: string
  side: string
  type: string
  status: string
  account: string
  q: string
  tag: string
}

const known = <T extends string>(list: readonly T[], word: string | undefined): T | '' =>
  list.find((each) => each === word) ?? ''
const day = (word: string | undefined): string => (isDay(word) ? word : '')
const code = (word: string | undefined, most: number): string =>
  word !== undefined && word.length <= most && /^[A-Za-z0-9]+$/.test(word) ? word.toUpperCase() : ''

export function readFilters(search: Partial<Record<string, string>>): Filters {
  return {
    tab: known(tabs, search.tab) || 'open',
    from: day(search.from),
    to: day(search.to),
    pair: code(search.pair, 30),
    coin: code(search.coin, 20),
    side: known(['buy', 'sell'], search.side),
    type: known(types, search.type),
    status: known(closedStatuses, search.status),
    account: search.account ?? '',
    q: search.q ?? '',
    tag: search.tag ?? '',
  }
}

/** Only what differs from nothing stands in the URL. */
export const writeFilters = (filters: Filters): Partial<Filters> =>
  Object.fromEntries(
    Object.entries(filters).filter(([key, word]) => word !== '' && !(key === 'tab' && word === 'open')),
  )

export type Bounds = { from?: string; to?: string }
export const boundsOf = (filters: Filters, zone: string): Bounds => ({
  ...(filters.from === '' ? {} : { from: startOfDay(filters.from, zone) }),
  ...(filters.to === '' ? {} : { to: startOfDay(filters.to, zone, 1) }),
})

type Row = Pick<Order, 'accountId' | 'symbol' | 'side'> & { at: string; type?: string; status?: string; coin: string }

/** What the server's filter does, for what the stream brings. Times are compared as moments. */
export function matches(row: Row, filters: Filters, accountId: string | null, bounds: Bounds): boolean {
  const at = Date.parse(row.at)
  return (
    (accountId === null || row.accountId === accountId) &&
    (filters.pair === '' || row.symbol === filters.pair) &&
    (filters.coin === '' || row.coin === filters.coin) &&
    (filters.side === '' || row.side === filters.side) &&
    (filters.type === '' || row.type === undefined || row.type === filters.type) &&
    (filters.status === '' || row.status === undefined || row.status === filters.status) &&
    (bounds.from === undefined || at >= Date.parse(bounds.from)) &&
    (bounds.to === undefined || at < Date.parse(bounds.to))
  )
}

const byIdDown = (a: string, b: string): number => {
  const [left, right] = [BigInt(a), BigInt(b)]
  return left === right ? 0 : left < right ? 1 : -1
}

/**
 * What was asked for with what the stream brought since, newest first, each id once and the stream's word the last.
 * While older pages are missing, news older than the last row known waits for its page.
 */
export function merged<T extends { id: string }>(
  asked: readonly T[],
  news: readonly T[],
  complete: boolean,
): readonly T[] {
  if (news.length === 0) return asked
  const fresh = new Map(news.map((each) => [each.id, each]))
  const oldest = asked.at(-1)?.id
  const rows = asked.map((each) => {
    const newer = fresh.get(each.id)
    fresh.delete(each.id)
    return newer ?? each
  })
  const added = [...fresh.values()].filter((each) => complete || oldest === undefined || byIdDown(each.id, oldest) < 0)
  return added.length === 0 ? rows : [...rows, ...added].sort((a, b) => byIdDown(a.id, b.id))
}

export const orderCsvHeader = [
  'order_id',
  'time',
  'updated',
  'time_zone',
  'pair',
  'side',
  'type',
  'status',
  'price',
  'trigger_price',
  'quantity',
  'quote_quantity',
  'filled_quantity',
  'filled_quote',
  'average_price',
  'fee',
  'fee_asset',
  'reason',
  'account_id',
]

export const orderCsvRow = (order: Order, zone: string): (string | null)[] => [
  order.id,
  zoned(order.createdAt, zone),
  zoned(order.updatedAt, zone),
  zone,
  `${order.base}/${order.quote}`,
  order.side,
  order.type,
  order.status,
  order.price,
  order.triggerPrice,
  order.quantity,
  order.quoteQuantity,
  order.filledQuantity,
  order.filledQuote,
  order.averagePrice,
  order.fees[0]?.amount ?? '0',
  order.fees[0]?.asset ?? null,
  order.reason,
  order.accountId,
]

export const fillCsvHeader = [
  'fill_id',
  'order_id',
  'time',
  'time_zone',
  'pair',
  'side',
  'price',
  'quantity',
  'total',
  'fee',
  'fee_asset',
  'role',
  'cause',
  'cause_id',
  'cause_price',
  'cause_time',
  'account_id',
]

export const fillCsvRow = (fill: Fill, zone: string): (string | null)[] => [
  fill.id,
  fill.orderId,
  zoned(fill.time, zone),
  zone,
  fill.symbol,
  fill.side,
  fill.price,
  fill.quantity,
  fill.quoteQuantity,
  fill.fee,
  fill.feeAsset,
  fill.maker ? 'maker' : 'taker',
  fill.cause.kind,
  fill.cause.id,
  fill.cause.price,
  zoned(fill.cause.time, zone),
  fill.accountId,
]

/** Tags as typed: by commas, each once whatever its case, "#" left off. */
export function readTags(text: string): string[] {
  const tags = text
    .split(',')
    .map((each) => each.trim().replace(/^#/, ''))
    .filter((each) => each !== '')
  return tags.filter((each, index) => tags.findIndex((other) => other.toLowerCase() === each.toLowerCase()) === index)
}
