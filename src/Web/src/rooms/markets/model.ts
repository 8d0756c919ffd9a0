import { searchMarkets } from '@/api/searchMarkets'
import type { Instrument, Ticker } from '@/api/types'

export const tabs = ['watchlist', 'all', 'gainers', 'losers'] as const
export type Tab = (typeof tabs)[number]
export const columns = ['pair', 'price', 'change', 'high', 'low', 'volume'] as const
export type Column = (typeof columns)[number]
export type Sort = { column: Column; direction: 'asc' | 'desc' }
export type Filters = { tab: Tab; query: string; quote: string; sort: Sort | null }
export type Row = { market: Instrument; ticker: Ticker | null }

type Search = { tab?: string; q?: string; quote?: string; sort?: string }

export function readSort(text: string | undefined): Sort | null {
  const [name, direction] = (text ?? '').split('.')
  const column = columns.find((each) => each === name)
  return column ? { column, direction: direction === 'asc' ? 'asc' : 'desc' } : null
}

export function readFilters(search: Search): Filters {
  return {
    tab: tabs.find((tab) => tab === search.tab) ?? 'all',
    query: search.q ?? '',
    quote: search.quote ?? '',
    sort: readSort(search.sort),
  }
}

/** The filters as they stand in the URL; what is usual is left out. */
export function writeFilters(filters: Filters): Search {
  return {
    ...(filters.tab === 'all' ? {} : { tab: filters.tab }),
    ...(filters.query === '' ? {} : { q: filters.query }),
    ...(filters.quote === '' ? {} : { quote: filters.quote }),
    ...(filters.sort === null ? {} : { sort: `${filters.sort.column}.${filters.sort.direction}` }),
  }
}

/** First press sorts the way one looks for (largest first, names A to Z), second turns, third returns to the usual. */
export function nextSort(now: Sort | null, column: Column): Sort | null {
  const first = column === 'pair' ? 'asc' : 'desc'
  if (now?.column !== column) return { column, direction: first }
  return now.direction === first ? { column, direction: first === 'asc' ? 'desc' : 'asc' } : null
}

/** Sort keys only: no money is computed from these numbers. */
function keyOf(row: Row, column: Column): number | string {
  const { ticker } = row
  const number = (text: string | null | undefined) => (text === null || text === undefined ? Number.NaN : Number(text))
  switch (column) {
    case 'pair':
      return row.market.symbol
    case 'price':
      return number(ticker?.last)
    case 'change':
      return number(ticker?.changePercent)
    case 'high':
      return number(ticker?.high)
    case 'low':
      return number(ticker?.low)
    case 'volume':
      return number(ticker?.quoteVolume)
  }
}

function sorted(rows: readonly Row[], sort: Sort): Row[] {
  const turn = sort.direction === 'asc' ? 1 : -1
  return rows
    .map((row) => ({ row, key: keyOf(row, sort.column) }))
    .sort((a, b) => {
      const unknownA = typeof a.key === 'number' && Number.isNaN(a.key)
      const unknownB = typeof b.key === 'number' && Number.isNaN(b.key)
      if (unknownA || unknownB) return unknownA === unknownB ? 0 : unknownA ? 1 : -1
      return a.key < b.key ? -turn : a.key > b.key ? turn : 0
    })
    .map((entry) => entry.row)
}

const usualSort = (tab: Tab): Sort =>
  tab === 'losers'
    ? { column: 'change', direction: 'asc' }
    : { column: tab === 'gainers' ? 'change' : 'volume', direction: 'desc' }

const changeOf = (row: Row): number => Number(row.ticker?.changePercent ?? Number.NaN)

export type Known = {
  markets: readonly Instrument[]
  tickers: ReadonlyMap<string, Ticker>
  watchlist: ReadonlySet<string>
}

/** The rows of a tab: filtered, searched, sorted. A search without a chosen sort keeps the best match on top. */
export function rowsOf(known: Known, filters: Filters): Row[] {
  const found = searchMarkets(known.markets, filters.query)
  const rows: Row[] = []
  for (const market of found) {
    if (filters.quote !== '' && market.quote !== filters.quote) continue
    if (filters.tab === 'watchlist' && !known.watchlist.has(market.symbol)) continue
    const row = { market, ticker: known.tickers.get(market.symbol) ?? null }
    if (filters.tab === 'gainers' && !(changeOf(row) > 0)) continue
    if (filters.tab === 'losers' && !(changeOf(row) < 0)) continue
    rows.push(row)
  }
  if (filters.sort === null && filters.query.trim() !== '' && filters.tab === 'all') return rows
  return sorted(rows, filters.sort ?? usualSort(filters.tab))
}

/** The quote assets there are, most used first. */
export function quotesOf(markets: readonly Instrument[]): string[] {
  const counts = new Map<string, number>()
  for (const market of markets) counts.set(market.quote, (counts.get(market.quote) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([quote]) => quote)
}

export const csvHeader = ['symbol', 'last', 'change_percent', 'high', 'low', 'volume', 'quote_volume', 'as_of']

export const csvRow = ({ market, ticker }: Row): (string | null | undefined)[] => [
  market.symbol,
  ticker?.last,
  ticker?.changePercent,
  ticker?.high,
  ticker?.low,
  ticker?.volume,
  ticker?.quoteVolume,
  ticker?.asOf,
]
