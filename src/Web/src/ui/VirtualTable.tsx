import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { Table } from './Table'

type Props = {
  label: string
  count: number
  height: number
  head: ReactNode
  keyOf: (index: number) => string
  row: (index: number) => ReactNode
  /** Called while the last rows known are near. */
  onEnd?: (() => void) | undefined
}

const ahead = 40

/** Only the rows on screen exist; older pages are asked for before the end comes into sight. */
export function VirtualTable({ label, count, height, head, keyOf, row, onEnd }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const list = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    getItemKey: keyOf,
  })
  const shown = list.getVirtualItems()
  const last = shown.at(-1)?.index ?? -1
  const near = count > 0 && last >= count - ahead
  useEffect(() => {
    if (near) onEnd?.()
  }, [near, onEnd])
  const before = shown[0]?.start ?? 0
  const after = list.getTotalSize() - (shown.at(-1)?.end ?? 0)
  return (
    <div ref={scroller} data-testid="rows" className="min-h-0 grow basis-0 overflow-auto">
      <Table label={label} aria-rowcount={count + 1}>
        <thead className="sticky top-0 z-10 bg-bg1 shadow-[inset_0_-1px_0_var(--line)] max-sm:sr-only">{head}</thead>
        <tbody>
          {before > 0 ? <tr aria-hidden style={{ height: before }} /> : null}
          {shown.map((item) => row(item.index))}
          {after > 0 ? <tr aria-hidden style={{ height: after }} /> : null}
        </tbody>
      </Table>
    </div>
  )
}
