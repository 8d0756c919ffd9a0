/** Wall time as <input type="datetime-local"> writes it: 2026-01-05T12:00:30. */
const parts = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = parts.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    parts.set(zone, format)
  }
  return format
}

export function toWall(ms: number, zone: string): string {
  const found = Object.fromEntries(
    formatOf(zone)
      .formatToParts(ms)
      .map((part) => [part.type, part.value]),
  )
  return `${found.year}-${found.month}-${found.day}T${found.hour}:${found.minute}:${found.second}`
}

/** The moment at which the clocks of a zone show this; null for nonsense. In the hour that is skipped it is the hour after. */
export function fromWall(text: string, zone: string): number | null {
  const asUtc = Date.parse(`${text.length === 16 ? `${text}:00` : text}Z`)
  if (Number.isNaN(asUtc)) return null
  const offsetAt = (ms: number) => Date.parse(`${toWall(ms, zone)}Z`) - Math.floor(ms / 1000) * 1000
  const first = asUtc - offsetAt(asUtc)
  return asUtc - offsetAt(first)
}
