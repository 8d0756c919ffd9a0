import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { unwrap } from '@/api/problem'
import type { Interval } from '@/chart'

const page = 500

/** Candles that open before a moment, older ones page by page down to the start of a run. */
export const candlesUntilQuery = (symbol: string, interval: Interval, untilMs: number, fromMs: number) =>
  infiniteQueryOptions({
    queryKey: ['markets', symbol, 'candles', interval, 'until', untilMs],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/api/v1/markets/{symbol}/candles', {
          params: { path: { symbol }, query: { interval, limit: String(page), before: String(pageParam) } },
        }),
      ),
    initialPageParam: untilMs,
    getNextPageParam: (oldest) => {
      const first = oldest.items[0]
      const at = first === undefined ? Number.NaN : Date.parse(first.openTime)
      return oldest.items.length < page || !(at > fromMs) ? undefined : at
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
