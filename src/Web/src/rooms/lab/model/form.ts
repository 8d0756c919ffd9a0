import type { BacktestRequest, Coverage, Range, Run, SweepRequest } from '@/api/backtests'
import type { StrategyDocument } from '@/api/strategies'
import { isDay, startOfDay } from '@/i18n/days'
import { type Parsed, parseDecimal } from '@/money/parse'

/** What is typed, as it is typed; days are UTC days, both included. */
export type Draft = {
  strategyId: string
  symbols: readonly string[]
  from: string
  to: string
  /** Empty: the strategy's own. */
  timeframe: string
  /** Smaller candles that decide what came first inside one; empty: none. */
  detail: string
  cash: string
  fee: string
  slippage: string
  /** In-sample share in percent; 100 = no split. */
  split: number
  /** Run although candles are missing. */
  acceptGaps: boolean
  sweep: boolean
  ranges: Readonly<Record<string, RangeDraft>>
  rank: string
}
export type RangeDraft = { on: boolean; from: string; to: string; step: string }

export const mostSymbols = 20
export const mostCombinations = 5_000
export const mostCompared = 4
/** Percent, of fee and of slippage. */
export const mostCost = 10

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)
const dayMs = 86_400_000

/** A first form: the last ninety whole days. */
export const emptyDraft = (now: number): Draft => ({
  strategyId: '',
  symbols: ['BTCUSDT'],
  from: day(now - 90 * dayMs),
  to: day(now - dayMs),
  timeframe: '',
  detail: '',
  cash: '10000',
  fee: '0.1',
  slippage: '0',
  split: 70,
  acceptGaps: false,
  sweep: false,
  ranges: {},
  rank: 'sharpe',
})

export type Field = 'strategyId' | 'symbols' | 'from' | 'to' | 'cash' | 'fee' | 'slippage' | 'ranges'
export type FieldFault = { field: Field; code: string; name?: string }

const read = (text: string, locale: string): number | null => {
  const parsed: Parsed = parseDecimal(text, locale)
  return parsed.ok ? Number(parsed.value) : null
}

/** The plain decimal of what was typed. */
export const plainOf = (text: string, locale: string): string | null => {
  const parsed = parseDecimal(text, locale)
  return parsed.ok ? parsed.value : null
}

/** A percentage as the fraction the server wants, without passing through a float. */
export function fractionOf(percent: string): string {
  const [whole = '0', part = ''] = percent.split('.')
  const digits = `${whole.padStart(3, '0')}${part}`
  const point = digits.length - part.length - 2
  const text = `${digits.slice(0, point)}.${digits.slice(point)}`.replace(/^0+(?=\d)/, '').replace(/\.?0+$/, '')
  return text === '' || text.startsWith('.') ? `0${text}` : text
}

/** How many values a range has; null where it is none. */
export function countOf(range: RangeDraft, locale: string): number | null {
  const [from, to, step] = [range.from, range.to, range.step].map((text) => read(text, locale))
  if (from == null || to == null || step == null || step <= 0 || to < from) return null
  return Math.floor((to - from) / step + 1e-9) + 1
}

export function combinationsOf(draft: Draft, locale: string): number | null {
  const chosen = Object.values(draft.ranges).filter((range) => range.on)
  if (chosen.length === 0) return null
  return chosen.reduce<number | null>((product, range) => {
    const count = countOf(range, locale)
    return product === null || count === null ? null : product * count
  }, 1)
}

export function faultsOf(draft: Draft, locale: string): FieldFault[] {
  const faults: FieldFault[] = []
  const add = (field: Field, code: string, when: boolean) => {
    if (when) faults.push({ field, code })
  }
  add('strategyId', 'chooseStrategy', draft.strategyId === '')
  add('symbols', 'choosePair', draft.symbols.length === 0)
  add('symbols', 'tooManyPairs', draft.symbols.length > mostSymbols)
  add('symbols', 'onePair', draft.sweep && draft.symbols.length > 1)
  add('from', 'needDay', !isDay(draft.from))
  add('to', 'needDay', !isDay(draft.to))
  add('to', 'endsBefore', isDay(draft.from) && isDay(draft.to) && draft.to < draft.from)
  const cash = read(draft.cash, locale)
  add('cash', 'needAmount', cash === null || cash <= 0)
  for (const field of ['fee', 'slippage'] as const) {
    const value = read(draft[field], locale)
    add(field, 'needPercent', value === null || value > mostCost)
  }
  if (draft.sweep) {
    const count = combinationsOf(draft, locale)
    add('ranges', 'needRange', count === null)
    add('ranges', 'tooMany', count !== null && count > mostCombinations)
  }
  return faults
}

/** Which rules run: a kept strategy, or a copy of its document with another timeframe. */
type Rules = { strategyId: string } | { document: StrategyDocument }

function rulesOf(draft: Draft, document: StrategyDocument | null): Rules {
  if (document === null || draft.timeframe === '' || draft.timeframe === document.timeframe)
    return { strategyId: draft.strategyId }
  return { document: { ...document, timeframe: draft.timeframe } }
}

/** The request of a form without faults; days begin and end in UTC, as candles do. */
export function requestOf(draft: Draft, document: StrategyDocument | null, locale: string): BacktestRequest {
  const plain = (text: string) => plainOf(text, locale) ?? '0'
  return {
    ...rulesOf(draft, document),
    symbols: [...draft.symbols],
    from: startOfDay(draft.from, 'UTC'),
    to: startOfDay(draft.to, 'UTC', 1),
    cash: plain(draft.cash),
    fee: fractionOf(plain(draft.fee)),
    slippage: fractionOf(plain(draft.slippage)),
    ...(draft.split >= 100 ? {} : { split: draft.split / 100 }),
    ...(draft.detail === '' ? {} : { detailTimeframe: draft.detail }),
    ...(draft.acceptGaps ? { acceptGaps: true } : {}),
  }
}

export function sweepOf(draft: Draft, document: StrategyDocument | null, locale: string): SweepRequest {
  const set: Record<string, Range> = {}
  for (const [name, range] of Object.entries(draft.ranges)) {
    const [from, to, step] = [range.from, range.to, range.step].map((text) => read(text, locale))
    if (range.on && from != null && to != null && step != null) set[name] = { from, to, step }
  }
  return { ...requestOf(draft, document, locale), set, rank: draft.rank }
}

type Asked = Pick<
  Run,
  'strategy' | 'symbols' | 'from' | 'to' | 'timeframe' | 'detailTimeframe' | 'cash' | 'fee' | 'slippage' | 'split'
>

/** A form filled in as a run was. */
export function draftOf(run: Asked, now: number): Draft {
  const percent = (fraction: string) => String(Number((Number(fraction) * 100).toFixed(8)))
  return {
    ...emptyDraft(now),
    strategyId: run.strategy.id ?? '',
    symbols: run.symbols,
    from: day(Date.parse(run.from)),
    to: day(Date.parse(run.to) - 1),
    timeframe: run.timeframe,
    detail: run.detailTimeframe ?? '',
    cash: run.cash,
    fee: percent(run.fee),
    slippage: percent(run.slippage),
    split: run.split === null ? 100 : Math.round(run.split * 100),
  }
}

/** Null where every candle of the span is stored. */
export const missingOf = (coverage: Coverage): { all: boolean; rows: number } | null =>
  coverage.missing === 0 ? null : { all: coverage.rows === 0, rows: coverage.missing }
