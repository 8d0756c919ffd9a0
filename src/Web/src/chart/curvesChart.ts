import {
  BaselineSeries,
  createChart,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type UTCTimestamp,
} from 'lightweight-charts'
import { formatsOf } from './labels'
import { shiftTimes } from './zone'

/** Numbers are for drawing only. Time in seconds, UTC, rising. */
export type Point = { time: number; value: number }
export type Dash = 'solid' | 'dashed' | 'dotted' | 'long'

/** A curve has a colour, a dash of its own and its name at its end: never colour alone. */
export type Curve = { key: string; label: string; token: string; dash: Dash; points: readonly Point[] }
export type CurvesPicture = {
  curves: readonly Curve[]
  /** Falls below the peak as shares from 0 to 1, drawn in a pane below. */
  falls: readonly Point[]
  decimals: number
  zone: string
  locale: string
  look: string
}
export type CurvesChartHandle = { draw: (picture: CurvesPicture) => void; remove: () => void }

const styles: Record<Dash, LineStyle> = {
  solid: LineStyle.Solid,
  dashed: LineStyle.Dashed,
  dotted: LineStyle.Dotted,
  long: LineStyle.LargeDashed,
}

const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** Several curves over one time, and the drawdown below them. */
export function createCurvesChart(box: HTMLElement): CurvesChartHandle {
  const chart = createChart(box, {
    autoSize: true,
    layout: { attributionLogo: true, panes: { enableResize: false } },
    timeScale: { timeVisible: true, rightOffset: 2 },
  })
  let series: ISeriesApi<'Line' | 'Baseline'>[] = []
  let drawn: CurvesPicture | null = null

  function drawCurves(picture: CurvesPicture): (shifted: number) => number {
    const union = [
      ...new Set([...picture.curves.flatMap((curve) => curve.points), ...picture.falls].map((p) => p.time)),
    ]
    const sorted = union.sort((a, b) => a - b)
    const { shifted, trueOf } = shiftTimes(sorted, picture.zone)
    const place = new Map(sorted.map((time, index) => [time, shifted[index] ?? time]))
    const dataOf = (points: readonly Point[], factor = 1) =>
      points.map((point) => ({
        time: (place.get(point.time) ?? point.time) as UTCTimestamp,
        value: factor * point.value,
      }))
    const digits = { minimumFractionDigits: picture.decimals, maximumFractionDigits: picture.decimals }
    const plain = new Intl.NumberFormat(picture.locale, digits)
    const share = new Intl.NumberFormat(picture.locale, { maximumFractionDigits: 1 })
    for (const curve of picture.curves) {
      const line = chart.addSeries(LineSeries, {
        color: token(curve.token),
        lineStyle: styles[curve.dash],
        lineWidth: 2,
        priceLineVisible: false,
        lastValueVisible: true,
        title: curve.label,
        priceFormat: { type: 'custom', minMove: 0.01, formatter: (value: number) => plain.format(value) },
      })
      line.setData(dataOf(curve.points))
      series.push(line)
    }
    if (picture.falls.length > 0) {
      const down = token('--down')
      const shade = `color-mix(in srgb, ${down} 20%, transparent)`
      const fall = chart.addSeries(
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
          priceFormat: { type: 'custom', minMove: 0.01, formatter: (value: number) => `${share.format(value)}%` },
        },
        1,
      )
      fall.setData(dataOf(picture.falls, -100))
      series.push(fall)
    }
    return trueOf
  }

  return {
    draw(picture) {
      const same =
        drawn !== null &&
        drawn.curves === picture.curves &&
        drawn.falls === picture.falls &&
        drawn.look === picture.look &&
        drawn.zone === picture.zone &&
        drawn.locale === picture.locale
      if (same) return
      drawn = picture
      for (const each of series) chart.removeSeries(each)
      series = []
      const trueOf = drawCurves(picture)
      applyTheme()
      const { locale, decimals } = picture
      const { localization, timeScale } = formatsOf({ locale, decimals, interval: '5m' }, picture.zone, trueOf)
      // Panes differ in what they count, so each series writes its own numbers.
      const { priceFormatter: _same, ...times } = localization ?? {}
      chart.applyOptions({ localization: times, ...(timeScale ? { timeScale } : {}) })
      chart.panes()[1]?.setStretchFactor(0.35)
      chart.timeScale().fitContent()
      box.dataset.curves = picture.curves.map((curve) => `${curve.label}/${curve.dash}`).join(' | ')
      box.dataset.points = String(picture.curves[0]?.points.length ?? 0)
    },
    remove: () => chart.remove(),
  }

  function applyTheme() {
    const line = token('--line')
    const pointer = { color: token('--line-strong'), labelBackgroundColor: token('--bg2') }
    chart.applyOptions({
      layout: {
        background: { color: 'transparent' },
        textColor: token('--text-2'),
        fontFamily: "'Onest Variable', sans-serif",
        fontSize: 11,
        panes: { separatorColor: line, separatorHoverColor: line },
      },
      grid: { vertLines: { visible: false }, horzLines: { color: line } },
      crosshair: { vertLine: pointer, horzLine: pointer },
      rightPriceScale: { borderColor: line },
      timeScale: { borderColor: line },
    })
  }
}
