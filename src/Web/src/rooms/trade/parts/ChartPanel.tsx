import { memo, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fill, Instrument, Order } from '@/api/types'
import { type Candle, type FillMark, type IndicatorName, type Interval, type OrderLine, PriceChart } from '@/chart'
import { zoneLabel } from '@/i18n/time'
import { decimalsOfStep, formatDecimal } from '@/money/format'
import { themeOf, useLocale, usePrefs, useZone } from '@/ui/prefs'
import { EmptyState, ErrorState, Skeleton } from '@/ui/states'
import { useMedia } from '@/ui/useMedia'
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
  const lines = useMemo(() => orders.flatMap((o) => lineOf(o, t, locale)), [orders, t, locale])
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
              legend={(hovered: Candle | null) => (
                <Legend candle={hovered ?? candles.at(-1) ?? null} decimals={decimals} indicators={indicators} />
              )}
            />
          </Suspense>
        )}
      </div>
    </section>
  )
})

type Translate = ReturnType<typeof useTranslation<['trade', 'common']>>['t']

function lineOf(order: Order, t: Translate, locale: string): OrderLine[] {
  if (order.price === null) return []
  const rest = formatDecimal(order.quantity, { locale, max: 8 })
  const label = `${t(order.side, { ns: 'common' })} ${rest}`
  return [{ id: order.id, price: Number(order.price), side: order.side, label }]
}

const markOf = (fill: Fill): FillMark => ({
  id: fill.id,
  time: Date.parse(fill.time) / 1000,
  price: Number(fill.price),
  side: fill.side,
})
