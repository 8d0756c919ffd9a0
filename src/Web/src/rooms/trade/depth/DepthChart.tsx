import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instrument } from '@/api/types'
import { depthChannel } from '@/live/channels'
import { useChannel } from '@/live/useChannel'
import { Amount, PriceText } from '@/money/Amount'
import { EmptyState } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { type Box, depthOf, outline, type Step, within } from './model'

const calmMs = 250
const shares = [0.001, 0.0025, 0.005, 0.01] as const
const pairs = (side: readonly string[][] | undefined) =>
  (side ?? []).flatMap(([price, quantity]) => (price && quantity ? [[price, quantity] as const] : []))

function useSize() {
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Box>({ width: 0, height: 0 })
  useEffect(() => {
    if (box.current === null) return
    const watch = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    watch.observe(box.current)
    return () => watch.disconnect()
  }, [])
  return { box, size }
}

/** How much stands on each side up to each price, from the live book; the same in a table below. */
export function DepthChart({ instrument }: { instrument: Instrument }) {
  const { t } = useTranslation('depth')
  const book = useChannel(depthChannel(instrument.symbol), calmMs).data
  const view = useMemo(() => depthOf(pairs(book?.bids), pairs(book?.asks)), [book])
  const { box, size } = useSize()
  const [at, setAt] = useState<number | null>(null)
  const { tickSize: tick, base } = instrument
  const price = view === null || at === null ? null : view.from + (at / (size.width || 1)) * (view.to - view.from)
  const hovered =
    view === null || price === null
      ? null
      : (view.bids.findLast((step) => step.price >= price) ?? view.asks.findLast((step) => step.price <= price) ?? null)
  return (
    <div className="flex h-full min-h-0 flex-col" data-testid="depth">
      <p className="h-6 shrink-0 px-3 pt-1 text-table text-text-2">
        {hovered === null ? (
          <>
            {t('middle')} <PriceText value={view?.middle} tick={tick} />
          </>
        ) : (
          <>
            <Amount value={hovered.sumText} asset={base} isPublic /> {t('upTo')}{' '}
            <PriceText value={hovered.priceText} tick={tick} />
          </>
        )}
      </p>
      <div
        ref={box}
        className="relative min-h-24 grow"
        onPointerMove={(event) => setAt(event.clientX - event.currentTarget.getBoundingClientRect().left)}
        onPointerLeave={() => setAt(null)}
      >
        {view === null ? (
          <EmptyState text={t('noBook')} />
        ) : (
          <svg
            role="img"
            aria-label={t('label', { pair: `${base}/${instrument.quote}` })}
            width={size.width}
            height={size.height}
            className="absolute inset-0"
          >
            <Side path={outline(view, 'bids', size)} tone="up" />
            <Side path={outline(view, 'asks', size)} tone="down" />
            <line x1="50%" x2="50%" y1="0" y2="100%" className="stroke-line-strong" strokeDasharray="2 3" />
            {at === null ? null : <line x1={at} x2={at} y1="0" y2="100%" className="stroke-text-3" />}
          </svg>
        )}
      </div>
      {view === null ? null : (
        <>
          <p className="flex shrink-0 justify-between border-t border-line px-3 py-1 text-label text-text-3">
            <PriceText value={view.from.toFixed(8)} tick={tick} />
            <span>
              <span className="text-up">{t('bids')}</span> · <span className="text-down">{t('asks')}</span>
            </span>
            <PriceText value={view.to.toFixed(8)} tick={tick} />
          </p>
          <Within bids={view.bids} asks={view.asks} middle={Number(view.middle)} base={base} />
        </>
      )}
    </div>
  )
}

function Side({ path, tone }: { path: string; tone: 'up' | 'down' }) {
  return (
    <path
      d={path}
      data-side={tone === 'up' ? 'bids' : 'asks'}
      className={tone === 'up' ? 'fill-up/20 stroke-up' : 'fill-down/20 stroke-down'}
      strokeWidth={1.5}
      strokeDasharray={tone === 'up' ? undefined : '5 2'}
    />
  )
}

type WithinProps = { bids: readonly Step[]; asks: readonly Step[]; middle: number; base: string }

/** The drawing in words: what stands within a share of the middle price. */
function Within({ bids, asks, middle, base }: WithinProps) {
  const { t } = useTranslation('depth')
  const cell = (step: Step | null) => <Amount value={step?.sumText ?? '0'} asset={base} isPublic />
  return (
    <Table label={t('table')} className="shrink-0">
      <thead>
        <tr>
          <Th className="pl-3">{t('within')}</Th>
          <Th align="right">{t('bids')}</Th>
          <Th align="right" className="pr-3">
            {t('asks')}
          </Th>
        </tr>
      </thead>
      <tbody>
        {shares.map((share) => (
          <Tr key={share}>
            <Td className="pl-3">±{(share * 100).toLocaleString()}%</Td>
            <Td align="right">{cell(within(bids, middle, share))}</Td>
            <Td align="right" className="pr-3">
              {cell(within(asks, middle, share))}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
