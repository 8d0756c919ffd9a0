import { describe, expect, it } from 'vitest'
import { offsetAt, shiftTimes } from './zone'

const at = (iso: string) => Date.parse(iso) / 1000
const hours = (from: string, count: number) => Array.from({ length: count }, (_, i) => at(from) + i * 3600)
const clock = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 16)

describe('offsetAt', () => {
  it.each([
    ['UTC', '2026-07-01T00:00:00Z', 0],
    ['America/Sao_Paulo', '2026-07-01T00:00:00Z', -3],
    ['Asia/Kolkata', '2026-07-01T00:00:00Z', 5.5],
    ['Europe/Madrid', '2026-01-15T12:00:00Z', 1],
    ['Europe/Madrid', '2026-07-15T12:00:00Z', 2],
    ['Europe/Moscow', '2026-07-15T12:00:00Z', 3],
  ])('%s at %s', (zone, iso, offset) => expect(offsetAt(at(iso), zone)).toBe(offset * 3600))
})

it('draws wall clock time', () => {
  const { shifted, trueOf } = shiftTimes(hours('2026-11-21T02:00:00Z', 3), 'America/Sao_Paulo')
  expect(shifted.map(clock)).toEqual(['23:00', '00:00', '01:00'])
  expect(shifted.map((s) => clock(trueOf(s)))).toEqual(['02:00', '03:00', '04:00'])
})

describe('the day the clocks change', () => {
  it('forward leaves a hole', () => {
    const { shifted } = shiftTimes(hours('2026-03-29T00:00:00Z', 3), 'Europe/Madrid')
    expect(shifted.map(clock)).toEqual(['01:00', '03:00', '04:00'])
  })

  it('back still rises strictly, and every number leads to its own true time', () => {
    const times = hours('2026-10-24T22:00:00Z', 8)
    const { shifted, trueOf } = shiftTimes(times, 'Europe/Madrid')
    for (let i = 1; i < shifted.length; i++) expect(shifted[i]).toBeGreaterThan(shifted[i - 1] ?? 0)
    expect(shifted.map(trueOf)).toEqual(times)
    expect(clock(shifted.at(-1) ?? 0)).toBe('06:00')
  })
})
