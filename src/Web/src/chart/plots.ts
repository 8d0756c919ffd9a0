import { type IChartApi, type ISeriesApi, LineSeries, LineStyle, type UTCTimestamp } from 'lightweight-charts'
import type { Plot } from './types'

const dashes = { solid: LineStyle.Solid, dotted: LineStyle.Dotted, dashed: LineStyle.Dashed }

/** Lines somebody else computed, one value a candle; pane 0 is the price's. Each carries its name at its end. */
export function plotsOn(chart: IChartApi, token: (name: string) => string) {
  let lines: ISeriesApi<'Line'>[] = []
  return {
    draw(plots: readonly Plot[], times: readonly number[]) {
      for (const line of lines) chart.removeSeries(line)
      lines = plots.map((plot) => {
        const line = chart.addSeries(
          LineSeries,
          {
            color: token(plot.token),
            lineStyle: dashes[plot.dash],
            lineWidth: 2,
            priceLineVisible: false,
            lastValueVisible: true,
            crosshairMarkerVisible: false,
            title: plot.label,
          },
          plot.pane,
        )
        line.setData(
          plot.values.slice(0, times.length).map((value, index) => {
            const time = (times[index] ?? 0) as UTCTimestamp
            return value === null ? { time } : { time, value }
          }),
        )
        return line
      })
      // A page without such lines keeps the panes as its user sized them.
      if (plots.length === 0) return
      const panes = chart.panes()
      for (const [index, pane] of panes.entries()) pane.setStretchFactor(index === 0 ? 1 : 0.35)
    },
  }
}
