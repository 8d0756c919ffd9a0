import { type IChartApi, type IPriceLine, type ISeriesApi, LineStyle } from 'lightweight-charts'
import type { OrderLine } from './types'

type Events = { onMove: (id: string, price: number) => void }
type Drag = { line: OrderLine; startY: number; moved: boolean; pointer: number }

const dashes: Record<OrderLine['role'], LineStyle> = {
  limit: LineStyle.Dashed,
  target: LineStyle.LargeDashed,
  stop: LineStyle.Dotted,
  trail: LineStyle.SparseDotted,
  after: LineStyle.SparseDotted,
}

const reachPx = 6
const touchReachPx = 14
const slackPx = 3

/** The price lines of orders. Those that may be moved are taken by the pointer; Escape lets go without a change. */
export function orderLinesOn(
  box: HTMLElement,
  chart: IChartApi,
  series: ISeriesApi<'Candlestick'>,
  token: (name: string) => string,
  events: Events,
) {
  const drawn = new Map<string, IPriceLine>()
  let lines: readonly OrderLine[] = []
  let drag: Drag | null = null

  const yOf = (event: PointerEvent) => event.clientY - box.getBoundingClientRect().top
  const nearest = (event: PointerEvent): OrderLine | null => {
    const reach = event.pointerType === 'touch' ? touchReachPx : reachPx
    const y = yOf(event)
    const far = (line: OrderLine) => Math.abs((series.priceToCoordinate(line.price) ?? Number.POSITIVE_INFINITY) - y)
    const close = lines.filter((line) => line.movable && far(line) <= reach)
    return close.sort((a, b) => far(a) - far(b))[0] ?? null
  }
  const letGo = () => {
    if (drag === null) return
    drawn.get(drag.line.id)?.applyOptions({ price: drag.line.price, lineWidth: 1 })
    if (box.hasPointerCapture(drag.pointer)) box.releasePointerCapture(drag.pointer)
    chart.applyOptions({ handleScroll: true, handleScale: true })
    drag = null
    delete box.dataset.dragging
  }
  const down = (event: PointerEvent) => {
    const line = event.button === 0 ? nearest(event) : null
    if (line === null) return
    drag = { line, startY: yOf(event), moved: false, pointer: event.pointerId }
    box.setPointerCapture(event.pointerId)
    chart.applyOptions({ handleScroll: false, handleScale: false })
    drawn.get(line.id)?.applyOptions({ lineWidth: 2 })
    box.dataset.dragging = line.id
  }
  const move = (event: PointerEvent) => {
    if (drag === null) {
      if (event.buttons === 0) box.style.cursor = nearest(event) === null ? '' : 'ns-resize'
      return
    }
    drag.moved ||= Math.abs(yOf(event) - drag.startY) > slackPx
    const price = series.coordinateToPrice(yOf(event))
    if (drag.moved && price !== null && price > 0) drawn.get(drag.line.id)?.applyOptions({ price })
  }
  const up = (event: PointerEvent) => {
    if (drag === null) return
    const { line, moved } = drag
    const price = series.coordinateToPrice(yOf(event))
    letGo()
    if (moved && price !== null && price > 0) events.onMove(line.id, price)
  }
  const onEscape = (event: KeyboardEvent) => {
    if (drag === null || event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    letGo()
  }
  // Else a finger that moves a line would scroll the page.
  const hold = (event: TouchEvent) => {
    if (drag !== null) event.preventDefault()
  }
  box.addEventListener('pointerdown', down, true)
  box.addEventListener('pointermove', move, true)
  box.addEventListener('pointerup', up, true)
  box.addEventListener('pointercancel', letGo)
  box.addEventListener('touchmove', hold, { passive: false, capture: true })
  window.addEventListener('keydown', onEscape, true)

  return {
    draw(next: readonly OrderLine[]) {
      lines = next
      if (drag !== null && !next.some((line) => line.id === drag?.line.id)) letGo()
      for (const [id, line] of drawn)
        if (!next.some((each) => each.id === id)) {
          series.removePriceLine(line)
          drawn.delete(id)
        }
      box.dataset.lines = String(next.length)
      box.dataset.roles = next.map((line) => line.role).join(' ')
      for (const line of next) {
        const color = token(line.side === 'buy' ? '--up' : '--down')
        const look = {
          color,
          title: line.label,
          axisLabelColor: color,
          axisLabelTextColor: token(line.side === 'buy' ? '--on-up' : '--on-down'),
          lineStyle: dashes[line.role],
        }
        const known = drawn.get(line.id)
        if (known) known.applyOptions(drag?.line.id === line.id ? look : { ...look, price: line.price })
        else {
          const fresh = { ...look, price: line.price, lineWidth: 1 as const, axisLabelVisible: true }
          drawn.set(line.id, series.createPriceLine(fresh))
        }
      }
    },
    remove() {
      window.removeEventListener('keydown', onEscape, true)
      box.removeEventListener('pointerdown', down, true)
      box.removeEventListener('pointermove', move, true)
      box.removeEventListener('pointerup', up, true)
      box.removeEventListener('pointercancel', letGo)
      box.removeEventListener('touchmove', hold, { capture: true })
    },
  }
}
