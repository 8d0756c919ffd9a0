import Big from 'big.js'
import { memo, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fill, Instrument, Order } from '@/api/types'
import { type Candle, type FillMark, type IndicatorName, type Interval, type OrderLine, PriceChart } from '@/chart'
import { zoneLabel } from '@/i18n/time'
import { decimalsOfStep, formatDecimal } from '@/money/format'
import { type Movable, pricesOf } from '@/orders/facts'
import { themeOf, useLocale, usePrefs, useZone } from '@/ui/prefs'
import { EmptyState, ErrorState, Skeleton } from '@/ui/states'
import { useMedia } from '@/ui/useMedia'
import { AmendDialog } from '../lazy'
import { useCandles } from '../useCandles'
import { ChartTools } from './ChartTools'
import { Legend } from './Legend'

type Props = {
  instrument: Instrument
  interval: Interval
  indicators: readonly IndicatorName[]
  onInterval: (interval: Interval) => void
  onIndicators: (indicators: IndicatorName[]) => void
  orders: readonly Order[]
  fills: readonly Fill[]
}

export const ChartPanel = memo(function ChartPanel(props: Props) {
  const { instrument, interval, indicators, orders, fills } = props
  const { t } = useTranslation(['trade', 'common'])
  const locale = useLocale()
  const zone = useZone()
  useMedia('(prefers-color-scheme: light)')
  const look = usePrefs((p) => `${themeOf(p)}/${p.palette}`)
  const { candles, loadOlder, error, retry, loading } = useCandles(instrument.symbol, interval)
  const decimals = decimalsOfStep(instrument.tickSize)
  const [moved, setMoved] = useState<Moved | null>(null)
  const lines = useMemo(
    () =>
      orders
        .flatMap((o) => linesOf(o, t, locale))
        .map((line) => (line.id === moved?.line ? { ...line, price: Number(moved.price) } : line)),
    [orders, t, locale, moved],
  )
  const mover = orders.find((order) => order.id === moved?.order)
  const marks = useMemo(() => fills.map(markOf), [fills])
  const label = t('chartLabel', { pair: `${instrument.base}/${instrument.quote}`, interval })
  return (
    <section aria-label={t('chart')} className="flex min-h-0 min-w-0 flex-col bg-bg1">
      <ChartTools {...props} zone={zoneLabel(zone, locale)} />
      <div className="relative min-h-0 grow">
        {error && candles.length === 0 ? (
          <ErrorState what={t('chartFailed')} error={error} retry={retry} />
        ) : !loading && candles.length === 0 ? (
          <EmptyState text={t('noCandles')} />
        ) : (
          <Suspense fallback={<Skeleton className="absolute inset-2" />}>
            <PriceChart
              key={instrument.symbol}
              label={label}
              candles={candles}
              interval={interval}
              orders={lines}
              fills={marks}
              indicators={indicators}
              zone={zone}
              locale={locale}
              decimals={decimals}
              look={look}
              onNeedOlder={loadOlder}
              onMoveOrder={(line, price) => setMoved(movedTo(line, price, instrument.tickSize))}
              legend={(hovered: Candle | null) => (
                <Legend candle={hovered ?? candles.at(-1) ?? null} decimals={decimals} indicators={indicators} />
              )}
            />
          </Suspense>
        )}
      </div>
      {mover === undefined || moved === null ? null : (
        <Suspense>
          <AmendDialog order={mover} moved={moved} onClose={() => setMoved(null)} />
        </Suspense>
      )}
    </section>
  )
})

type Translate = ReturnType<typeof useTranslation<['trade', 'common']>>['t']

/** Every price of an order, named by what it is for: "Stop · Sell 0.01". */
function linesOf(order: Order, t: Translate, locale: string): OrderLine[] {
  const [amount, asset] = order.quantity === null ? [order.quoteQuantity, ` ${order.quote}`] : [order.quantity, '']
  const what =
    `${t(order.side, { ns: 'common' })} ${formatDecimal(amount, { locale, max: 8 })}${amount === null ? '' : asset}`.trim()
  return pricesOf(order).map(({ field, price, role, movable }) => ({
    id: `${order.id}:${field}`,
    price: Number(price),
    side: order.side,
    label: role === 'limit' ? what : `${t(`role_${role}`)} · ${what}`,
    role,
    movable,
  }))
}

type Moved = { line: string; order: string; field: Movable; price: string }

/** Where a line was dropped, on the tick. */
function movedTo(line: string, price: number, tick: string): Moved | null {
  const [order = '', field] = line.split(':')
  if (field !== 'price' && field !== 'triggerPrice') return null
  const onTick = new Big(price).div(tick).round(0).times(tick)
  return onTick.lte(0) ? null : { line, order, field, price: onTick.toFixed() }
}

const markOf = (fill: Fill): FillMark => ({
  id: fill.id,
  time: Date.parse(fill.time) / 1000,
  price: Number(fill.price),
  side: fill.side,
})
