import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Table, Th } from '@/ui/Table'
import { type Column, nextSort, type Row, type Sort } from '../model'
import { MarketRow } from './MarketRow'
import { useRowHeight } from './useRowHeight'

type MarketTableProps = {
  rows: readonly Row[]
  watchlist: ReadonlySet<string>
  signedIn: boolean
  sort: Sort | null
  onSort: (sort: Sort | null) => void
}

/** Only the rows on screen exist, and only they are subscribed. Arrow keys move, Enter opens. */
export function MarketTable({ rows, watchlist, signedIn, sort, onSort }: MarketTableProps) {
  const { t } = useTranslation('markets')
  const scroller = useRef<HTMLDivElement>(null)
  const height = useRowHeight()
  const [active, setActive] = useState(0)
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 3,
    getItemKey: (index) => rows[index]?.market.symbol ?? index,
  })
  const shown = list.getVirtualItems()
  const before = shown[0]?.start ?? 0
  const after = list.getTotalSize() - (shown.at(-1)?.end ?? 0)
  const firstShown = shown[0]?.index ?? 0
  const activeShown = shown.some((item) => item.index === active) ? active : firstShown

  const moveTo = (index: number) => {
    const wanted = Math.max(0, Math.min(index, rows.length - 1))
    setActive(wanted)
    list.scrollToIndex(wanted)
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${wanted}"] [data-market-link]`)?.focus(),
    )
  }
  const press = (event: KeyboardEvent) => {
    const page = Math.max(1, shown.length - 4)
    const steps: Record<string, number> = {
      ArrowDown: activeShown + 1,
      ArrowUp: activeShown - 1,
      PageDown: activeShown + page,
      PageUp: activeShown - page,
      Home: 0,
      End: rows.length - 1,
    }
    const wanted = steps[event.key]
    if (wanted === undefined) return
    event.preventDefault()
    moveTo(wanted)
  }
  const head = (column: Column, className: string, align: 'left' | 'right' = 'right') => (
    <Th
      align={align}
      className={className}
      sort={sort?.column === column ? sort.direction : null}
      onSort={() => onSort(nextSort(sort, column))}
    >
      {t(column)}
    </Th>
  )
  return (
    <div ref={scroller} className="min-h-0 grow basis-0 overflow-auto">
      <Table label={t('title')} aria-rowcount={rows.length + 1} className="table-fixed" onKeyDown={press}>
        <thead className="sticky top-0 z-20 bg-bg1 shadow-[inset_0_-1px_0_var(--line)]">
          <tr>
            <Th className="w-12 max-sm:w-11">
              <span className="sr-only">{t('star')}</span>
            </Th>
            {head('pair', 'w-60 max-sm:w-auto', 'left')}
            <Th align="right" className="max-sm:w-[4.5rem]">
              {t('lastDay')}
            </Th>
            {head('price', 'max-sm:w-32 max-sm:pr-3')}
            {head('change', 'max-sm:hidden')}
            {head('high', 'max-lg:hidden')}
            {head('low', 'max-lg:hidden')}
            {head('volume', 'pr-4 max-sm:hidden')}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <tr aria-hidden style={{ height: before }} /> : null}
          {shown.map((item) => {
            const row = rows[item.index]
            return row ? (
              <MarketRow
                key={row.market.symbol}
                row={row}
                index={item.index}
                height={height}
                active={item.index === activeShown}
                starred={watchlist.has(row.market.symbol)}
                signedIn={signedIn}
                onFocus={() => setActive(item.index)}
              />
            ) : null
          })}
          {after > 0 ? <tr aria-hidden style={{ height: after }} /> : null}
        </tbody>
      </Table>
    </div>
  )
}
