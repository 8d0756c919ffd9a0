import { expect, test } from 'vitest'
import type { Instrument, Ticker } from '@/api/types'
import { type Filters, nextSort, quotesOf, readFilters, rowsOf, writeFilters } from './model'

const market = (base: string, quote: string): Instrument => ({
  symbol: base + quote,
  base,
  quote,
  tickSize: '0.01',
  stepSize: '0.01',
  minQuantity: '0',
  maxQuantity: '0',
  minNotional: '0',
  trading: true,
})

const ticker = (symbol: string, last: string, changePercent: string | null, quoteVolume: string): Ticker => ({
  symbol,
  last,
  open: null,
  high: null,
  low: null,
  volume: null,
  quoteVolume,
  change: null,
  changePercent,
  bid: null,
  ask: null,
  asOf: null,
  stale: false,
  spark: [],
})

const markets = [market('ADA', 'USDT'), market('BTC', 'USDT'), market('ETH', 'BTC'), market('SOL', 'USDT')]
const tickers = new Map(
  [
    ticker('ADAUSDT', '0.4', '-3.1', '900'),
    ticker('BTCUSDT', '64000', '1.2', '8000'),
    ticker('ETHBTC', '0.05', '10', '70'),
  ].map((each) => [each.symbol, each]),
)
const known = { markets, tickers, watchlist: new Set(['SOLUSDT']) }
const filters = (patch: Partial<Filters>): Filters => ({ tab: 'all', query: '', quote: '', sort: null, ...patch })
const symbols = (patch: Partial<Filters>) => rowsOf(known, filters(patch)).map((row) => row.market.symbol)

test('largest turnover first, unknown last', () => {
  expect(symbols({})).toEqual(['BTCUSDT', 'ADAUSDT', 'ETHBTC', 'SOLUSDT'])
})

test('change sorts as a number, not as text', () => {
  expect(symbols({ sort: { column: 'change', direction: 'desc' } })).toEqual([
    'ETHBTC',
    'BTCUSDT',
    'ADAUSDT',
    'SOLUSDT',
  ])
  expect(symbols({ sort: { column: 'change', direction: 'asc' } })).toEqual(['ADAUSDT', 'BTCUSDT', 'ETHBTC', 'SOLUSDT'])
})

test('gainers only rose, losers only fell', () => {
  expect(symbols({ tab: 'gainers' })).toEqual(['ETHBTC', 'BTCUSDT'])
  expect(symbols({ tab: 'losers' })).toEqual(['ADAUSDT'])
})

test('watchlist, quote and search narrow', () => {
  expect(symbols({ tab: 'watchlist' })).toEqual(['SOLUSDT'])
  expect(symbols({ quote: 'BTC' })).toEqual(['ETHBTC'])
  expect(symbols({ query: 'btc' })).toEqual(['BTCUSDT', 'ETHBTC'])
})

test('filters survive the URL', () => {
  const there = filters({ tab: 'gainers', query: 'e', quote: 'USDT', sort: { column: 'price', direction: 'asc' } })
  expect(readFilters(writeFilters(there))).toEqual(there)
  expect(writeFilters(filters({}))).toEqual({})
  expect(readFilters({ tab: 'nonsense', sort: 'nonsense.asc' })).toEqual(filters({}))
})

test('a third press on a header returns to the usual order', () => {
  const first = nextSort(null, 'change')
  const second = nextSort(first, 'change')
  expect([first?.direction, second?.direction, nextSort(second, 'change')]).toEqual(['desc', 'asc', null])
  expect(nextSort(first, 'pair')).toEqual({ column: 'pair', direction: 'asc' })
})

test('quotes by use', () => expect(quotesOf(markets)).toEqual(['USDT', 'BTC']))
