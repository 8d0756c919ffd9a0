import { expect, test } from 'vitest'
import type { Report, ReportTrade, SweepRow } from '@/api/backtests'
import { drawdownsOf, holdInterval, monthsOf, readEquity, thinned } from './equity'
import { heatOf, ranked, sweptNames, warmth } from './heat'
import { addsUp, conventionTable, nextSort, readSort, sharesBy, sorted, warningsOf } from './report'

const at = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000

test('months are returns against the month before, years their chain', () => {
  const dots = [
    ['2025-12-30', 110],
    ['2025-12-31', 120],
    ['2026-01-15', 90],
    ['2026-01-31', 132],
    ['2026-03-01', 66],
  ].map(([day, equity]) => ({ time: at(String(day)), equity: Number(equity) }))
  const years = monthsOf(dots, 100)
  expect(years.map((year) => year.year)).toEqual([2025, 2026])
  expect(years[0]?.months[11]).toBeCloseTo(0.2, 12)
  expect(years[1]?.months.slice(0, 3)).toEqual([expect.closeTo(0.1, 12), null, expect.closeTo(-0.5, 12)])
  expect(years[1]?.whole).toBeCloseTo(-0.45, 12)
  const chain = years.reduce((product, year) => product * (1 + year.whole), 1)
  expect(chain).toBeCloseTo(66 / 100, 12)
})

test('buy and hold is drawn from as few candles as tell it', () => {
  const day = 86_400_000
  expect([10, 60, 300, 3_000].map((days) => holdInterval(days * day, '1h'))).toEqual(['1h', '4h', '1d', '1w'])
  expect(holdInterval(10 * day, '1d')).toBe('1d')
})

test('drawdown counts the start as a peak; thinning keeps the deepest fall', () => {
  const dots = readEquity('open_time_ms,equity\n0,90\n1000,120\n2000,60\n')
  expect(dots.map((dot) => dot.time)).toEqual([0, 1, 2])
  expect(drawdownsOf(dots, 100)).toEqual([expect.closeTo(0.1, 12), 0, 0.5])
  const many = Array.from({ length: 10_000 }, (_, i) => (i === 7_777 ? -5 : Math.sin(i / 50)))
  const few = thinned(many, (value) => value, 800)
  expect(few.length).toBeLessThanOrEqual(800)
  expect(few).toContain(-5)
  expect([few[0], few.at(-1)]).toEqual([many[0], many.at(-1)])
})

const trade = (pnl: number, reason = 'signal', symbol = 'BTCUSDT', entryTime = 0): ReportTrade => ({
  symbol,
  entryTime,
  exitTime: entryTime + 1,
  entryPrice: 1,
  exitPrice: 1,
  quantity: 1,
  fees: 0.5,
  pnl,
  pnlPercent: pnl / 100,
  reason,
})
const report = (trades: ReportTrade[]): Report => ({
  engine: 'x',
  strategy: 's',
  inputs: {},
  symbol: 'BTCUSDT',
  from: 0,
  to: 1,
  candles: 2,
  start: 1_000,
  final: 1_000 + trades.reduce((sum, each) => sum + each.pnl, 0),
  trades,
  metrics: {},
  conventions: { lean: { sharpe: 1, trades: 2 }, jesse: { sharpe: null } },
  dataHash: 'h',
})

test('the trades sum up to the net result (2.12.4)', () => {
  const some = report([trade(10), trade(-4.2)])
  expect(addsUp(some)).toBe(true)
  expect(addsUp({ ...some, final: some.final + 0.01 })).toBe(false)
})

