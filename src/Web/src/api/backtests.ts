import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import { ApiError, toProblem, unwrap } from './problem'
import type { components } from './schema.gen'
import { asExplanation, type StrategyDocument, withDocument } from './strategies'

type Schemas = components['schemas']

export type RunStatus = Schemas['BacktestView']['status']
export const isOver = (status: RunStatus): boolean => status !== 'queued' && status !== 'running'

/** What to test, as it is sent. Money and rates are decimal strings; `split` is the in-sample share. */
export type BacktestRequest = Schemas['StartBacktestRequest']
export type SweepRequest = Schemas['StartSweepRequest']
export type Range = Schemas['SweepRange']

/** Statistics of one report; null where they cannot be computed. Shares are fractions. */
export type Metrics = Record<string, number | null>

type Known<T> = Omit<T, 'document'> & { document: StrategyDocument }

/** A backtest or sweep as it was asked for; later changes of the strategy change nothing of it. */
export type BacktestRun = Known<Schemas['BacktestView']>
export type SweepRun = Known<Schemas['SweepView']>
export type Run = Omit<BacktestRun, 'summary'> & { summary?: BacktestRun['summary'] }
export type SweepRow = Schemas['SweepRow']
export type Coverage = Schemas['CoverageView']
export type Download = Schemas['DownloadView']

/** What every job of the lab has, and what the stream tells of it. */
export type Job = Pick<Run, 'id' | 'kind' | 'status' | 'progress' | 'queuePosition'>
export type JobUpdate = Pick<Job, 'id' | 'kind' | 'status' | 'progress'>

export type ReportWarning = Schemas['LabWarning']

export type ReportTrade = {
  /** Where several pairs share the cash. */
  symbol?: string
  entryTime: number
  entryPrice: number
  exitTime: number
  exitPrice: number
  quantity: number
  fees: number
  pnl: number
  pnlPercent: number | null
  reason: string
}

/** The report of the command line, word for word; open JSON to the generated client. */
export type Report = {
  engine: string
  strategy: string
  inputs: Record<string, number>
  symbol: string
  from: number
  to: number
  candles: number
  start: number
  final: number
  trades: readonly ReportTrade[]
  metrics: Metrics
  conventions: Record<string, Metrics>
  dataHash: string
}

const mine = { private: true }
export type Kind = 'backtest' | 'sweep'
const at = (id: string) => ({ params: { path: { id } } })
const keyed = (key: string) => ({ headers: { 'Idempotency-Key': key } })
const listed = { params: { query: { limit: 100 } } }

export const backtestsQuery = queryOptions({
  queryKey: ['backtests', 'backtest', 'list'],
  queryFn: async () => (await unwrap(api.GET('/api/v1/backtests', listed))).items.map(withDocument),
  meta: mine,
  staleTime: 2_000,
})

export const sweepsQuery = queryOptions({
  queryKey: ['backtests', 'sweep', 'list'],
  queryFn: async () => (await unwrap(api.GET('/api/v1/backtests/sweeps', listed))).items.map(withDocument),
  meta: mine,
  staleTime: 2_000,
})

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtests', 'backtest', 'one', id],
    queryFn: async (): Promise<BacktestRun> => withDocument(await unwrap(api.GET('/api/v1/backtests/{id}', at(id)))),
    meta: mine,
    staleTime: 0,
  })

export const sweepQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtests', 'sweep', 'one', id],
    queryFn: async (): Promise<SweepRun> =>
      withDocument(await unwrap(api.GET('/api/v1/backtests/sweeps/{id}', at(id)))),
    meta: mine,
    staleTime: 0,
  })

/** As many combinations as a sweep may have are one page. */
const everyRow = 5_000

export const sweepRowsQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtests', 'sweep', 'one', id, 'rows'],
    queryFn: async () =>
      (
        await unwrap(
          api.GET('/api/v1/backtests/sweeps/{id}/rows', { params: { path: { id }, query: { limit: everyRow } } }),
        )
      ).items,
    meta: mine,
    staleTime: Number.POSITIVE_INFINITY,
  })

export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtests', 'backtest', 'one', id, 'report'],
    queryFn: async () => (await unwrap(api.GET('/api/v1/backtests/{id}/report', at(id)))) as Report,
    meta: mine,
    staleTime: Number.POSITIVE_INFINITY,
  })

type TextAnswer = { data?: string; error?: unknown; response: Response }

async function textOf(call: Promise<TextAnswer>): Promise<string> {
  const { data, error, response } = await call
  if (!response.ok) throw new ApiError(toProblem(error, response))
  return data ?? ''
}

/** The server's own file; the equity of every candle, or every trade. */
export const readFile = (id: string, name: 'equity' | 'trades'): Promise<string> =>
  textOf(
    name === 'equity'
      ? api.GET('/api/v1/backtests/{id}/equity.csv', { ...at(id), parseAs: 'text' })
      : api.GET('/api/v1/backtests/{id}/trades.csv', { ...at(id), parseAs: 'text' }),
  )

export const equityFileQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtests', 'backtest', 'one', id, 'equity'],
    queryFn: () => readFile(id, 'equity'),
    meta: mine,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })

export const startRun = (body: BacktestRequest, key: string) =>
  unwrap(api.POST('/api/v1/backtests', { body, ...keyed(key) }))
export const startSweep = (body: SweepRequest, key: string) =>
  unwrap(api.POST('/api/v1/backtests/sweeps', { body, ...keyed(key) }))

/** Cancels what runs; deletes what has ended. */
export const endRun = (kind: Kind, id: string): Promise<unknown> =>
  kind === 'sweep'
    ? unwrap(api.DELETE('/api/v1/backtests/sweeps/{id}', at(id)))
    : unwrap(api.DELETE('/api/v1/backtests/{id}', at(id)))

export const runExplainQuery = (id: string, symbol: string, openTime: string) =>
  queryOptions({
    queryKey: ['backtests', 'backtest', 'one', id, 'explain', symbol, openTime],
    queryFn: async ({ signal }) =>
      asExplanation(
        await unwrap(api.POST('/api/v1/backtests/{id}/explain', { ...at(id), body: { symbol, openTime }, signal })),
      ),
    meta: mine,
    staleTime: Number.POSITIVE_INFINITY,
  })

export const coverageQuery = (symbol: string, interval: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['data', 'coverage', symbol, interval, from, to],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/data/coverage', { params: { query: { symbol, interval, from, to } }, signal })),
    staleTime: 15_000,
  })

export const startDownload = (body: Schemas['StartDownloadRequest'], key: string) =>
  unwrap(api.POST('/api/v1/data/downloads', { body, ...keyed(key) }))

export const downloadQuery = (id: string) =>
  queryOptions({
    queryKey: ['data', 'downloads', id],
    queryFn: () => unwrap(api.GET('/api/v1/data/downloads/{id}', at(id))),
    meta: mine,
    staleTime: 0,
  })
