import { useEffect, useRef } from 'react'
import { type CurvesChartHandle, type CurvesPicture, createCurvesChart } from './curvesChart'

/** A window onto the canvas chart; the caller gives the numbers as a table as well. */
export function CurvesChart({ label, ...picture }: CurvesPicture & { label: string }) {
  const box = useRef<HTMLDivElement>(null)
  const handle = useRef<CurvesChartHandle | null>(null)
  useEffect(() => {
    if (box.current === null) return
    const made = createCurvesChart(box.current)
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
      <div ref={box} role="group" aria-label={label} data-testid="curves" className="absolute inset-0" />
    </div>
  )
}