test('few trades and a run without an unseen part are warned of (2.12.9)', () => {
  const codes = (of: Report, split: number | null, missing = 0) =>
    warningsOf(of, { split, rows: 1_000, missing, warnings: [] }).map((warning) => warning.code)
  const few = report([trade(1), trade(2), trade(-1)])
  expect(codes(few, null)).toEqual(['tooFewTrades', 'inSampleOnly', 'oneTradeMakesIt'])
  const many = report(Array.from({ length: 30 }, () => trade(1)))
  expect(codes(many, 0.7)).toEqual([])
  expect(codes(many, 0.7, 9)).toEqual([])
  expect(codes(many, 0.7, 20)).toEqual(['missingCandles'])
  const lost = { ...many, metrics: { return: 0.1, buyAndHold: 0.3, maxDrawdown: 0.6 } }
  expect(codes(lost, 0.7)).toEqual(['deepDrawdown', 'worseThanHold'])
  const told = [
    { code: 'tooFewTrades', arguments: { trades: 9, enough: 30 } },
    { code: 'staleFills', arguments: {} },
  ]
  expect(warningsOf(few, { split: 0.7, rows: 1, missing: 0, warnings: told })).toEqual([
    { code: 'tooFewTrades', values: { trades: 9, enough: 30 } },
    { code: 'staleFills', values: {} },
    { code: 'oneTradeMakesIt', values: { pnl: 2, share: 1 } },
  ])
})

test('trades are shared out by pair and by what ended them', () => {
  const trades = [trade(5), trade(-3, 'stop'), trade(2, 'stop', 'ETHUSDT')]
  expect(sharesBy(trades, (each) => each.reason)).toEqual([
    { key: 'signal', trades: 1, won: 1, pnl: 5, fees: 0.5 },
    { key: 'stop', trades: 2, won: 1, pnl: -1, fees: 1 },
  ])
  expect(sharesBy(trades, (each) => each.symbol ?? '').map((share) => [share.key, share.pnl])).toEqual([
    ['BTCUSDT', 2],
    ['ETHUSDT', 2],
  ])
})

test('the trade list sorts, and a header press turns it', () => {
  const trades = [trade(1, 'a', 'X', 2_000), trade(3, 'b', 'X', 1_000), trade(2, 'c', 'X', 3_000)]
  expect(sorted(trades, readSort(undefined)).map((each) => each.reason)).toEqual(['b', 'a', 'c'])
  expect(sorted(trades, readSort('pnl.desc')).map((each) => each.reason)).toEqual(['b', 'c', 'a'])
  expect(nextSort(readSort(undefined), 'entryTime')).toBe('entryTime.desc')
})

test('conventions stand side by side with nothing left out', () => {
  expect(conventionTable(report([]))).toEqual({
    tools: ['lean', 'jesse'],
    rows: [
      { name: 'sharpe', values: [1, null] },
      { name: 'trades', values: [2, null] },
    ],
  })
})

const row = (length: number, low: number, sharpe: number | null): SweepRow => ({
  index: 0,
  final: null,
  trades: 0,
  inputs: { length, low, high: 70 },
  metrics: { sharpe },
})

test('a sweep becomes a grid over two inputs, holes included', () => {
  const rows = [row(5, 20, 1), row(10, 20, -2), row(5, 30, null)]
  expect(sweptNames(rows)).toEqual(['length', 'low'])
  const heat = heatOf(rows, 'length', 'low', 'sharpe', {})
  expect([heat.xs, heat.ys]).toEqual([
    [5, 10],
    [20, 30],
  ])
  expect(heat.cells.map((line) => line.map((cell) => cell.value))).toEqual([
    [1, -2],
    [null, null],
  ])
  expect(heat.cells[1]?.[1]?.row).toBeNull()
  expect(heatOf(rows, 'length', null, 'sharpe', { low: 20 }).cells[0]?.map((cell) => cell.value)).toEqual([1, -2])
  expect(ranked(rows, 'sharpe').map((each) => each.metrics.sharpe)).toEqual([1, -2, null])
})

test('colour is symmetric about zero, and a fall is worse the deeper it is', () => {
  expect([2, -1, 0.5, null].map((value) => warmth(value, [2, -1, 0.5], 'sharpe'))).toEqual([1, -0.5, 0.25, 0])
  expect([-4, -1].map((value) => warmth(value, [-4, -1], 'sharpe'))).toEqual([-1, -0.25])
  expect([0.5, 1, 3].map((value) => warmth(value, [0.5, 1, 3], 'profitFactor'))).toEqual([-0.25, 0, 1])
  expect([0.1, 0.3].map((value) => warmth(value, [0.1, 0.3], 'maxDrawdown'))).toEqual([1, -1])
  expect([0, 1].map((value) => warmth(value, [value, value], 'trades'))).toEqual([0, 0])
})
