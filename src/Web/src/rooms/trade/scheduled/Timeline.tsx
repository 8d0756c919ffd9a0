import { useTranslation } from 'react-i18next'
import type { Fill, Order } from '@/api/types'
import { Percent } from '@/money/Amount'
import { formatDecimal } from '@/money/format'
import { slippage } from '@/orders/facts'
import { useOrderWords } from '@/orders/useOrderWords'
import { Time } from '@/ui/bits'
import { useLocale } from '@/ui/prefs'
import { latencyMs, type Moment, momentsOf } from './model'

/** Placed, triggered by which trade, filled at what price; then how far the fill was from the trigger and how long it took. */
export function Timeline({ order, fills }: { order: Order; fills: readonly Fill[] }) {
  const { t } = useTranslation(['ticket', 'trade'])
  const locale = useLocale()
  const words = useOrderWords()
  const text = (moment: Moment): string => {
    switch (moment.kind) {
      case 'placed':
        return order.startAt === null
          ? t('moment_placed')
          : t('moment_placedStart', { time: words.trigger(order) ?? '' })
      case 'resumed':
        return t(`resumed_${moment.rule}`)
      case 'triggered':
        return t('moment_triggered', { cause: words.cause(moment.cause, order.symbol) })
      case 'filled':
        return t('moment_filled', {
          quantity: formatDecimal(moment.fill.quantity, { locale, max: 8 }),
          asset: order.base,
          price: words.price(moment.fill.price, order.symbol),
          cause: words.cause(moment.fill.cause, order.symbol),
        })
      case 'ended':
        return words.status(order)
    }
  }
  const slipped = slippage(order)
  const took = latencyMs(order, fills)
  return (
    <div className="flex flex-wrap gap-x-10 gap-y-2 text-table">
      <ol aria-label={t('timeline')} className="border-l border-line-strong pl-3">
        {momentsOf(order, fills).map((moment, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what has happened does not move
          <li key={at} data-moment={moment.kind} className="py-0.5">
            <Time at={moment.at} style="dateTimeSeconds" className="pr-3 text-text-3" />
            <span className="max-sm:block">{text(moment)}</span>
          </li>
        ))}
      </ol>
      {slipped === null ? null : (
        <dl className="grid grid-cols-[auto_auto] content-start gap-x-4 gap-y-0.5" data-testid="outcome">
          <dt className="text-text-3">{t('triggerPrice')}</dt>
          <dd className="text-right">
            {words.price(order.triggerPrice ?? order.firedBy?.price ?? null, order.symbol)}
          </dd>
          <dt className="text-text-3">{t('fillPrice')}</dt>
          <dd className="text-right">{words.price(order.averagePrice, order.symbol)}</dd>
          <dt className="text-text-3">{t('slippage')}</dt>
          <dd className="text-right">
            <Percent value={slipped.toFixed()} />
          </dd>
          {took === null ? null : (
            <>
              <dt className="text-text-3">{t('latency')}</dt>
              <dd className="text-right">{t('milliseconds', { n: formatDecimal(String(took), { locale }) })}</dd>
            </>
          )}
        </dl>
      )}
    </div>
  )
}
