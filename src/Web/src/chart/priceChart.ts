import {
  CandlestickSeries,
  CrosshairMode,
  createChart,
  createSeriesMarkers,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type MouseEventParams,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts'
import { candleAt, changeBetween, marksOn } from './candles'
import { formatsOf } from './labels'
import { orderLinesOn } from './orderLines'
import { plotsOn } from './plots'
import { applyTheme, token } from './priceTheme'
import { type Study, studiesOf } from './studies'
import type { Candle, FillMark, IndicatorName, Interval, OrderLine, Plot } from './types'
import { isIntraday } from './types'
import { nextShifted, shiftTimes, type ZonedTimes } from './zone'

export type Picture = {
  candles: readonly Candle[]
  interval: Interval
  orders: readonly OrderLine[]
  fills: readonly FillMark[]
  indicators: readonly IndicatorName[]
  plots?: readonly Plot[]
  /** How many candles the first look shows. */
  view?: number
  /** A moment to bring into sight, in seconds. */
  focus?: number | null
  zone: string
  locale: string
  decimals: number
  /** Changes whenever colours change; the chart reads tokens only then. */
  look: string
}

export type PriceChartHandle = { draw: (picture: Picture) => void; remove: () => void }
type Events = {
  onNeedOlder: () => void
  onHover: (candle: Candle | null) => void
  onMoveOrder: (id: string, price: number) => void
  onPick?: (candle: Candle) => void
}

const dashes = { solid: LineStyle.Solid, dotted: LineStyle.Dotted, dashed: LineStyle.Dashed }
const OLDER_MARGIN = 30
const FIRST_VIEW = 110

const at = (seconds: number) => seconds as UTCTimestamp

export function createPriceChart(box: HTMLElement, events: Events): PriceChartHandle {
  const chart = createChart(box, {
    autoSize: true,
    crosshair: { mode: CrosshairMode.Normal },
    layout: { attributionLogo: true, panes: { enableResize: true } },
    timeScale: { timeVisible: true, rightOffset: 6 },
  })
  const price = chart.addSeries(CandlestickSeries, {})
  const volume = chart.addSeries(HistogramSeries, {
    priceScaleId: '',
    priceFormat: { type: 'volume' },
    lastValueVisible: false,
    priceLineVisible: false,
  })
  volume.priceScale().applyOptions({ scaleMargins: { top: 0.86, bottom: 0 } })
  const markers = createSeriesMarkers(price, [])
  const lines = orderLinesOn(box, chart, price, token, { onMove: events.onMoveOrder })
  const plots = plotsOn(chart, token)
  const studies = new Map<string, ISeriesApi<'Line'> | ISeriesApi<'Histogram'>>()
  let drawn: Picture | null = null
  let times: ZonedTimes = { shifted: [], trueOf: (s) => s }

  chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
    if (range !== null && drawn !== null && drawn.candles.length > 0 && range.from < OLDER_MARGIN) events.onNeedOlder()
  })
  chart.subscribeCrosshairMove((move: MouseEventParams<Time>) => {
    const time = typeof move.time === 'number' ? times.trueOf(move.time) : null
    events.onHover(time === null || drawn === null ? null : candleAt(drawn.candles, time))
  })

  chart.subscribeClick((move: MouseEventParams<Time>) => {
    const time = typeof move.time === 'number' ? times.trueOf(move.time) : null
    const candle = time === null || drawn === null ? null : candleAt(drawn.candles, time)
    if (candle !== null) events.onPick?.(candle)
  })

  const zoneOf = (picture: Picture) => (isIntraday(picture.interval) ? picture.zone : 'UTC')

  function drawAll(picture: Picture, fresh: boolean) {
    times = shiftTimes(
      picture.candles.map((c) => c.time),
      zoneOf(picture),
    )
    const timeAt = (i: number) => at(times.shifted[i] ?? 0)
    price.setData(picture.candles.map((c, i) => ({ ...c, time: timeAt(i) })))
    volume.setData(picture.candles.map((c, i) => ({ time: timeAt(i), value: c.volume })))
    if (fresh && picture.candles.length > 0) {
      const end = picture.candles.length + 5
      chart.timeScale().setVisibleLogicalRange({ from: Math.max(-2, end - (picture.view ?? FIRST_VIEW)), to: end })
      chart.priceScale('right').applyOptions({ autoScale: true })
    }
  }

  function drawLast(picture: Picture) {
    const last = picture.candles.at(-1)
    if (last === undefined) return
    const count = picture.candles.length
    if (count > times.shifted.length) {
      const { shifted, trueOf } = times
      const next = nextShifted(last.time, zoneOf(picture), shifted.at(-1))
      times = { shifted: [...shifted, next], trueOf: (s) => (s === next ? last.time : trueOf(s)) }
    }
    const time = at(times.shifted[count - 1] ?? 0)
    price.update({ ...last, time })
    volume.update({ time, value: last.volume })
  }

  function drawStudies(picture: Picture, whole: boolean) {
    const wanted = studiesOf(
      picture.indicators,
      picture.candles.map((c) => c.close),
    )
    for (const [key, series] of studies)
      if (!wanted.some((s) => s.key === key)) {
        chart.removeSeries(series)
        studies.delete(key)
      }
    for (const study of wanted) {
      const known = studies.get(study.key)
      const series = known ?? addStudy(chart, study, picture)
      if (known === undefined) studies.set(study.key, series)
      if (known === undefined || whole) series.setData(study.values.map((v, i) => point(times.shifted[i], v)))
      else series.update(point(times.shifted.at(-1), study.values.at(-1) ?? null))
    }
  }

  function drawFills(picture: Picture) {
    const shiftedOf = new Map(picture.candles.map((c, i) => [c.time, times.shifted[i] ?? 0]))
    markers.setMarkers(
      marksOn(picture.candles, picture.fills).map((mark) => ({
        time: at(shiftedOf.get(mark.time) ?? 0),
        position: mark.side === 'buy' ? ('belowBar' as const) : ('aboveBar' as const),
        shape: mark.side === 'buy' ? ('arrowUp' as const) : ('arrowDown' as const),
        color: token(mark.side === 'buy' ? '--up' : '--down'),
        size: 1.4,
      })),
    )
    box.dataset.arrows = String(markers.markers().length)
  }

  function show(picture: Picture) {
    const index = picture.candles.findIndex((c) => c.time === picture.focus)
    const range = chart.timeScale().getVisibleLogicalRange()
    if (index < 0) return
    if (range === null || index < range.from || index > range.to)
      chart.timeScale().setVisibleLogicalRange({ from: index - FIRST_VIEW / 2, to: index + FIRST_VIEW / 2 })
    chart.setCrosshairPosition(picture.candles[index]?.close ?? 0, at(times.shifted[index] ?? 0), price)
  }

  return {
    draw(picture) {
      const before = drawn
      drawn = picture
      const paint = before === null || before.look !== picture.look
      const relabel = before === null || before.locale !== picture.locale || before.decimals !== picture.decimals
      const rezone = before !== null && (before.zone !== picture.zone || before.interval !== picture.interval)
      const fresh = before === null || before.candles.length === 0 || before.interval !== picture.interval
      const change = rezone ? 'all' : changeBetween(before?.candles ?? [], picture.candles)
      if (paint) applyTheme(chart, price, volume)
      if (relabel || rezone) chart.applyOptions(formatsOf(picture, zoneOf(picture), (s) => times.trueOf(s)))
      if (relabel)
        price.applyOptions({
          priceFormat: { type: 'price', precision: picture.decimals, minMove: 10 ** -picture.decimals },
        })
      if (change === 'all') drawAll(picture, fresh || picture.candles.at(-1)?.time !== before?.candles.at(-1)?.time)
      if (change === 'last') drawLast(picture)
      if (change !== 'none' || paint || before?.indicators !== picture.indicators)
        drawStudies(picture, change !== 'last')
      if (paint)
        for (const study of studiesOf(picture.indicators, []))
          studies.get(study.key)?.applyOptions({ color: token(study.token) })
      if (paint || before?.orders !== picture.orders) lines.draw(picture.orders)
      if (paint || change === 'all' || before?.fills !== picture.fills) drawFills(picture)
      if (paint || change === 'all' || before?.plots !== picture.plots) plots.draw(picture.plots ?? [], times.shifted)
      if (picture.focus !== undefined && before?.focus !== picture.focus) show(picture)
    },
    remove() {
      lines.remove()
      chart.remove()
    },
  }
}

const point = (time: number | undefined, value: number | null) =>
  value === null ? { time: at(time ?? 0) } : { time: at(time ?? 0), value }

function addStudy(chart: IChartApi, study: Study, picture: Picture) {
  const below = ['rsi', 'macd'].filter((pane) => picture.indicators.some((name) => name === pane))
  const pane = study.pane === 'price' ? 0 : below.indexOf(study.pane) + 1
  const shared = { color: token(study.token), lastValueVisible: false, priceLineVisible: false }
  if (study.shape === 'bars') return chart.addSeries(HistogramSeries, { ...shared, base: 0 }, pane)
  const series = chart.addSeries(
    LineSeries,
    { ...shared, lineWidth: 2, lineStyle: dashes[study.dash], crosshairMarkerVisible: false },
    pane,
  )
  if (study.pane === 'rsi')
    for (const level of [30, 70])
      series.createPriceLine({
        price: level,
        color: token('--line-strong'),
        lineStyle: LineStyle.Dotted,
        lineWidth: 1,
        axisLabelVisible: false,
      })
  return series
}
