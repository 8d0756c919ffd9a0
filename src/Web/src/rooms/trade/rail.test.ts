import { expect, it } from 'vitest'
import type { Instrument, Ticker } from '@/api/types'
import { railRows } from './rail'

const pair = (base: string, quote = 'USDT') => ({ symbol: `${base}${quote}`, base, quote }) as Instrument
const ticker = (symbol: string, quoteVolume: string) => ({ symbol, quoteVolume }) as Ticker
const pairs = [pair('ADA'), pair('BTC'), pair('ETH'), pair('ETH', 'BTC'), pair('XRP')]
const tickers = new Map(
  [ticker('BTCUSDT', '900'), ticker('ETHUSDT', '1000'), ticker('XRPUSDT', '5')].map((t) => [t.symbol, t]),
)
const symbols = (watchlist: string[], search: string) =>
  railRows(pairs, tickers, watchlist, search).map((r) => r.instrument.symbol)

it('stars first in their order, then by traded value, then by name', () =>
  expect(symbols(['XRPUSDT', 'ADAUSDT'], '')).toEqual(['XRPUSDT', 'ADAUSDT', 'ETHUSDT', 'BTCUSDT', 'ETHBTC']))
it.each([
  ['eth', ['ETHUSDT', 'ETHBTC']],
  ['eth/b', ['ETHBTC']],
  ['eth usdt', ['ETHUSDT']],
  ['zzz', []],
])('search %s', (search, found) => expect(symbols([], search)).toEqual(found))
