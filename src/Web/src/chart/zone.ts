/**
 * lightweight-charts knows no time zones: it draws the numbers it is given as UTC. So candles get shifted numbers
 * ("wall clock as if it were UTC"), and labels are written from the true time that belongs to them. Where clocks go
 * back, an hour repeats; the numbers must still rise, so the repeated ones follow at one second each. Only their order
 * matters to the chart, their labels come from the true times.
 */
export type ZonedTimes = { shifted: number[]; trueOf: (shifted: number) => number }

const QUARTER = 900
const caches = new Map<string, { offsets: Map<number, number>; format: Intl.DateTimeFormat }>()

/** Seconds that the zone's wall clock is ahead of UTC at this moment. */
export function offsetAt(seconds: number, zone: string): number {
  if (zone === 'UTC') return 0
  const cache = caches.get(zone) ?? open(zone)
  const quarter = Math.floor(seconds / QUARTER) * QUARTER
  const known = cache.offsets.get(quarter)
  if (known !== undefined) return known
  const part: Record<string, number> = {}
  for (const p of cache.format.formatToParts(quarter * 1000)) part[p.type] = Number(p.value)
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - quarter
  cache.offsets.set(quarter, offset)
  return offset
}

function open(zone: string) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const cache = { offsets: new Map<number, number>(), format }
  caches.set(zone, cache)
  return cache
}

export function shiftTimes(trueSeconds: readonly number[], zone: string): ZonedTimes {
  const shifted: number[] = []
  const back = new Map<number, number>()
  for (const time of trueSeconds) {
    const next = nextShifted(time, zone, shifted.at(-1))
    shifted.push(next)
    back.set(next, time)
  }
  return { shifted, trueOf: (s) => back.get(s) ?? s - offsetAt(s - offsetAt(s, zone), zone) }
}

export function nextShifted(time: number, zone: string, previous: number | undefined): number {
  const wall = time + offsetAt(time, zone)
  return previous === undefined || wall > previous ? wall : previous + 1
}
