import { useEffect, useRef } from 'react'
import { createEquityChart, type EquityChartHandle, type EquityPicture } from './equityChart'

/** A window onto the canvas chart; the caller gives the numbers as a table as well. */
export function EquityChart({ label, ...picture }: EquityPicture & { label: string }) {
  const box = useRef<HTMLDivElement>(null)
  const handle = useRef<EquityChartHandle | null>(null)
  useEffect(() => {
    if (box.current === null) return
    const made = createEquityChart(box.current)
    handle.current = made
    return () => {
      handle.current = null
      made.remove()
    }
  }, [])
  useEffect(() => handle.current?.draw(picture))
  return (
    <div className="relative isolate h-full w-full">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would suggest a form; the chart holds a link (the attribution). */}
      <div ref={box} role="group" aria-label={label} data-testid="equity-chart" className="absolute inset-0" />
    </div>
  )
}
