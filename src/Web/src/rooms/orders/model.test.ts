import { expect, test } from 'vitest'
import { isDay, startOfDay, zoned } from '@/i18n/days'
import { boundsOf, matches, merged, readFilters, readTags, writeFilters } from './model'

test('filters go to the URL and back; nonsense is nothing', () => {
  const written = { tab: 'closed', from: '2026-01-02', pair: 'BTCUSDT', side: 'sell', type: 'stopLoss', q: 'dip' }
  expect(writeFilters(readFilters(written))).toEqual(written)
  const nonsense = { tab: 'x', from: '2026-13-99', pair: 'BTC/USDT', side: 'up', type: 'x', status: 'open' }
  expect(writeFilters(readFilters(nonsense))).toEqual({})
})

test('a day begins where the zone says, also on days when clocks change', () => {
  expect(isDay('2026-02-30x')).toBe(false)
  expect(startOfDay('2026-01-05', 'UTC')).toBe('2026-01-05T00:00:00.000Z')
  expect(startOfDay('2026-01-05', 'America/Sao_Paulo')).toBe('2026-01-05T03:00:00.000Z')
  // Madrid: summer time from 29 March 2026, 01:00 UTC; the day has 23 hours.
  expect(startOfDay('2026-03-29', 'Europe/Madrid')).toBe('2026-03-28T23:00:00.000Z')
  expect(startOfDay('2026-03-29', 'Europe/Madrid', 1)).toBe('2026-03-29T22:00:00.000Z')
  expect(startOfDay('2026-10-25', 'Europe/Madrid', 1)).toBe('2026-10-25T23:00:00.000Z')
})

test('times in files are the wall clock of the zone', () => {
  expect(zoned('2026-01-05T02:30:15.900Z', 'America/Sao_Paulo')).toBe('2026-01-04 23:30:15')
  expect(zoned('2026-07-01T12:00:00Z', 'Asia/Kolkata')).toBe('2026-07-01 17:30:00')
})

test('what the stream brings is filtered as the server filters', () => {
  const row = { accountId: 'a', symbol: 'BTCUSDT', coin: 'BTC', side: 'buy' as const, at: '2026-01-05T23:59:59Z' }
  const fits = (search: Record<string, string>, account: string | null = 'a') => {
    const filters = readFilters(search)
    return matches({ ...row, type: 'limit', status: 'filled' }, filters, account, boundsOf(filters, 'UTC'))
  }
  expect(fits({ pair: 'BTCUSDT', coin: 'BTC', side: 'buy', type: 'limit', status: 'filled' })).toBe(true)
  expect(fits({ from: '2026-01-05', to: '2026-01-05' })).toBe(true)
  expect(fits({}, null)).toBe(true)
  for (const wrong of [
    { pair: 'ETHUSDT' },
    { coin: 'ETH' },
    { side: 'sell' },
    { type: 'market' },
    { status: 'failed' },
  ])
    expect(fits(wrong), JSON.stringify(wrong)).toBe(false)
  expect(fits({ from: '2026-01-06' })).toBe(false)
  expect(fits({ to: '2026-01-04' })).toBe(false)
  expect(fits({}, 'b')).toBe(false)
})

test('news stands on top of pages: once each, newest first, the last word wins', () => {
  const asked = [{ id: '12' }, { id: '9', old: true }, { id: '5' }]
  const news = [{ id: '9' }, { id: '100' }, { id: '3' }, { id: '7' }]
  expect(merged(asked, news, false).map((row) => row.id)).toEqual(['100', '12', '9', '7', '5'])
  expect(merged(asked, news, true).map((row) => row.id)).toEqual(['100', '12', '9', '7', '5', '3'])
  expect(merged(asked, news, true).find((row) => row.id === '9')).toEqual({ id: '9' })
  expect(merged(asked, [], true)).toBe(asked)
})

test('tags are split by commas, each once', () => {
  expect(readTags(' #Plan, dip ,plan,, two words')).toEqual(['Plan', 'dip', 'two words'])
})
