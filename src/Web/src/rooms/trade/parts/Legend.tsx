import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { type Candle, type IndicatorName, indicatorLabels } from '@/chart'
import { formatDecimal } from '@/money/format'
import { useLocale } from '@/ui/prefs'

const colours: Record<IndicatorName, string> = {
  sma: 'bg-series-1',
  ema: 'bg-series-2',
  bollinger: 'bg-series-5',
  rsi: 'bg-series-1',
  macd: 'bg-series-1',
}

type Props = { candle: Candle | null; decimals: number; indicators: readonly IndicatorName[] }

/** The figures of the candle under the pointer, else of the last one. */
export function Legend({ candle, decimals, indicators }: Props) {
  const { t } = useTranslation('trade')
  const locale = useLocale()
  if (candle === null) return null
  const price = (value: number) => formatDecimal(value.toFixed(decimals), { locale, min: decimals, max: decimals })
  const change = candle.open === 0 ? 0 : ((candle.close - candle.open) / candle.open) * 100
  const rises = candle.close >= candle.open
  return (
    <div className="flex flex-wrap gap-x-3 text-label text-text-3">
      {(['open', 'high', 'low', 'close'] as const).map((part) => (
        <span key={part}>
          {t(`letter_${part}`)} <span className={rises ? 'text-up' : 'text-down'}>{price(candle[part])}</span>
        </span>
      ))}
      <span className={clsx(rises ? 'text-up' : 'text-down')}>
        {formatDecimal(change.toFixed(2), { locale, min: 2, max: 2, sign: true })}%
      </span>
      {indicators.map((name) => (
        <span key={name} className="flex items-center gap-1">
          <span aria-hidden className={clsx('h-0.5 w-3', colours[name])} />
          {indicatorLabels[name]}
        </span>
      ))}
    </div>
  )
}
