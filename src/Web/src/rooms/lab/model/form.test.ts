import { expect, test } from 'vitest'
import {
  combinationsOf,
  type Draft,
  draftOf,
  emptyDraft,
  faultsOf,
  fractionOf,
  missingOf,
  requestOf,
  sweepOf,
} from './form'

const now = Date.parse('2026-03-01T12:00:00Z')
const draft: Draft = { ...emptyDraft(now), strategyId: 's' }

test('a form becomes a request: UTC days with the last one whole, percent as fractions', () => {
  expect(
    requestOf({ ...draft, from: '2026-01-01', to: '2026-01-31', fee: '0,1', slippage: '0,05' }, null, 'pt-BR'),
  ).toEqual({
    strategyId: 's',
    symbols: ['BTCUSDT'],
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-02-01T00:00:00.000Z',
    cash: '10000',
    fee: '0.001',
    slippage: '0.0005',
    split: 0.7,
  })
  expect(requestOf({ ...draft, split: 100 }, null, 'en-US').split).toBeUndefined()
  const document = { timeframe: '1h', enter: 'close > open' }
  expect(requestOf({ ...draft, timeframe: '1h', detail: '1m', acceptGaps: true }, document, 'en-US')).toMatchObject({
    strategyId: 's',
    detailTimeframe: '1m',
    acceptGaps: true,
  })
  const other = requestOf({ ...draft, timeframe: '4h' }, document, 'en-US')
  expect(other.document).toEqual({ timeframe: '4h', enter: 'close > open' })
  expect(other.strategyId).toBeUndefined()
  expect(['0.1', '10', '0', '12.5', '0.075', '100'].map(fractionOf)).toEqual([
    '0.001',
    '0.1',
    '0',
    '0.125',
    '0.00075',
    '1',
  ])
})

test('what cannot be run is said at its field', () => {
  const codes = (patch: Partial<Draft>) =>
    faultsOf({ ...draft, ...patch }, 'en-US').map((fault) => `${fault.field}.${fault.code}`)
  expect(codes({})).toEqual([])
  expect(codes({ strategyId: '', symbols: [] })).toEqual(['strategyId.chooseStrategy', 'symbols.choosePair'])
  expect(codes({ from: '2026-02-02', to: '2026-02-01' })).toEqual(['to.endsBefore'])
  expect(codes({ cash: '0', fee: 'x', slippage: '10.1' })).toEqual([
    'cash.needAmount',
    'fee.needPercent',
    'slippage.needPercent',
  ])
  expect(codes({ sweep: true })).toEqual(['ranges.needRange'])
  expect(codes({ sweep: true, symbols: ['A', 'B'] })).toEqual(['symbols.onePair', 'ranges.needRange'])
  const wide = { on: true, from: '1', to: '200', step: '1' }
  expect(codes({ sweep: true, ranges: { a: wide, b: wide } })).toEqual(['ranges.tooMany'])
})

test('a sweep counts its combinations and sends only the ranges that are on', () => {
  const ranges = {
    length: { on: true, from: '5', to: '50', step: '5' },
    low: { on: true, from: '0.1', to: '0.3', step: '0.1' },
    high: { on: false, from: '', to: '', step: '' },
  }
  expect(combinationsOf({ ...draft, sweep: true, ranges }, 'en-US')).toBe(30)
  expect(sweepOf({ ...draft, sweep: true, ranges }, null, 'en-US').set).toEqual({
    length: { from: 5, to: 50, step: 5 },
    low: { from: 0.1, to: 0.3, step: 0.1 },
  })
})

test('missing candles are named (2.12.7)', () => {
  const coverage = {
    symbol: 'BTCUSDT',
    interval: '1h',
    source: 'demo',
    rows: 100,
    missing: 0,
    from: null,
    to: null,
    gaps: [],
  }
  expect(missingOf(coverage)).toBeNull()
  expect(missingOf({ ...coverage, missing: 48 })).toEqual({ all: false, rows: 48 })
  expect(missingOf({ ...coverage, rows: 0, missing: 100 })?.all).toBe(true)
})

test('a run fills the form as it was', () => {
  const run = {
    strategy: { id: 's', version: 2, name: 'x' },
    symbols: ['ETHUSDT'],
    from: '2026-01-01T00:00:00Z',
    to: '2026-02-01T00:00:00Z',
    timeframe: '4h',
    detailTimeframe: null,
    cash: '5000',
    fee: '0.00075',
    slippage: '0',
    split: 0.7,
  }
  expect(draftOf(run, now)).toMatchObject({
    strategyId: 's',
    from: '2026-01-01',
    to: '2026-01-31',
    fee: '0.075',
    split: 70,
  })
})
