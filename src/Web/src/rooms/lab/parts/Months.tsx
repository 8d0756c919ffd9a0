import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '@/ui/prefs'
import { SkeletonRows } from '@/ui/states'
import { monthsOf } from '../model/equity'
import { useEquity } from '../useEquity'
import { useFigures } from '../words'
import { shade } from './shade'

/** The return of each month: its sign and number say what its colour does. */
export function Months({ runId, start }: { runId: string; start: number }) {
  const { t } = useTranslation('lab')
  const locale = useLocale()
  const figure = useFigures()
  const { dots, error } = useEquity(runId)
  const years = useMemo(() => (dots === null ? null : monthsOf(dots, start)), [dots, start])
  const names = useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' })
    return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2024, month, 15)))
  }, [locale])
  if (error) return null
  const most = Math.max(0.01, ...(years ?? []).flatMap((year) => year.months.map((value) => Math.abs(value ?? 0))))
  return (
    <section aria-label={t('months')} className="min-w-0 py-3">
      <h2 className="pb-2 text-em font-semibold">{t('months')}</h2>
      {years === null ? (
        <SkeletonRows rows={3} className="px-0" />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, also by keyboard
        <section aria-label={t('monthsTable')} tabIndex={0} className="relative overflow-x-auto">
          <table aria-label={t('months')} className="w-full border-separate border-spacing-px text-label tabular-nums">
            <thead>
              <tr>
                <th scope="col" className="px-1 text-left font-normal text-text-3">
                  {t('year')}
                </th>
                {names.map((name) => (
                  <th key={name} scope="col" className="px-1 text-right font-normal text-text-3">
                    {name}
                  </th>
                ))}
                <th scope="col" className="px-1 text-right font-normal text-text-3">
                  {t('whole')}
                </th>
              </tr>
            </thead>
            <tbody>
              {years.map((year) => (
                <tr key={year.year} data-year={year.year}>
                  <th scope="row" className="px-1 text-left font-semibold">
                    {year.year}
                  </th>
                  {year.months.map((value, month) => (
                    <td
                      key={names[month]}
                      data-month={month + 1}
                      className="h-7 px-1 text-right whitespace-nowrap"
                      style={value === null ? undefined : { background: shade(value / most) }}
                    >
                      {value === null ? '' : figure(value, 'signedPercent')}
                    </td>
                  ))}
                  <td className="px-1 text-right font-semibold whitespace-nowrap">
                    {figure(year.whole, 'signedPercent')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  )
}
