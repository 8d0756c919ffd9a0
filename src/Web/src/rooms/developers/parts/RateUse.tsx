import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatDecimal } from '@/money/format'
import { useLocale } from '@/ui/prefs'
import { usageQuery } from '../api'
import { percentUsed } from '../model'

/** How much programs ask. */
export function RateUse() {
  const { t } = useTranslation('developers')
  const locale = useLocale()
  const usage = useQuery(usageQuery).data
  const calls = usage?.callsPerMinute ?? 0
  const limit = usage?.weightLimit ?? 0
  const used = percentUsed(calls, limit)
  const said = t('callsMinute', { count: calls })
  return (
    <section aria-labelledby="rate-use">
      <h2 id="rate-use" className="font-semibold">
        {t('usage')}
      </h2>
      <p className="mt-1 text-table text-text-3">{t('usageHint')}</p>
      <div className="mt-3 flex max-w-xl flex-col gap-2">
        <p data-calls={calls}>{said}</p>
        {used === null ? null : (
          // The sentence above says the same.
          <div
            aria-hidden
            data-used={used}
            className="h-2 overflow-hidden rounded-sm border border-line-strong bg-field"
          >
            <div
              className={used > 80 ? 'h-full bg-warn' : 'h-full bg-text-2'}
              style={{ width: `${calls > 0 ? Math.max(1, used) : 0}%` }}
            />
          </div>
        )}
        <p className="text-table text-text-3">
          {limit === 0 ? t('noLimit') : t('weightLimit', { limit: formatDecimal(String(limit), { locale }) })}
        </p>
      </div>
    </section>
  )
}
