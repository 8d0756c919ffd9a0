import type { Metrics, Report, ReportTrade, ReportWarning } from '@/api/backtests'
import { secondsOf } from './equity'

/** How a figure is written: a share as percent, money, a plain number, a count, days. */
export type Shape = 'percent' | 'signedPercent' | 'money' | 'signedMoney' | 'number' | 'count' | 'days'

/** The cards of a report, in reading order. */
export const cards = [
  ['return', 'signedPercent'],
  ['buyAndHold', 'signedPercent'],
  ['maxDrawdown', 'percent'],
  ['sharpe', 'number'],
  ['sortino', 'number'],
  ['profitFactor', 'number'],
  ['winRate', 'percent'],
  ['trades', 'count'],
  ['exposure', 'percent'],
  ['fees', 'money'],
] as const satisfies readonly (readonly [string, Shape])[]

/** What stands below the cards. */
export const details = [
  ['cagr', 'signedPercent'],
  ['volatility', 'percent'],
  ['calmar', 'number'],
  ['sqn', 'number'],
  ['expectancy', 'signedMoney'],
  ['bestTrade', 'signedPercent'],
  ['worstTrade', 'signedPercent'],
  ['averageTrade', 'signedPercent'],
  ['maxDrawdownDays', 'days'],
] as const satisfies readonly (readonly [string, Shape])[]

export const shapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([...cards, ...details])

export type Share = { key: string; trades: number; won: number; pnl: number; fees: number }

/** Trades counted and summed by pair or by what ended them, the largest result first. */
export function sharesBy(trades: readonly ReportTrade[], keyOf: (trade: ReportTrade) => string): Share[] {
  const shares = new Map<string, Share>()
  for (const trade of trades) {
    const key = keyOf(trade)
    const share = shares.get(key) ?? { key, trades: 0, won: 0, pnl: 0, fees: 0 }
    shares.set(key, {
      key,
      trades: share.trades + 1,
      won: share.won + (trade.pnl > 0 ? 1 : 0),
      pnl: share.pnl + trade.pnl,
      fees: share.fees + trade.fees,
    })
  }
  return [...shares.values()].sort((a, b) => b.pnl - a.pnl)
}

/** The sum of all trades' results: it must be final minus start. */
export const sumOf = (trades: readonly ReportTrade[]): number => trades.reduce((sum, trade) => sum + trade.pnl, 0)

/** Whether trades and balance agree to what a double of this size can hold. */
export const addsUp = (report: Report): boolean =>
  Math.abs(sumOf(report.trades) - (report.final - report.start)) <= 1e-6 * Math.max(1, report.start)

/** Limits of the engine's own warnings (Core/Performance/ReportWarnings). */
const enoughTrades = 30
const tradeShare = 0.5
const deepDrawdown = 0.5
const missingShare = 0.01

export type Warning = { code: string; values: Readonly<Record<string, number>> }

export const warningCodes = [
  'tooFewTrades',
  'inSampleOnly',
  'oneTradeMakesIt',
  'flatStretch',
  'staleFills',
  'deepDrawdown',
  'drawdownBeyondHold',
  'worseThanHold',
  'manyTrials',
  'missingCandles',
  'endedOpen',
] as const

type Facts = { split: number | null; rows: number; missing: number; warnings: readonly ReportWarning[] }

/** What must be said about a report before its figures are believed; what the server says of a matter stands. */
export function warningsOf(report: Report, run: Facts): Warning[] {
  const told: Warning[] = run.warnings.map((warning) => ({ code: warning.code, values: warning.arguments ?? {} }))
  const known = new Set(told.map((warning) => warning.code))
  const own: Warning[] = []
  const add = (code: string, when: boolean, values: Record<string, number> = {}) => {
    if (when && !known.has(code)) own.push({ code, values })
  }
  const { trades, metrics } = report
  const gain = sumOf(trades)
  const best = Math.max(0, ...trades.map((trade) => trade.pnl))
  add('tooFewTrades', trades.length < enoughTrades, { trades: trades.length, enough: enoughTrades })
  add('inSampleOnly', run.split === null)
  add('oneTradeMakesIt', trades.length > 1 && gain > 0 && best >= tradeShare * gain, { pnl: best, share: best / gain })
  const drawdown = metrics.maxDrawdown ?? 0
  add('deepDrawdown', drawdown >= deepDrawdown, { drawdown })
  const [gained, hold] = [metrics.return ?? null, metrics.buyAndHold ?? null]
  add('worseThanHold', gained !== null && hold !== null && gained < hold, { return: gained ?? 0, hold: hold ?? 0 })
  const share = run.missing / Math.max(1, run.rows + run.missing)
  add('missingCandles', run.missing > 0 && share >= missingShare, { missing: run.missing, share })
  return [...told, ...own]
}

export const columns = ['entryTime', 'exitTime', 'pnl', 'pnlPercent', 'fees'] as const
export type Column = (typeof columns)[number]
export type Sort = { column: Column; direction: 'asc' | 'desc' }

export function readSort(text: string | undefined): Sort {
  const [name, direction] = (text ?? '').split('.')
  const column = columns.find((each) => each === name)
  return column
    ? { column, direction: direction === 'desc' ? 'desc' : 'asc' }
    : { column: 'entryTime', direction: 'asc' }
}

export const nextSort = (now: Sort, column: Column): string =>
  `${column}.${now.column === column && now.direction === 'asc' ? 'desc' : 'asc'}`

export function sorted(trades: readonly ReportTrade[], sort: Sort): ReportTrade[] {
  const turn = sort.direction === 'asc' ? 1 : -1
  const value = (trade: ReportTrade): number => {
    const raw = trade[sort.column]
    return sort.column === 'entryTime' || sort.column === 'exitTime' ? secondsOf(raw ?? 0) : Number(raw ?? 0)
  }
  return [...trades].sort((a, b) => turn * (value(a) - value(b)))
}

/** The conventions' figures side by side: one row a figure, one column a tool, in the report's order. */
export function conventionTable(report: Report): {
  tools: string[]
  rows: { name: string; values: (number | null)[] }[]
} {
  const all: [string, Metrics][] = Object.entries(report.conventions ?? {})
  const names = [...new Set(all.flatMap(([, metrics]) => Object.keys(metrics)))]
  return {
    tools: all.map(([tool]) => tool),
    rows: names.map((name) => ({ name, values: all.map(([, metrics]) => metrics[name] ?? null) })),
  }
}
