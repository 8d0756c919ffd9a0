import { queryOptions } from '@tanstack/react-query'
import { ask } from './ask'
import { send } from './client'
import { ApiError, toProblem } from './problem'
import type { Explanation, StrategyDocument } from './strategies'

export const runStatuses = ['queued', 'running', 'done', 'failed', 'canceled'] as const
export type RunStatus = (typeof runStatuses)[number]
export const isOver = (status: RunStatus): boolean => status !== 'queued' && status !== 'running'

/** What to test, as it is sent. Money and rates are decimal strings; `split` is the in-sample share. */
export type BacktestRequest = {
  strategyId?: string
  version?: number
  document?: StrategyDocument
  inputs?: Record<string, number>
  symbols: readonly string[]
  from: string
  to: string
  cash: string
  fee: string
  slippage: string
  split?: number | null
  detailTimeframe?: string | null
  /** Run although candles of the span are missing. */
  acceptGaps?: boolean
}

export type Range = { from: number; to: number; step: number }
export type SweepRequest = BacktestRequest & { set: Record<string, Range>; rank: string }

/** Statistics of one report; null where they cannot be computed. Shares are fractions. */
export type Metrics = Record<string, number | null>

/** One side of a split, run for itself with the whole capital. */
export type RunPart = { from: string; to: string; figures: Metrics }

export type RunSummary = {
  figures: Metrics
  inSample: RunPart | null
  outOfSample: RunPart | null
  warnings: readonly ReportWarning[]
  /** Runs and combinations over this pair and timeframe, this one included. */
  trials: number
  dataHash: string
}

export type JobError = { code: string; detail: string | null }

/** What every job of the lab has. */
export type Job = {
  id: string
  kind: 'backtest' | 'sweep' | 'download'
  status: RunStatus
  progress: number
  queuePosition: number | null
  error: JobError | null
  createdAt: string
  startedAt: string | null
  endedAt: string | null
}

/** A backtest or sweep as it was asked for; later changes of the strategy change nothing of it. */
export type Run = Job & {
  strategy: { id: string | null; version: number | null; name: string }
  document: StrategyDocument
  timeframe: string
  symbols: readonly string[]
  from: string
  to: string
  cash: string
  fee: string
  slippage: string
  split: number | null
  detailTimeframe: string | null
  fill: string | null
  source: string
  simulated: boolean
  rows: number
  missing: number
  /** Of a backtest that is done. */
  summary?: RunSummary | null
}

export type SweepRow = {
  index?: number
  inputs: Record<string, number>
  final?: number | null
  trades?: number
  metrics: Metrics
}
export type SweepRun = Run & { set: Record<string, Range>; rank: string; combinations: number; best: SweepRow | null }

/** What the stream tells of a job. */
export type JobUpdate = Pick<Job, 'id' | 'kind' | 'status' | 'progress'>

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

export type ReportWarning = { code: string; arguments?: Record<string, number> }

/** The report of the command line, word for word. */
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
  candlesPerSecond?: number
}

export type Coverage = {
  symbol: string
  interval: string
  source?: string
  rows: number
  missing: number
  from: string | null
  to: string | null
  gaps: readonly { from: string; to: string; missing: number }[]
}

export type Download = Job & { symbol: string; interval: string; rows: number; coverage: Coverage | null }

type List<T> = { items: readonly T[]; nextCursor?: string | null }
const mine = { private: true }
export type Kind = 'backtest' | 'sweep'
const root = (kind: Kind): string => (kind === 'sweep' ? '/backtests/sweeps' : '/backtests')
const at = (kind: Kind, id: string): string => `${root(kind)}/${encodeURIComponent(id)}`

export const runsQuery = (kind: Kind) =>
  queryOptions({
    queryKey: ['backtests', kind, 'list'],
    queryFn: async () => (await ask<List<Run>>('GET', root(kind))).items,
    meta: mine,
    staleTime: 2_000,
  })

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtests', 'backtest', 'one', id],
    queryFn: () => ask<Run>('GET', at('backtest', id)),
    meta: mine,
    staleTime: 0,
  })

export const sweepQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtests', 'sweep', 'one', id],
    queryFn: () => ask<SweepRun>('GET', at('sweep', id)),
    meta: mine,
    staleTime: 0,
  })

const mostPages = 50

async function everyRow(id: string): Promise<SweepRow[]> {
  const rows: SweepRow[] = []
  let cursor: string | null = null
  for (let page = 0; page < mostPages; page++) {
    const query: string = cursor === null ? '?limit=500' : `?limit=500&cursor=${encodeURIComponent(cursor)}`
    const answer: List<SweepRow> = await ask<List<SweepRow>>('GET', `${at('sweep', id)}/rows${query}`)
    rows.push(...answer.items)
    cursor = answer.nextCursor ?? null
    if (cursor === null) break
  }
  return rows
}

export const sweepRowsQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtests', 'sweep', 'one', id, 'rows'],
    queryFn: () => everyRow(id),
    meta: mine,
    staleTime: Number.POSITIVE_INFINITY,
  })

export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtests', 'backtest', 'one', id, 'report'],
    queryFn: () => ask<Report>('GET', `${at('backtest', id)}/report`),
    meta: mine,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** The server's own file; the equity of every candle, or every trade. */
export async function readFile(id: string, name: 'equity' | 'trades'): Promise<string> {
  const answer = await send(
    new Request(`${window.location.origin}/api/v1${at('backtest', id)}/${name}.csv`, {
      headers: { Accept: 'text/csv' },
    }),
  )
  const text = await answer.text()
  if (!answer.ok) throw new ApiError(toProblem(null, answer))
  return text
}

export const equityFileQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtests', 'backtest', 'one', id, 'equity'],
    queryFn: () => readFile(id, 'equity'),
    meta: mine,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })

export const startRun = (request: BacktestRequest, key: string) =>
  ask<Run>('POST', root('backtest'), request, undefined, key)
export const startSweep = (request: SweepRequest, key: string) =>
  ask<SweepRun>('POST', root('sweep'), request, undefined, key)
/** Cancels what runs; deletes what has ended. */
export const endRun = (kind: Kind, id: string) => ask<unknown>('DELETE', at(kind, id))

export const runExplainQuery = (id: string, symbol: string, openTime: string) =>
  queryOptions({
    queryKey: ['backtests', 'backtest', 'one', id, 'explain', symbol, openTime],
    queryFn: ({ signal }) => ask<Explanation>('POST', `${at('backtest', id)}/explain`, { symbol, openTime }, signal),
    meta: mine,
    staleTime: Number.POSITIVE_INFINITY,
  })

export const coverageQuery = (symbol: string, interval: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['data', 'coverage', symbol, interval, from, to],
    queryFn: ({ signal }) =>
      ask<Coverage>('GET', `/data/coverage?${new URLSearchParams({ symbol, interval, from, to })}`, undefined, signal),
    staleTime: 15_000,
  })

export const startDownload = (request: { symbol: string; interval: string; from: string; to: string }, key: string) =>
  ask<Download>('POST', '/data/downloads', request, undefined, key)

export const downloadQuery = (id: string) =>
  queryOptions({
    queryKey: ['data', 'downloads', id],
    queryFn: () => ask<Download>('GET', `/data/downloads/${encodeURIComponent(id)}`),
    meta: mine,
    staleTime: 0,
  })
