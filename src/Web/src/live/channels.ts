import type { Balance, Candle, Depth, Fill, MarketTrade, Order, PriceSource, Ticker } from '@/api/types'
import type { Frame } from './socket'

/** A channel's name and how a frame changes what is known. Reducers are pure and copy on write. */
export type Channel<T> = { name: string; reduce: (known: T | null, frame: Frame) => T }

export type Book = Pick<Depth, 'updateId' | 'bids' | 'asks'>
export type OrderEvent = { order: Order; fill: Fill | null }
export type AccountBalance = Balance & { accountId: string }

function latest<T>(name: string): Channel<T> {
  return { name, reduce: (_known, frame) => frame.data as T }
}

export const sourceChannel = latest<PriceSource>('source')
export const tickerChannel = (symbol: string): Channel<Ticker> => latest<Ticker>(`ticker:${symbol}`)
export const depthChannel = (symbol: string): Channel<Book> => latest<Book>(`depth:${symbol}`)

/** The changed tickers, by symbol; they come without sparklines. */
export const tickersChannel: Channel<ReadonlyMap<string, Ticker>> = {
  name: 'tickers',
  reduce: (known, frame) => {
    const next = new Map(frame.type === 'snapshot' ? undefined : (known ?? undefined))
    for (const ticker of frame.data as Ticker[]) next.set(ticker.symbol, ticker)
    return next
  },
}

const keptTrades = 50

/** The last trades, newest first. */
export const tradesChannel = (symbol: string): Channel<readonly MarketTrade[]> => ({
  name: `trades:${symbol}`,
  reduce: (known, frame) => {
    const fresh = frame.data as MarketTrade[]
    if (frame.type === 'snapshot') return fresh
    const newestFirst = [...fresh].sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0))
    return [...newestFirst, ...(known ?? [])].slice(0, keptTrades)
  },
})

/** The candles seen since the snapshot, oldest first; a candle with a known open time replaces it. */
export const candlesChannel = (symbol: string, interval: string): Channel<readonly Candle[]> => ({
  name: `candles:${symbol}:${interval}`,
  reduce: (known, frame) => {
    const fresh = Array.isArray(frame.data) ? (frame.data as Candle[]) : [frame.data as Candle]
    if (frame.type === 'snapshot') return fresh
    const times = new Set(fresh.map((candle) => candle.openTime))
    return [...(known ?? []).filter((candle) => !times.has(candle.openTime)), ...fresh].slice(-500)
  },
})

const openStatuses: readonly Order['status'][] = ['waiting', 'paused', 'triggered', 'new', 'partiallyFilled']
export const isOpen = (order: Order): boolean => openStatuses.includes(order.status)

/** Open orders by id, and the event that came last. */
export type OrdersView = { open: ReadonlyMap<string, Order>; last: OrderEvent | null }

export const ordersChannel: Channel<OrdersView> = {
  name: 'orders',
  reduce: (known, frame) => {
    if (frame.type === 'snapshot') {
      return { open: new Map((frame.data as Order[]).map((order) => [order.id, order])), last: null }
    }
    const event = frame.data as OrderEvent
    const open = new Map(known?.open)
    if (isOpen(event.order)) open.set(event.order.id, event.order)
    else open.delete(event.order.id)
    return { open, last: event }
  },
}

/** Balances by account and asset ("<accountId>/<asset>"). */
export const balancesChannel: Channel<ReadonlyMap<string, AccountBalance>> = {
  name: 'balances',
  reduce: (known, frame) => {
    const next = new Map(frame.type === 'snapshot' ? undefined : (known ?? undefined))
    for (const balance of frame.data as AccountBalance[]) next.set(`${balance.accountId}/${balance.asset}`, balance)
    return next
  },
}
