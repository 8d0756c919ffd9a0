import { queryOptions } from '@tanstack/react-query'
import { ask } from './ask'

/** Sizes as strategy documents write them. */
export type Size =
  | string
  | { fixed: string }
  | { risk: string; stop: string }
  | { kelly: string; trades: number; start: string }

export type Protections = {
  maxDrawdown?: string | null
  dailyLoss?: string | null
  stopGuard?: { stops: number; bars: number; pause: number } | null
}

/** A strategy as a document; percentages are texts such as "3%", absent and null are the same. */
export type StrategyDocument = {
  name?: string
  timeframe: string
  inputs?: Record<string, number>
  define?: Record<string, string>
  enter: string
  exit?: string | null
  size?: Size | null
  takeProfit?: string | null
  stopLoss?: string | null
  trailingStop?: string | null
  maxBars?: number | null
  cooldownBars?: number
  protections?: Protections | null
}

export type StrategyItem = {
  id: string
  name: string
  builtIn: boolean
  version: number
  document: StrategyDocument
  createdAt: string | null
  updatedAt: string | null
}

export type StrategyVersion = { version: number; createdAt: string; document: StrategyDocument }

export type RuleError = {
  code: string
  field: string
  line: number
  column: number
  length: number
  message: string
  arguments?: Record<string, string> | readonly string[] | null
}

/** The server's syntax tree, as it comes; `strategies/readTree.ts` makes sense of it. */
export type RuleTree = { kind: string; text: string; line: number; column: number; length: number } & Record<
  string,
  unknown
>

export type CheckAnswer = {
  warnings?: readonly RuleError[]
  valid: boolean
  errors: readonly RuleError[]
  /** By field, in the language asked for; null while something is wrong. */
  sentences: Record<string, string> | null
  rules: { enter?: RuleTree; exit?: RuleTree; define?: Record<string, RuleTree> } | null
  warmUp: number | null
  plots?: readonly { name: string; pane: string }[]
}

export type PreviewCandle = {
  openTime: string
  open: string
  high: string
  low: string
  close: string
  volume: string | null
}
export type Signal = { openTime: string; kind: 'enter' | 'exit' }
export type Plot = { name: string; pane: string; values: readonly (number | null)[] }
export type Preview = { candles: readonly PreviewCandle[]; signals: readonly Signal[]; plots: readonly Plot[] }

/** A rule for one candle: the same tree, each part with its value there. */
export type Explanation = { openTime?: string; enter: RuleTree | null; exit: RuleTree | null }

export type IndicatorParameter = { name: string; default: number; least: number; most: number; whole: boolean }
export type IndicatorOutput = { name: string; pane: string; warmUp?: number }
export type IndicatorItem = {
  name: string
  title: string
  group: string
  input: 'series' | 'twoSeries' | 'candles'
  parameters: readonly IndicatorParameter[]
  outputs: readonly IndicatorOutput[]
  formula: string
  source: string
  repaints: boolean
}

type List<T> = { items: readonly T[] }
const mine = { private: true }
const at = (id: string) => `/strategies/${encodeURIComponent(id)}`

export const indicatorsQuery = queryOptions({
  queryKey: ['indicators'],
  queryFn: async () => (await ask<List<IndicatorItem>>('GET', '/indicators')).items,
  staleTime: Number.POSITIVE_INFINITY,
})

export const strategiesQuery = queryOptions({
  queryKey: ['strategies', 'list'],
  queryFn: async () => (await ask<List<StrategyItem>>('GET', '/strategies')).items,
  meta: mine,
  staleTime: 5_000,
})

export const strategyQuery = (id: string) =>
  queryOptions({
    queryKey: ['strategies', 'one', id],
    queryFn: () => ask<StrategyItem>('GET', at(id)),
    meta: mine,
    staleTime: 0,
  })

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['strategies', 'one', id, 'versions'],
    queryFn: async () => (await ask<List<Omit<StrategyVersion, 'document'>>>('GET', `${at(id)}/versions`)).items,
    meta: mine,
    staleTime: 0,
  })

export const versionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['strategies', 'one', id, 'versions', version],
    queryFn: () => ask<StrategyVersion>('GET', `${at(id)}/versions/${version}`),
    meta: mine,
    staleTime: Number.POSITIVE_INFINITY,
  })

export const createStrategy = (document: StrategyDocument, key: string) =>
  ask<StrategyItem>('POST', '/strategies', { document }, undefined, key)
export const changeStrategy = (id: string, document: StrategyDocument, baseVersion: number) =>
  ask<StrategyItem>('PUT', at(id), { document, baseVersion })
export const deleteStrategy = (id: string) => ask<null>('DELETE', at(id))
export const restoreVersion = (id: string, version: number) =>
  ask<StrategyItem>('POST', `${at(id)}/restore`, { version })

export const checkQuery = (document: StrategyDocument, language: string) =>
  queryOptions({
    queryKey: ['strategies', 'check', language, JSON.stringify(document)],
    queryFn: async ({ signal }) => ({
      document,
      answer: await ask<CheckAnswer>('POST', `/strategies/check?language=${language}`, { document }, signal),
    }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })

export const previewQuery = (document: StrategyDocument, symbol: string, limit = 500) =>
  queryOptions({
    queryKey: ['strategies', 'preview', symbol, limit, JSON.stringify(document)],
    queryFn: ({ signal }) => ask<Preview>('POST', '/strategies/preview', { document, symbol, limit }, signal),
    staleTime: 30_000,
    gcTime: 60_000,
  })

export const explainQuery = (document: StrategyDocument, symbol: string, openTime: string) =>
  queryOptions({
    queryKey: ['strategies', 'explain', symbol, openTime, JSON.stringify(document)],
    queryFn: ({ signal }) => ask<Explanation>('POST', '/strategies/explain', { document, symbol, openTime }, signal),
    staleTime: 30_000,
    gcTime: 60_000,
  })
