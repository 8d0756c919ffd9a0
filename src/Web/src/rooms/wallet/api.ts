import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { unwrap } from '@/api/problem'

const pageSize = 100

export const statementQuery = (accountId: string, asset: string) =>
  infiniteQueryOptions({
    queryKey: ['accounts', accountId, 'statement', asset],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/api/v1/accounts/{id}/statement', {
          params: {
            path: { id: accountId },
            query: { limit: pageSize, ...(asset === '' ? {} : { asset }), ...(pageParam ? { cursor: pageParam } : {}) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    meta: { private: true },
    staleTime: 2_000,
  })
