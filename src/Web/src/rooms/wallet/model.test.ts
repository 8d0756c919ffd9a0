import { expect, test } from 'vitest'
import type { Balance, StatementLine } from '@/api/types'
import {
  checkSums,
  holdingsOf,
  isSmall,
  isWhole,
  nextSort,
  readSettings,
  readSort,
  readStatementFilter,
  slicesOf,
  sortHoldings,
  startOf,
  statementSearch,
  totalValue,
} from './model'

const balance = (asset: string, available: string, held: string, rest: Partial<Balance> = {}): Balance => ({
  asset,
  available,
  held,
  total: String(Number(available) + Number(held)),
  value: null,
  averageCost: null,
  price: null,
  worth: { usdt: null, usd: null, brl: null },
  ...rest,
})

const some = [
  balance('USDT', '30000', '10000', { value: '40000' }),
  balance('BTC', '0.1', '0', { value: '6400', averageCost: '60000' }),
  balance('DUST', '0.001', '0', { value: '0.4' }),
  balance('XYZ', '5', '0'),
]

test('value counts only what has a price', () => expect(totalValue(some).toFixed()).toBe('46400.4'))

test('share, and profit against the average cost', () => {
  const [usdt, btc, , xyz] = holdingsOf(some)
  expect(usdt?.share).toBe('86.2062')
  expect(btc?.pnl).toBe('400')
  expect(usdt?.pnl).toBeNull()
  expect([xyz?.value, xyz?.share]).toEqual([null, null])
})

test('small is under one unit of value; an unknown value with something in it is not small', () => {
  expect(holdingsOf(some).map(isSmall)).toEqual([false, false, true, false])
})

test('sorts by decimals with unknown last, either way', () => {
  const order = (sort: string) => sortHoldings(holdingsOf(some), readSort(sort)).map((row) => row.asset)
  expect(order('value.desc')).toEqual(['USDT', 'BTC', 'DUST', 'XYZ'])
  expect(order('value.asc')).toEqual(['DUST', 'BTC', 'USDT', 'XYZ'])
  expect(order('asset.asc')).toEqual(['BTC', 'DUST', 'USDT', 'XYZ'])
})

test('a header press turns the order', () => {
  expect(nextSort(readSort(undefined), 'value')).toBe('value.asc')
  expect(nextSort(readSort(undefined), 'asset')).toBe('asset.asc')
})

test('the allocation keeps the largest and adds the rest up to 100', () => {
  expect(slicesOf(holdingsOf(some), 2).map((slice) => slice.asset)).toEqual(['USDT', 'BTC'])
  const more = [...some, balance('ETH', '1', '0', { value: '3000' })]
  const slices = slicesOf(holdingsOf(more), 2)
  expect(slices.map((slice) => slice.asset)).toEqual(['USDT', 'BTC', ''])
  expect(slices.reduce((sum, slice) => sum + Number(slice.share), 0)).toBeCloseTo(100, 2)
})

const line = (asset: string, available: string, held: string): StatementLine => ({
  id: `${asset}${available}${held}`,
  time: '2026-01-01T00:00:00.000Z',
  kind: 'grant',
  asset,
  available,
  held,
  availableAfter: '0',
  heldAfter: '0',
  orderId: null,
  fillId: null,
  note: null,
})

test('the statement must add up to the balance', () => {
  const lines = [
    line('USDT', '50000', '0'),
    line('USDT', '-0.1', '0.1'),
    line('USDT', '0', '-0.1'),
    line('BTC', '0.2', '0'),
  ]
  const balances = [balance('USDT', '49999.9', '0'), balance('BTC', '0.1', '0')]
  expect(checkSums(lines, balances)).toEqual([
    { asset: 'BTC', available: '0.2', held: '0', matches: false },
    { asset: 'USDT', available: '49999.9', held: '0', matches: true },
  ])
})

test('settings are whole numbers within their limits; an empty slippage is the server’s', () => {
  const draft = { name: ' Main ', fillModel: 'queue' as const, latency: '120', slippage: '' }
  expect(readSettings(draft)).toEqual({
    fault: null,
    change: { name: 'Main', fillModel: 'queue', latencyMs: 120, slippageBps: null },
  })
  expect(readSettings({ ...draft, name: ' ' }).fault).toBe('name')
  for (const latency of ['', '-1', '1.5', '5001', 'x'])
    expect(readSettings({ ...draft, latency }).fault).toBe('latencyMs')
  for (const slippage of ['501', '0.5', 'x']) expect(readSettings({ ...draft, slippage }).fault).toBe('slippageBps')
})

test('statement filters go to the URL without what is empty, and only a whole statement adds up', () => {
  expect(statementSearch({ asset: 'BTC', sort: 'x' }, { kind: 'fill' })).toEqual({
    tab: 'statement',
    asset: 'BTC',
    kind: 'fill',
  })
  expect(isWhole(readStatementFilter({ asset: 'BTC', kind: 'nonsense' }))).toBe(true)
  expect(isWhole(readStatementFilter({ to: '2026-01-01' }))).toBe(false)
})

test('a range begins at a minute, so that asking again is the same question', () => {
  const now = Date.parse('2026-01-31T12:00:31.500Z')
  expect(startOf('day', now)).toBe('2026-01-30T12:00:00.000Z')
  expect(startOf('all', now)).toBeNull()
})
