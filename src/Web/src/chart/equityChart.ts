import {
  BaselineSeries,
  createChart,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  type UTCTimestamp,
} from 'lightweight-charts'
import { formatsOf } from './labels'
import { shiftTimes } from './zone'

/** Numbers are for drawing only. Time in seconds, UTC; drawdown as a share from 0 to 1. */
export type EquityDot = { time: number; season: number; equity: number; drawdown: number }
export type EquityPicture = { dots: readonly EquityDot[]; zone: string; locale: string; look: string }
export type EquityChartHandle = { draw: (picture: EquityPicture) => void; remove: () => void }

const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** Equity above, drawdown below it; a season's line ends where the season ends. */
export function createEquityChart(box: HTMLElement): EquityChartHandle {
  const chart: IChartApi = createChart(box, {
    autoSize: true,
    layout: { attributionLogo: true, panes: { enableResize: false } },
    timeScale: { timeVisible: true, rightOffset: 0 },
  })
  let series: ISeriesApi<'Line' | 'Baseline'>[] = []
  let drawn: EquityPicture | null = null

  function drawSeason(dots: readonly (EquityDot & { shifted: number })[]) {
    const equity = chart.addSeries(LineSeries, {
      color: token('--text-1'),
      lineWidth: 2,
      priceLineVisible: false,
      lastValueVisible: false,
    })
    const down = token('--down')
    const shade = `color-mix(in srgb, ${down} 20%, transparent)`
    const drawdown = chart.addSeries(
      BaselineSeries,
      {
        baseValue: { type: 'price', price: 0 },
        topLineColor: down,
        topFillColor1: shade,
        topFillColor2: shade,
        bottomLineColor: down,
        bottomFillColor1: shade,
        bottomFillColor2: shade,
        lineWidth: 1,
        priceLineVisible: false,
        lastValueVisible: false,
      },
      1,
    )
    const last = new Map(dots.map((dot) => [dot.shifted, dot]))
    const points = [...last.values()].map((dot) => ({ ...dot, at: dot.shifted as UTCTimestamp }))
    equity.setData(points.map((dot) => ({ time: dot.at, value: dot.equity })))
    drawdown.setData(points.map((dot) => ({ time: dot.at, value: -100 * dot.drawdown })))
    series.push(equity, drawdown)
  }

  return {
    draw(picture) {
      if (drawn !== null && drawn.dots === picture.dots && drawn.look === picture.look && drawn.zone === picture.zone)
        return
      drawn = picture
      for (const each of series) chart.removeSeries(each)
      series = []
      const times = shiftTimes(
        picture.dots.map((dot) => dot.time),
        picture.zone,
      )
      const dots = picture.dots.map((dot, index) => ({ ...dot, shifted: times.shifted[index] ?? dot.time }))
      for (const season of [...new Set(dots.map((dot) => dot.season))])
        drawSeason(dots.filter((dot) => dot.season === season))
      applyTheme(chart)
      const { localization, timeScale } = formatsOf(
        { locale: picture.locale, decimals: 2, interval: '5m' },
        picture.zone,
        times.trueOf,
      )
      chart.applyOptions({ ...(localization ? { localization } : {}), ...(timeScale ? { timeScale } : {}) })
      chart.panes()[1]?.setStretchFactor(0.4)
      chart.timeScale().fitContent()
      box.dataset.dots = String(dots.length)
    },
    remove: () => chart.remove(),
  }
}

function applyTheme(chart: IChartApi) {
  const line = token('--line')
  chart.applyOptions({
    layout: {
      background: { color: 'transparent' },
      textColor: token('--text-2'),
      fontFamily: "'Onest Variable', sans-serif",
      fontSize: 11,
      panes: { separatorColor: line, separatorHoverColor: line },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: line } },
    crosshair: {
      vertLine: { color: token('--line-strong'), labelBackgroundColor: token('--bg2') },
      horzLine: { color: token('--line-strong'), labelBackgroundColor: token('--bg2') },
    },
    rightPriceScale: { borderColor: line },
    timeScale: { borderColor: line },
  })
}
