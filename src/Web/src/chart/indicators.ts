/** Indicators for display. Arrays in, arrays of the same length out; null until enough candles are there. */
export type Line = (number | null)[]

export function sma(values: readonly number[], length: number): Line {
  return values.map((_, i) => (i < length - 1 ? null : mean(values, i - length + 1, i + 1)))
}

/** Starts with the mean of its first `length` values. */
export function ema(values: readonly number[], length: number): Line {
  return smooth(values, length, 2 / (length + 1))
}

export function bollinger(values: readonly number[], length: number, width: number) {
  const middle = sma(values, length)
  const spread = middle.map((m, i) => {
    if (m === null) return null
    let squares = 0
    for (let k = i - length + 1; k <= i; k++) squares += ((values[k] ?? 0) - m) ** 2
    return width * Math.sqrt(squares / length)
  })
  const at = (sign: 1 | -1): Line => middle.map((m, i) => (m === null ? null : m + sign * (spread[i] ?? 0)))
  return { upper: at(1), middle, lower: at(-1) }
}

/** Wilder's smoothing; without losses it is 100. */
export function rsi(values: readonly number[], length: number): Line {
  const gains: number[] = []
  const losses: number[] = []
  for (let i = 1; i < values.length; i++) {
    const change = (values[i] ?? 0) - (values[i - 1] ?? 0)
    gains.push(Math.max(change, 0))
    losses.push(Math.max(-change, 0))
  }
  const up = smooth(gains, length, 1 / length)
  const down = smooth(losses, length, 1 / length)
  return values.map((_, i) => {
    const gain = up[i - 1]
    const loss = down[i - 1]
    if (gain === null || gain === undefined || loss === null || loss === undefined) return null
    return loss === 0 ? 100 : 100 - 100 / (1 + gain / loss)
  })
}

/** The signal line starts with the mean of the first MACD values. */
export function macd(values: readonly number[], fast: number, slow: number, signalLength: number) {
  const quick = ema(values, fast)
  const slower = ema(values, slow)
  const line: Line = quick.map((q, i) => {
    const s = slower[i] ?? null
    return q === null || s === null ? null : q - s
  })
  const known = line.filter((v) => v !== null)
  const late = line.length - known.length
  const tail = ema(known, signalLength)
  const signal: Line = line.map((_, i) => (i < late ? null : (tail[i - late] ?? null)))
  const histogram: Line = line.map((v, i) => {
    const s = signal[i] ?? null
    return v === null || s === null ? null : v - s
  })
  return { line, signal, histogram }
}

function smooth(values: readonly number[], length: number, weight: number): Line {
  const out: Line = []
  let last: number | null = null
  for (let i = 0; i < values.length; i++) {
    if (i === length - 1) last = mean(values, 0, length)
    else if (last !== null) last += weight * ((values[i] ?? 0) - last)
    out.push(last)
  }
  return out
}

function mean(values: readonly number[], from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i] ?? 0
  return sum / (to - from)
}
