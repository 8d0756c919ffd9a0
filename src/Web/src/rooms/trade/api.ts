import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { unwrap } from '@/api/problem'
import type { components } from '@/api/schema.gen'
import type { Interval } from '@/chart'
import type { Draft } from './model'

const mine = { private: true }
const PAGE = 500

export const candlesQuery = (symbol: string, interval: Interval) =>
  infiniteQueryOptions({
    queryKey: ['markets', symbol, 'candles', interval],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/api/v1/markets/{symbol}/candles', {
          params: {
            path: { symbol },
            query: { interval, limit: String(PAGE), ...(pageParam === null ? {} : { before: String(pageParam) }) },
          },
        }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (oldest) => {
      const first = oldest.items[0]
      return first === undefined || oldest.items.length < PAGE ? undefined : Date.parse(first.openTime)
    },
    staleTime: 60_000,
  })

export const openOrdersQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['orders', accountId, 'open'],
    queryFn: () =>
      unwrap(api.GET('/api/v1/orders', { params: { query: { accountId, status: 'open', limit: '200' } } })),
    meta: mine,
  })

export const closedOrdersQuery = (accountId: string, symbol: string | null, limit = 100) =>
  queryOptions({
    queryKey: ['orders', accountId, 'closed', symbol, limit],
    queryFn: () =>
      unwrap(
        api.GET('/api/v1/orders', {
          params: {
            query: { accountId, status: 'closed', limit: String(limit), ...(symbol === null ? {} : { symbol }) },
          },
        }),
      ),
    meta: mine,
  })

export const fillsQuery = (accountId: string, symbol: string | null, limit = 100) =>
  queryOptions({
    queryKey: ['fills', accountId, symbol, limit],
    queryFn: () =>
      unwrap(
        api.GET('/api/v1/fills', {
          params: { query: { accountId, limit: String(limit), ...(symbol === null ? {} : { symbol }) } },
        }),
      ),
    meta: mine,
  })

export const placeOrder = (accountId: string, draft: Draft) =>
  unwrap(api.POST('/api/v1/orders', { body: { accountId, ...draft } }))

export const cancelOrder = (id: string) => unwrap(api.DELETE('/api/v1/orders/{id}', { params: { path: { id } } }))

export const cancelOrders = (accountId: string, symbol: string | null) =>
  unwrap(api.DELETE('/api/v1/orders', { params: { query: { accountId, ...(symbol === null ? {} : { symbol }) } } }))

export type OrderStep = 'pause' | 'resume' | 'retry'

export function stepOrder(id: string, step: OrderStep) {
  const params = { params: { path: { id } } }
  if (step === 'pause') return unwrap(api.POST('/api/v1/orders/{id}/pause', params))
  if (step === 'resume') return unwrap(api.POST('/api/v1/orders/{id}/resume', params))
  return unwrap(api.POST('/api/v1/orders/{id}/retry', params))
}

export type Amendment = components['schemas']['AmendRequest']

export const amendOrder = (id: string, body: Amendment) =>
  unwrap(api.PATCH('/api/v1/orders/{id}', { params: { path: { id } }, body }))
