import { expect, it } from 'vitest'
import { fromWall, toWall } from './zoned'

it.each([
  ['UTC', '2026-01-05T12:00:00', '2026-01-05T12:00:00.000Z'],
  ['America/Sao_Paulo', '2026-01-05T12:00:30', '2026-01-05T15:00:30.000Z'],
  ['Asia/Kolkata', '2026-01-05T12:00:00', '2026-01-05T06:30:00.000Z'],
  ['Europe/Berlin', '2026-07-05T12:00:00', '2026-07-05T10:00:00.000Z'],
  ['Europe/Berlin', '2026-03-29T03:30:00', '2026-03-29T01:30:00.000Z'],
])('%s %s is %s, and back', (zone, wall, utc) => {
  const ms = fromWall(wall, zone)
  expect(new Date(ms ?? 0).toISOString()).toBe(utc)
  expect(toWall(ms ?? 0, zone)).toBe(wall)
})

it('reads minutes without seconds, and nothing from nonsense', () => {
  expect(fromWall('2026-01-05T12:00', 'UTC')).toBe(Date.UTC(2026, 0, 5, 12))
  expect(fromWall('', 'UTC')).toBeNull()
})

it('the hour that is skipped is the hour after', () =>
  expect(toWall(fromWall('2026-03-29T02:30', 'Europe/Berlin') ?? 0, 'Europe/Berlin')).toMatch(/T0[13]:30:00$/))
