import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import { unwrap } from './problem'

const mine = { private: true }

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: () => unwrap(api.GET('/api/v1/accounts')),
  staleTime: 300_000,
  meta: mine,
})

export const balancesQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['accounts', accountId, 'balances'],
    queryFn: () => unwrap(api.GET('/api/v1/accounts/{id}/balances', { params: { path: { id: accountId } } })),
    staleTime: 5_000,
    meta: mine,
  })

export const portfolioQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['accounts', accountId, 'portfolio'],
    queryFn: () => unwrap(api.GET('/api/v1/accounts/{id}/portfolio', { params: { path: { id: accountId } } })),
    staleTime: 5_000,
    meta: mine,
  })
