import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import { unwrap } from './problem'

export const marketsQuery = queryOptions({
  queryKey: ['markets'],
  queryFn: () => unwrap(api.GET('/api/v1/markets')),
  staleTime: 300_000,
})

export const sourceQuery = queryOptions({
  queryKey: ['markets', 'source'],
  queryFn: () => unwrap(api.GET('/api/v1/markets/source')),
  staleTime: 10_000,
})

/** Every ticker with its sparkline; the live channels keep the numbers fresh afterwards. */
export const tickersQuery = queryOptions({
  queryKey: ['markets', 'tickers'],
  queryFn: () => unwrap(api.GET('/api/v1/markets/tickers')),
  staleTime: 30_000,
})
