import { useLocale, useZone } from '@/ui/prefs'

export type TimeStyle = 'time' | 'timeSeconds' | 'date' | 'dateTime' | 'dateTimeSeconds'

const parts: Record<TimeStyle, Intl.DateTimeFormatOptions> = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  timeSeconds: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  date: { year: 'numeric', month: '2-digit', day: '2-digit' },
  dateTime: { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  dateTimeSeconds: {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
}

const cache = new Map<string, Intl.DateTimeFormat>()

export function formatTime(at: string | number, style: TimeStyle, locale: string, zone: string): string {
  const key = `${style}|${locale}|${zone}`
  let format = cache.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { ...parts[style], timeZone: zone })
    cache.set(key, format)
  }
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? '' : format.format(date)
}

/** The short name of a zone, as shown next to times: "UTC", "GMT-3". */
export function zoneLabel(zone: string, locale: string, at = Date.now()): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' })
  return format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? zone
}

export function useTimeFormat(): (at: string | number, style?: TimeStyle) => string {
  const locale = useLocale()
  const zone = useZone()
  return (at, style = 'dateTime') => formatTime(at, style, locale, zone)
}
