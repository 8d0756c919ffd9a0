import { expect, test } from 'vitest'
import { searchMarkets } from './searchMarkets'
import type { Instrument } from './types'

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

const some = [
  market('WBTC', 'BTC'),
  market('BTC', 'BRL'),
  market('ETH', 'BTC'),
  market('BTC', 'USDT'),
  market('BTCST', 'USDT'),
]
const symbols = (query: string) => searchMarkets(some, query).map((found) => found.symbol)

test('the coin itself against USDT comes first', () => {
  expect(symbols('btc')).toEqual(['BTCUSDT', 'BTCBRL', 'BTCSTUSDT', 'ETHBTC', 'WBTCBTC'])
})

test('a pair may be written with a slash, a space or small letters', () => {
  expect(symbols('eth/btc')).toEqual(['ETHBTC'])
  expect(symbols('eth btc')).toEqual(['ETHBTC'])
})

test('what is not there is not found', () => expect(symbols('doge')).toEqual([]))

test('4,000 markets are searched in less than 100 ms', () => {
  const many = Array.from({ length: 4_000 }, (_, index) => market(`C${index.toString(36).toUpperCase()}ETH`, 'USDT'))
  const before = performance.now()
  expect(searchMarkets(many, 'eth')).toHaveLength(4_000)
  expect(performance.now() - before).toBeLessThan(100)
})
