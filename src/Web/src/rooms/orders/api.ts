import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { ApiError, unwrap } from '@/api/problem'
import type { Emotion, Note } from '@/api/types'
import { type Bounds, boundsOf, type Filters } from './model'

const pageSize = 500
const mine = { private: true }

/** Filters as the API names them. */
export type Asked = Bounds & { accountId?: string; symbol?: string; base?: string; side?: string }

export function askedOf(filters: Filters, accountId: string | null, zone: string): Asked {
  return {
    ...(accountId === null ? {} : { accountId }),
    ...(filters.pair === '' ? {} : { symbol: filters.pair }),
    ...(filters.coin === '' ? {} : { base: filters.coin }),
    ...(filters.side === '' ? {} : { side: filters.side }),
    ...boundsOf(filters, zone),
  }
}

export type OrderQuery = Asked & { status: string; type?: string }

const page = (cursor: string | null) => ({ limit: String(pageSize), ...(cursor === null ? {} : { cursor }) })

export const readOrders = (query: OrderQuery, cursor: string | null) =>
  unwrap(api.GET('/api/v1/orders', { params: { query: { ...query, ...page(cursor) } } }))

export const readFills = (query: Asked & { orderId?: string }, cursor: string | null) =>
  unwrap(api.GET('/api/v1/fills', { params: { query: { ...query, ...page(cursor) } } }))

const paged = {
  initialPageParam: null as string | null,
  getNextPageParam: (last: { nextCursor: string | null }) => last.nextCursor,
  meta: mine,
}

export const ordersQuery = (query: OrderQuery) =>
  infiniteQueryOptions({
    queryKey: ['orders', query.accountId ?? 'all', 'list', query],
    queryFn: ({ pageParam }) => readOrders(query, pageParam),
    ...paged,
  })

export const fillsQuery = (query: Asked) =>
  infiniteQueryOptions({
    queryKey: ['fills', query.accountId ?? 'all', 'list', query],
    queryFn: ({ pageParam }) => readFills(query, pageParam),
    ...paged,
  })

export const fillsOfOrderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['fills', 'order', orderId],
    queryFn: () => readFills({ orderId }, null),
    meta: mine,
    staleTime: 0,
  })

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ['orders', 'one', id],
    queryFn: () => unwrap(api.GET('/api/v1/orders/{id}', { params: { path: { id } } })),
    meta: mine,
    staleTime: 0,
  })

export const journalQuery = (query: { q?: string; tag?: string; symbol?: string } & Bounds) =>
  infiniteQueryOptions({
    queryKey: ['journal', 'list', query],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/api/v1/journal', {
          params: { query: { ...query, limit: 100, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        }),
      ),
    ...paged,
  })

/** Which orders have a note: the newest 500 of them. */
export const notedQuery = queryOptions({
  queryKey: ['journal', 'noted'],
  queryFn: async () => {
    const { items } = await unwrap(api.GET('/api/v1/journal', { params: { query: { limit: pageSize } } }))
    return new Set(items.map((item) => item.note.orderId))
  },
  meta: mine,
  staleTime: 60_000,
})

/** Null where nothing is written yet. */
export const noteQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['journal', 'note', orderId],
    queryFn: async (): Promise<Note | null> => {
      try {
        return await unwrap(api.GET('/api/v1/orders/{id}/note', { params: { path: { id: orderId } } }))
      } catch (error) {
        if (error instanceof ApiError && error.problem.status === 404) return null
        throw error
      }
    },
    meta: mine,
    staleTime: 0,
  })

export type NoteDraft = { text: string; tags: string[]; emotion: Emotion | null }

const at = (id: string) => ({ params: { path: { id } } })
export const saveNote = (id: string, note: NoteDraft) =>
  unwrap(api.PUT('/api/v1/orders/{id}/note', { ...at(id), body: note }))
export const deleteNote = (id: string) => unwrap(api.DELETE('/api/v1/orders/{id}/note', at(id)))
export const cancelOrder = (id: string) => unwrap(api.DELETE('/api/v1/orders/{id}', at(id)))
export const cancelOrders = (accountId: string, symbol: string) =>
  unwrap(api.DELETE('/api/v1/orders', { params: { query: { accountId, ...(symbol === '' ? {} : { symbol }) } } }))
