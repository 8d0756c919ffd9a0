import clsx from 'clsx'
import { memo, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instrument, Order } from '@/api/types'
import { depthChannel } from '@/live/channels'
import { useChannel } from '@/live/useChannel'
import { PriceText } from '@/money/Amount'
import { decimalsOfStep, formatDecimal } from '@/money/format'
import { useLocale } from '@/ui/prefs'
import { BareSelect } from '@/ui/Select'
import { groupings, groupLevels, ownLevels, type Row, rowsOf, spreadOf, totalOf } from '../book'
import type { Level } from '../model'
import { BookRow, EmptyRow } from './BookRow'
import { useBookKeys } from './useBookKeys'
import { useRowsThatFit } from './useRowsThatFit'

type Props = {
  instrument: Instrument
  last: string | null
  orders: readonly Order[]
  stale: boolean
  onPick: (price: string) => void
}

const DRAW_EVERY_MS = 150

const pairs = (levels: readonly string[][] | undefined): Level[] =>
  (levels ?? []).flatMap(([price, quantity]) => (price && quantity ? [[price, quantity] as const] : []))

/** One table, one tab stop: rows are keyed by place, so a row that changes under the pointer still takes the press. */
export const Book = memo(function Book({ instrument, last, orders, stale, onPick }: Props) {
  const book = useChannel(depthChannel(instrument.symbol), DRAW_EVERY_MS).data
  const { t } = useTranslation('trade')
  const { tickSize, stepSize, base, quote } = instrument
  const locale = useLocale()
  const steps = useMemo(() => groupings(tickSize, last), [tickSize, last])
  const [wanted, setWanted] = useState<string | null>(null)
  const step = wanted !== null && steps.includes(wanted) ? wanted : (steps[0] ?? tickSize)
  const { box, count } = useRowsThatFit()
  const sides = useMemo(() => {
    const bids = groupLevels(pairs(book?.bids), 'bid', step).slice(0, count)
    const asks = groupLevels(pairs(book?.asks), 'ask', step).slice(0, count)
    const [bidTotal, askTotal] = [totalOf(bids), totalOf(asks)]
    const whole = bidTotal.gt(askTotal) ? bidTotal : askTotal
    return {
      bids: rowsOf(bids, whole, ownLevels(orders, 'bid', step)).slice(0, count),
      asks: rowsOf(asks, whole, ownLevels(orders, 'ask', step)).slice(0, count),
    }
  }, [book, step, count, orders])
  const spread = spreadOf(book?.bids[0]?.[0], book?.asks[0]?.[0])
  const fromTop: (Row | null)[] = [...padded(sides.asks, count).reverse(), ...padded(sides.bids, count)]
  const { active, onKeyDown, onBlur } = useBookKeys(fromTop, count, onPick)
  const priceDecimals = decimalsOfStep(step)
  const sizeDecimals = decimalsOfStep(stepSize)
  const write = (value: string, decimals: number) => formatDecimal(value, { locale, min: decimals, max: decimals })
  const row = (place: number, side: 'bid' | 'ask') => {
    const level = fromTop[place]
    if (!level) return <EmptyRow key={place} />
    return (
      <BookRow
        key={place}
        price={level.price}
        shownPrice={write(level.price, priceDecimals)}
        shownQuantity={write(level.quantity, sizeDecimals)}
        shownCumulative={write(level.cumulative, sizeDecimals)}
        percent={Math.round(level.share * 100)}
        own={level.own}
        place={place}
        side={side}
        active={active === place}
      />
    )
  }
  const places = Array.from({ length: count }, (_, i) => i)
  return (
    <section aria-label={t('book')} className="flex min-h-0 grow flex-col bg-bg1">
      <header className="flex h-9 shrink-0 items-center justify-between px-2">
        <h2 className="panel-label">{t('book')}</h2>
        <BareSelect
          aria-label={t('grouping')}
          value={step}
          options={steps.map((value) => ({ value, label: value }))}
          onChange={setWanted}
          quiet
          className="-mr-1"
        />
      </header>
      <div ref={box} className={clsx('min-h-0 grow overflow-hidden', stale && 'opacity-60')}>
        <table
          aria-label={t('book')}
          aria-describedby="book-keys"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: one tab stop for the whole book; arrows choose, Enter takes
          tabIndex={0}
          onKeyDown={onKeyDown}
          onBlur={onBlur}
          onPointerDown={(event) => {
            const price = (event.target as HTMLElement).closest<HTMLElement>('[data-price]')?.dataset.price
            if (price) onPick(price)
          }}
          className="w-full table-fixed border-collapse text-table focus-visible:-outline-offset-2"
        >
          <thead>
            <tr className="h-5 text-label text-text-3">
              <th scope="col" className="pl-3 text-left font-normal">
                {t('priceIn', { asset: quote })}
              </th>
              <th scope="col" className="text-right font-normal">
                {t('amountIn', { asset: base })}
              </th>
              <th scope="col" className="pr-2 text-right font-normal">
                {t('sum')}
              </th>
            </tr>
          </thead>
          <tbody>{places.map((i) => row(i, 'ask'))}</tbody>
          <tbody>
            <tr className="h-8 border-y border-line">
              <td colSpan={2} className="pl-3 text-em font-semibold">
                <PriceText value={last} tick={tickSize} />
              </td>
              <td className="pr-2 text-right text-label text-text-3">
                <span className="sr-only">{t('spread')} </span>
                <span title={t('spread')}>
                  <PriceText value={spread?.amount ?? null} tick={tickSize} />
                </span>
              </td>
            </tr>
          </tbody>
          <tbody>{places.map((i) => row(count + i, 'bid'))}</tbody>
        </table>
      </div>
      <p id="book-keys" className="sr-only">
        {t('bookKeys')}
      </p>
      <p aria-live="polite" className="sr-only">
        {active === null ? '' : (fromTop[active]?.price ?? '')}
      </p>
    </section>
  )
})

function padded(rows: readonly Row[], count: number): (Row | null)[] {
  return Array.from({ length: count }, (_, i) => rows[i] ?? null)
}
