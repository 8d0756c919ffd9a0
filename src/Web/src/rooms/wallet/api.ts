import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { ApiError, toProblem, unwrap } from '@/api/problem'
import { startOfDay } from '@/i18n/days'
import { type AccountChange, type Range, ranges, type StatementFilter, startOf } from './model'

const pageSize = 100
const mine = { private: true }

const asked = (filter: StatementFilter, zone: string) => ({
  ...(filter.asset === '' ? {} : { asset: filter.asset }),
  ...(filter.kind === '' ? {} : { kind: filter.kind }),
  ...(filter.from === '' ? {} : { from: startOfDay(filter.from, zone) }),
  ...(filter.to === '' ? {} : { to: startOfDay(filter.to, zone, 1) }),
})

export const statementQuery = (accountId: string, filter: StatementFilter, zone: string) =>
  infiniteQueryOptions({
    queryKey: ['accounts', accountId, 'statement', filter, zone],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/api/v1/accounts/{id}/statement', {
          params: {
            path: { id: accountId },
            query: { limit: pageSize, ...asked(filter, zone), ...(pageParam ? { cursor: pageParam } : {}) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    meta: mine,
    staleTime: 2_000,
  })

const mostFiles = 20

type Piece = { text: string; cursor: string | null }

async function readPiece(accountId: string, query: ReturnType<typeof asked>, cursor: string | null): Promise<Piece> {
  const answer = await api.GET('/api/v1/accounts/{id}/statement', {
    params: { path: { id: accountId }, query: { ...query, ...(cursor === null ? {} : { cursor }) } },
    headers: { Accept: 'text/csv' },
    parseAs: 'text',
  })
  if (!answer.response.ok) throw new ApiError(toProblem(answer.error, answer.response))
  const next = /<([^>]+)>; rel="next"/.exec(answer.response.headers.get('Link') ?? '')?.[1]
  return {
    text: answer.data ?? '',
    cursor: next === undefined ? null : new URLSearchParams(next.slice(next.indexOf('?'))).get('cursor'),
  }
}

/** The server's own file of every line of the filter; it comes in pieces of 10,000 lines, each with the header. */
export async function readStatementCsv(accountId: string, filter: StatementFilter, zone: string): Promise<string> {
  const query = asked(filter, zone)
  let piece = await readPiece(accountId, query, null)
  let text = piece.text
  for (let file = 1; file < mostFiles && piece.cursor !== null; file++) {
    piece = await readPiece(accountId, query, piece.cursor)
    text += piece.text.slice(piece.text.indexOf('\n') + 1)
  }
  return text
}

export const equityQuery = (accountId: string, range: Range) =>
  queryOptions({
    queryKey: ['accounts', accountId, 'equity', range],
    queryFn: () => {
      const from = startOf(range, Date.now())
      return unwrap(
        api.GET('/api/v1/accounts/{id}/equity', {
          params: {
            path: { id: accountId },
            query: { interval: ranges[range][0], ...(from === null ? {} : { from }) },
          },
        }),
      )
    },
    meta: mine,
    staleTime: 10_000,
  })

export const seasonsQuery = (accountId: string) =>
  infiniteQueryOptions({
    queryKey: ['accounts', accountId, 'seasons'],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/api/v1/accounts/{id}/seasons', {
          params: { path: { id: accountId }, query: pageParam === null ? {} : { cursor: pageParam } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    meta: mine,
  })

const keyed = (key: string) => ({ headers: { 'Idempotency-Key': key } })

export const openAccount = (name: string, key: string) =>
  unwrap(api.POST('/api/v1/accounts', { body: { name, kind: 'paper' }, ...keyed(key) }))

export const changeAccount = (id: string, change: AccountChange) =>
  unwrap(api.PATCH('/api/v1/accounts/{id}', { params: { path: { id } }, body: change }))

export const resetAccount = (id: string, amount: string, key: string) =>
  unwrap(
    api.POST('/api/v1/accounts/{id}/reset', {
      params: { path: { id } },
      body: { confirm: 'RESET', amount },
      ...keyed(key),
    }),
  )
