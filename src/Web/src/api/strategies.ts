import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import { unwrap } from './problem'
import type { components } from './schema.gen'

type Schemas = components['schemas']

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

/** The API's documents and trees are open JSON to the generated client; Core wrote them, so their shape is known here. */
type WithDocument<T> = Omit<T, 'document'> & { document: StrategyDocument }

export type StrategyItem = WithDocument<Schemas['StrategyView']>
export type RuleError = Schemas['RuleErrorView']
export type Preview = Schemas['RulePreview']
export type Signal = Schemas['RuleSignal']
export type IndicatorItem = Schemas['ListIndicatorsItem']

/** Core's syntax tree; `strategies/readTree.ts` makes sense of it. */
export type RuleTree = { kind: string; text: string; line: number; column: number; length: number } & Record<
  string,
  unknown
>

export type CheckAnswer = Omit<Schemas['RuleCheck'], 'rules'> & {
  rules: { enter?: RuleTree; exit?: RuleTree; define?: Record<string, RuleTree> } | null
}

/** A rule for one candle: the same tree, each part with its value there. */
export type Explanation = { openTime: string; enter: RuleTree | null; exit: RuleTree | null }

const mine = { private: true }
const at = (id: string) => ({ params: { path: { id } } })

/** What this page knows of the document's shape. */
export const withDocument = <T extends { document: unknown }>(from: T): WithDocument<T> => from as WithDocument<T>
export const asExplanation = (from: Schemas['RuleReasons']): Explanation => from as Explanation

export const indicatorsQuery = queryOptions({
  queryKey: ['indicators'],
  queryFn: async () => (await unwrap(api.GET('/api/v1/indicators'))).items,
  staleTime: Number.POSITIVE_INFINITY,
})

/** Own ones first, then those that come with the server, named in the reader's language. */
export const strategiesQuery = (language: string) =>
  queryOptions({
    queryKey: ['strategies', 'list', language],
    queryFn: async () =>
      (await unwrap(api.GET('/api/v1/strategies', { params: { query: { language } } }))).items.map(withDocument),
    meta: mine,
    staleTime: 5_000,
  })

/** Every list of strategies, whatever its language. */
export const everyList = { queryKey: ['strategies', 'list'] }

export const strategyQuery = (id: string, language: string) =>
  queryOptions({
    queryKey: ['strategies', 'one', id, language],
    queryFn: async () =>
      withDocument(await unwrap(api.GET('/api/v1/strategies/{id}', { params: { path: { id }, query: { language } } }))),
    meta: mine,
    staleTime: 0,
  })

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['strategies', 'versions', id],
    queryFn: async () =>
      (await unwrap(api.GET('/api/v1/strategies/{id}/versions', { params: { path: { id }, query: { limit: 200 } } })))
        .items,
    meta: mine,
    staleTime: 0,
  })

export const versionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['strategies', 'versions', id, version],
    queryFn: async () =>
      withDocument(
        await unwrap(api.GET('/api/v1/strategies/{id}/versions/{version}', { params: { path: { id, version } } })),
      ),
    meta: mine,
    staleTime: Number.POSITIVE_INFINITY,
  })

export const createStrategy = async (document: StrategyDocument, key: string): Promise<StrategyItem> =>
  withDocument(
    await unwrap(api.POST('/api/v1/strategies', { body: { document }, headers: { 'Idempotency-Key': key } })),
  )

export const changeStrategy = async (
  id: string,
  document: StrategyDocument,
  baseVersion: number,
): Promise<StrategyItem> =>
  withDocument(await unwrap(api.PUT('/api/v1/strategies/{id}', { ...at(id), body: { document, baseVersion } })))

export const deleteStrategy = (id: string) => unwrap(api.DELETE('/api/v1/strategies/{id}', at(id)))

export const restoreVersion = async (id: string, version: number): Promise<StrategyItem> =>
  withDocument(await unwrap(api.POST('/api/v1/strategies/{id}/restore', { ...at(id), body: { version } })))

export const checkQuery = (document: StrategyDocument, language: string) =>
  queryOptions({
    queryKey: ['strategies', 'check', language, JSON.stringify(document)],
    queryFn: async ({ signal }) => {
      const answer = await unwrap(
        api.POST('/api/v1/strategies/check', { params: { query: { language } }, body: { document }, signal }),
      )
      return { document, answer: answer as CheckAnswer }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })

export const previewQuery = (document: StrategyDocument, symbol: string, limit = 500) =>
  queryOptions({
    queryKey: ['strategies', 'preview', symbol, limit, JSON.stringify(document)],
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/v1/strategies/preview', { body: { document, symbol, limit }, signal })),
    staleTime: 30_000,
    gcTime: 60_000,
  })

export const explainQuery = (document: StrategyDocument, symbol: string, openTime: string) =>
  queryOptions({
    queryKey: ['strategies', 'explain', symbol, openTime, JSON.stringify(document)],
    queryFn: async ({ signal }) =>
      asExplanation(
        await unwrap(api.POST('/api/v1/strategies/explain', { body: { document, symbol, openTime }, signal })),
      ),
    staleTime: 30_000,
    gcTime: 60_000,
  })
