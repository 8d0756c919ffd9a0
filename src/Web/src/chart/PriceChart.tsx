import { useEffect, useRef, useState } from 'react'
import { createPriceChart, type Picture, type PriceChartHandle } from './priceChart'
import type { Candle } from './types'

type Props = Picture & {
  label: string
  onNeedOlder: () => void
  onMoveOrder: (id: string, price: number) => void
  onPick?: (candle: Candle) => void
  legend: (hovered: Candle | null) => React.ReactNode
}

/** A window onto the canvas chart; React owns the props, the chart owns its pixels. */
export function PriceChart({ label, onNeedOlder, onMoveOrder, onPick, legend, ...picture }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const handle = useRef<PriceChartHandle | null>(null)
  const told = useRef({ onNeedOlder, onMoveOrder, onPick })
  const [hovered, setHovered] = useState<Candle | null>(null)

  useEffect(() => {
    if (box.current === null) return
    const made = createPriceChart(box.current, {
      onNeedOlder: () => told.current.onNeedOlder(),
      onHover: setHovered,
      onMoveOrder: (id, price) => told.current.onMoveOrder(id, price),
      onPick: (candle) => told.current.onPick?.(candle),
    })
    handle.current = made
    return () => {
      handle.current = null
      made.remove()
    }
  }, [])

  useEffect(() => {
    told.current = { onNeedOlder, onMoveOrder, onPick }
    handle.current?.draw(picture)
  })

  return (
    <div className="relative isolate h-full w-full">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would suggest a form; the chart holds a link (the attribution). */}
      <div ref={box} role="group" aria-label={label} data-testid="chart" className="absolute inset-0" />
      <div className="pointer-events-none absolute top-1 right-20 left-2 z-10">{legend(hovered)}</div>
    </div>
  )
}
