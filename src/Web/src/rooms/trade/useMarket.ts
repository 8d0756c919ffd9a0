import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { tickersQuery } from '@/api/markets'
import type { Instrument } from '@/api/types'
import { depthChannel, tickerChannel } from '@/live/channels'
import { useChannel } from '@/live/useChannel'
import { useLocale } from '@/ui/prefs'
import type { Level, Market } from './model'
import { useAvailable } from './useTrading'

/** The forms need no more than four pictures a second; the book draws its own. */
const CALM_MS = 250
const levels = (side: readonly string[][] | undefined): Level[] =>
  (side ?? []).flatMap(([price, quantity]) => (price && quantity ? [[price, quantity] as const] : []))

export function useTicker(symbol: string) {
  const pushed = useChannel(tickerChannel(symbol), CALM_MS).data
  const asked = useQuery(tickersQuery).data?.items.find((t) => t.symbol === symbol) ?? null
  return pushed ?? asked
}

/** Everything an order form reads: the pair, its prices, what the account has. */
export function useMarket(instrument: Instrument, accountId: string | null): Market {
  const locale = useLocale()
  const last = useTicker(instrument.symbol)?.last ?? null
  const book = useChannel(depthChannel(instrument.symbol), CALM_MS).data
  const available = useAvailable(accountId, instrument.base, instrument.quote)
  return useMemo(
    () => ({
      instrument,
      book: { bids: levels(book?.bids), asks: levels(book?.asks) },
      last,
      available: available === null ? null : { base: available.base, quote: available.quote },
      locale,
    }),
    [instrument, book, last, available, locale],
  )
}
