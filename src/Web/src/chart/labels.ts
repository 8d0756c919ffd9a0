import { type ChartOptions, type DeepPartial, TickMarkType, type Time } from 'lightweight-charts'
import { type Interval, isIntraday } from './types'

/** Axis and crosshair texts, from true times, in the reader's zone and locale. */
export function formatsOf(
  picture: { locale: string; decimals: number; interval: Interval },
  zone: string,
  trueOf: (shifted: number) => number,
): DeepPartial<ChartOptions> {
  const { locale, decimals, interval } = picture
  const price = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  const clock = dater(locale, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const marks: Record<number, Intl.DateTimeFormat> = {
    [TickMarkType.Year]: dater(locale, zone, { year: 'numeric' }),
    [TickMarkType.Month]: dater(locale, zone, { month: 'short' }),
    [TickMarkType.DayOfMonth]: dater(locale, zone, { day: 'numeric' }),
  }
  const full = dater(locale, zone, {
    day: '2-digit',
    month: 'short',
    year: '2-digit',
    ...(isIntraday(interval) ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : {}),
  })
  const dateOf = (time: Time) => new Date(typeof time === 'number' ? trueOf(time) * 1000 : 0)
  return {
    localization: {
      locale,
      priceFormatter: (p: number) => price.format(p),
      timeFormatter: (t: Time) => full.format(dateOf(t)),
    },
    timeScale: { tickMarkFormatter: (t: Time, type: TickMarkType) => (marks[type] ?? clock).format(dateOf(t)) },
  }
}

function dater(locale: string, timeZone: string, parts: Intl.DateTimeFormatOptions) {
  return new Intl.DateTimeFormat(locale, { ...parts, timeZone })
}
