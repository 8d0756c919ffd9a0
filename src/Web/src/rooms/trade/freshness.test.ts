import { expect, it } from 'vitest'
import type { Link } from '@/live/socket'
import { freshnessOf, isStale } from './freshness'

const now = Date.parse('2026-11-21T10:00:00Z')
const heard = (secondsAgo: number | null): Link => ({
  state: 'live',
  attempt: 0,
  lastHeardAt: secondsAgo === null ? null : now - secondsAgo * 1000,
})
const source = { state: 'live', stale: false, asOf: '2026-11-21T09:59:59Z', source: 'binance' }

it.each([
  ['heard just now', heard(1), source, { state: 'fresh' }],
  ['exactly five seconds is still fresh', heard(5), source, { state: 'fresh' }],
  ['six seconds of silence', heard(6), source, { state: 'unheard', seconds: 6 }],
  ['before anything is known', heard(null), null, { state: 'loading' }],
  [
    'a silent source',
    heard(1),
    { ...source, stale: true, asOf: '2026-11-21T09:59:40Z' },
    { state: 'stale', seconds: 20 },
  ],
  [
    'a silent replay has no age',
    heard(1),
    { ...source, stale: true, source: 'replay', asOf: '2024-08-08T00:00:00Z' },
    { state: 'stale', seconds: null },
  ],
  ['a paused replay', heard(1), { ...source, state: 'paused' }, { state: 'paused' }],
  ['an ended replay', heard(1), { ...source, state: 'ended', stale: true }, { state: 'ended' }],
] as const)('%s', (_, link, from, expected) => expect(freshnessOf(link, from, now)).toEqual(expected))

it('silence and a silent source both ask before sending', () => {
  expect(isStale(freshnessOf(heard(9), source, now))).toBe(true)
  expect(isStale(freshnessOf(heard(1), source, now))).toBe(false)
})
