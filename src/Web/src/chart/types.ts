/** Numbers are for drawing only; money stays in strings elsewhere. */
export type Candle = {
  /** Open time in seconds, UTC. */
  time: number
  open: number
  high: number
  low: number
  close: number
  volume: number
}

/** Each role has a dash of its own; `after` is the limit a stop sends once it has fired. */
export type OrderLine = {
  id: string
  price: number
  side: 'buy' | 'sell'
  label: string
  role: 'limit' | 'target' | 'stop' | 'trail' | 'after'
  movable: boolean
}
export type FillMark = { id: string; time: number; price: number; side: 'buy' | 'sell' }

/** A line drawn over the candles, one value for each; `pane` 0 is the price's own. */
export type Plot = {
  key: string
  label: string
  pane: number
  token: string
  dash: 'solid' | 'dotted' | 'dashed'
  values: readonly (number | null)[]
}

export const intervals = [
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '3d',
  '1w',
  '1M',
] as const
export type Interval = (typeof intervals)[number]
export const isInterval = (text: string): text is Interval => (intervals as readonly string[]).includes(text)
/** Days and longer are cut at midnight UTC, so they are labelled in UTC in every zone. */
export const isIntraday = (interval: Interval) => !/[dwM]$/.test(interval)

export const indicatorNames = ['sma', 'ema', 'bollinger', 'rsi', 'macd'] as const
export type IndicatorName = (typeof indicatorNames)[number]
export const isIndicator = (text: string): text is IndicatorName => (indicatorNames as readonly string[]).includes(text)
export const indicatorLabels: Record<IndicatorName, string> = {
  sma: 'SMA 20',
  ema: 'EMA 50',
  bollinger: 'BB 20, 2',
  rsi: 'RSI 14',
  macd: 'MACD 12, 26, 9',
}
