/** Equity at a close. Time in seconds, UTC; numbers are for drawing and for the months only. */
export type Dot = { time: number; equity: number }

/** The server's equity file: open_time_ms,equity. */
export function readEquity(text: string): Dot[] {
  const dots: Dot[] = []
  for (const row of text.split(/\r?\n/).slice(1)) {
    const [time = '', equity = ''] = row.split(',')
    if (time !== '' && equity !== '') dots.push({ time: secondsOf(time), equity: Number(equity) })
  }
  return dots
}

const frames = [
  ['1h', 3_600_000],
  ['4h', 14_400_000],
  ['1d', 86_400_000],
  ['1w', 604_800_000],
] as const
const mostCandles = 480

/** Candles that tell a span in one page, never finer than the run's own. */
export function holdInterval(spanMs: number, own: string): string {
  const from = Math.max(
    0,
    frames.findIndex(([name]) => name === own),
  )
  const fitting = frames.slice(from).find(([, length]) => spanMs / length <= mostCandles)
  return fitting?.[0] ?? '1w'
}

export function secondsOf(text: string | number): number {
  if (typeof text === 'number') return Math.floor(text / 1000)
  return /^\d+$/.test(text) ? Math.floor(Number(text) / 1000) : Math.floor(Date.parse(text) / 1000)
}

/** The fall below the highest equity so far, as a share from 0 to 1; the start counts as a peak. */
export function drawdownsOf(dots: readonly Dot[], start: number): number[] {
  let peak = start
  return dots.map((dot) => {
    peak = Math.max(peak, dot.equity)
    return peak > 0 ? Math.max(0, 1 - dot.equity / peak) : 0
  })
}

/**
 * At most about `most` dots that keep every bucket's first, lowest, highest and last: a drawing of them has the same
 * outline, the deepest fall included.
 */
export function thinned<T>(list: readonly T[], value: (item: T) => number, most: number): T[] {
  if (list.length <= most) return [...list]
  const buckets = Math.max(1, Math.floor(most / 4))
  const kept: T[] = []
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * list.length) / buckets)
    const end = Math.floor(((bucket + 1) * list.length) / buckets)
    let [low, high] = [from, from]
    for (let i = from; i < end; i++) {
      const item = list[i]
      const lowest = list[low]
      const highest = list[high]
      if (item === undefined || lowest === undefined || highest === undefined) continue
      if (value(item) < value(lowest)) low = i
      if (value(item) > value(highest)) high = i
    }
    for (const index of [...new Set([from, low, high, end - 1])].sort((a, b) => a - b)) {
      const item = list[index]
      if (item !== undefined) kept.push(item)
    }
  }
  return kept
}

export type Year = { year: number; months: readonly (number | null)[]; whole: number }

/** The return of each UTC month as a fraction: its last equity against the last one of the month before. */
export function monthsOf(dots: readonly Dot[], start: number): Year[] {
  const last = new Map<string, { year: number; month: number; equity: number }>()
  for (const dot of dots) {
    const date = new Date(dot.time * 1000)
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
    last.set(`${year}-${month}`, { year, month, equity: dot.equity })
  }
  const years = new Map<number, { months: (number | null)[]; from: number; to: number }>()
  let before = start
  for (const { year, month, equity } of last.values()) {
    const row = years.get(year) ?? { months: Array.from({ length: 12 }, () => null), from: before, to: before }
    row.months[month] = before === 0 ? null : equity / before - 1
    row.to = equity
    years.set(year, row)
    before = equity
  }
  return [...years].map(([year, row]) => ({
    year,
    months: row.months,
    whole: row.from === 0 ? 0 : row.to / row.from - 1,
  }))
}
