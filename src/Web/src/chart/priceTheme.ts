import type { IChartApi, ISeriesApi } from 'lightweight-charts'

export const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** The chart reads tokens once; this reads them again when they change. */
export function applyTheme(chart: IChartApi, price: ISeriesApi<'Candlestick'>, volume: ISeriesApi<'Histogram'>) {
  const [up, down, line] = [token('--up'), token('--down'), token('--line')]
  chart.applyOptions({
    layout: {
      background: { color: 'transparent' },
      textColor: token('--text-2'),
      fontFamily: "'Onest Variable', sans-serif",
      fontSize: 11,
      panes: { separatorColor: line, separatorHoverColor: token('--bg2') },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: line } },
    crosshair: {
      vertLine: { color: token('--line-strong'), labelBackgroundColor: token('--bg2') },
      horzLine: { color: token('--line-strong'), labelBackgroundColor: token('--bg2') },
    },
    rightPriceScale: { borderColor: line },
    timeScale: { borderColor: line },
  })
  price.applyOptions({
    upColor: 'transparent',
    downColor: down,
    borderUpColor: up,
    borderDownColor: down,
    wickUpColor: up,
    wickDownColor: down,
    priceLineColor: token('--text-3'),
  })
  volume.applyOptions({ color: line })
}
