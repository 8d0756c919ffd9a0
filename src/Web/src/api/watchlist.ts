import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client'
import { unwrap } from './problem'

export const watchlistQuery = queryOptions({
  queryKey: ['watchlist'],
  queryFn: async () => (await unwrap(api.GET('/api/v1/watchlist'))).items.map((item) => item.symbol),
  staleTime: 60_000,
  meta: { private: true },
})

export const useWatchlist = (signedIn: boolean) => useQuery({ ...watchlistQuery, enabled: signedIn })

type Star = { symbol: string; starred: boolean }

/** Stars or unstars at once on screen and takes it back when the server refuses. */
export function useStar() {
  const client = useQueryClient()
  const key = watchlistQuery.queryKey
  return useMutation({
    mutationFn: ({ symbol, starred }: Star) => {
      const params = { params: { path: { symbol } } }
      return unwrap(
        starred ? api.PUT('/api/v1/watchlist/{symbol}', params) : api.DELETE('/api/v1/watchlist/{symbol}', params),
      )
    },
    onMutate: async ({ symbol, starred }: Star) => {
      await client.cancelQueries({ queryKey: key })
      const before = client.getQueryData(key) ?? []
      const without = before.filter((item) => item !== symbol)
      client.setQueryData(key, starred ? [...without, symbol] : without)
      return { before }
    },
    onError: (_error, _star, context) => client.setQueryData(key, context?.before ?? []),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  })
}
