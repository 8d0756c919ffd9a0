import Big from 'big.js'
import type { Instrument, Ticker } from '@/api/types'

export type RailRow = { instrument: Instrument; ticker: Ticker | null; starred: boolean }

const MOST = 60

/** Starred pairs first, then by traded value; a search looks at pair names, with or without the slash. */
export function railRows(
  instruments: readonly Instrument[],
  tickers: ReadonlyMap<string, Ticker>,
  watchlist: readonly string[],
  search: string,
): RailRow[] {
  const wanted = search.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
  const place = new Map(watchlist.map((symbol, i) => [symbol, i]))
  const traded = (row: RailRow) => new Big(row.ticker?.quoteVolume ?? 0)
  return instruments
    .filter((i) => i.symbol.includes(wanted))
    .map((instrument) => ({
      instrument,
      ticker: tickers.get(instrument.symbol) ?? null,
      starred: place.has(instrument.symbol),
    }))
    .sort((a, b) => {
      if (a.starred !== b.starred) return a.starred ? -1 : 1
      if (a.starred) return (place.get(a.instrument.symbol) ?? 0) - (place.get(b.instrument.symbol) ?? 0)
      return traded(b).cmp(traded(a)) || a.instrument.symbol.localeCompare(b.instrument.symbol)
    })
    .slice(0, MOST)
}
