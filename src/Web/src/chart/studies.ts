import { bollinger, ema, type Line, macd, rsi, sma } from './indicators'
import type { IndicatorName } from './types'

/** One drawn line of an indicator: its token for colour, its dash, and the pane it lives in. */
export type Study = {
  key: string
  indicator: IndicatorName
  shape: 'line' | 'bars'
  token: string
  dash: 'solid' | 'dotted' | 'dashed'
  pane: 'price' | 'rsi' | 'macd'
  values: Line
}

export function studiesOf(names: readonly IndicatorName[], closes: readonly number[]): Study[] {
  return names.flatMap((name) => makers[name](closes))
}

const makers: Record<IndicatorName, (closes: readonly number[]) => Study[]> = {
  sma: (closes) => [line('sma', 'sma', '--series-1', 'solid', 'price', sma(closes, 20))],
  ema: (closes) => [line('ema', 'ema', '--series-2', 'dashed', 'price', ema(closes, 50))],
  bollinger: (closes) => {
    const bands = bollinger(closes, 20, 2)
    return [
      line('bb-upper', 'bollinger', '--series-5', 'solid', 'price', bands.upper),
      line('bb-middle', 'bollinger', '--series-5', 'dotted', 'price', bands.middle),
      line('bb-lower', 'bollinger', '--series-5', 'solid', 'price', bands.lower),
    ]
  },
  rsi: (closes) => [line('rsi', 'rsi', '--series-1', 'solid', 'rsi', rsi(closes, 14))],
  macd: (closes) => {
    const parts = macd(closes, 12, 26, 9)
    return [
      { ...line('macd-bars', 'macd', '--line-strong', 'solid', 'macd', parts.histogram), shape: 'bars' },
      line('macd-line', 'macd', '--series-1', 'solid', 'macd', parts.line),
      line('macd-signal', 'macd', '--series-2', 'dashed', 'macd', parts.signal),
    ]
  },
}

function line(
  key: string,
  indicator: IndicatorName,
  token: string,
  dash: Study['dash'],
  pane: Study['pane'],
  values: Line,
): Study {
  return { key, indicator, shape: 'line', token, dash, pane, values }
}
