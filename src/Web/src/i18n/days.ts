/** "2026-01-31", a day as a date input gives it. */
export const isDay = (word: string | undefined): word is string =>
  word !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(word) && !Number.isNaN(Date.parse(word))

/** The first moment of a day in a zone, as the API wants it; `days` later where given. */
export function startOfDay(date: string, zone: string, days = 0): string {
  const wanted = Date.parse(`${date}T00:00:00Z`) + days * 86_400_000
  // The zone's clock at a guess tells the offset there; twice, for the days on which clocks change.
  let guess = wanted
  for (let round = 0; round < 2; round++) guess += wanted - wallClock(guess, zone)
  return new Date(guess).toISOString()
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** What a zone's clock shows at a moment, read as if it were UTC. */
function wallClock(at: number, zone: string): number {
  const parts = partsOf(at, zone)
  return Date.parse(`${parts.day}T${parts.time}Z`)
}

function partsOf(at: number, zone: string): { day: string; time: string } {
  let clock = clocks.get(zone)
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    clocks.set(zone, clock)
  }
  const found: Record<string, string> = {}
  for (const part of clock.formatToParts(at)) found[part.type] = part.value
  const { year = '', month = '', day: date = '', hour = '', minute = '', second = '' } = found
  return { day: `${year.padStart(4, '0')}-${month}-${date}`, time: `${hour}:${minute}:${second}` }
}

/** "2026-01-31 09:00:00" on the zone's clock, for files. */
export function zoned(at: string, zone: string): string {
  const parts = partsOf(Date.parse(at), zone)
  return `${parts.day} ${parts.time}`
}
