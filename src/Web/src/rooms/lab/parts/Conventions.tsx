import { useTranslation } from 'react-i18next'
import type { Report } from '@/api/backtests'
import { useLocale } from '@/ui/prefs'
import { EmptyState } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { conventionTable } from '../model/report'

/** The same run as other tools would print it; names are theirs. */
export function ConventionRows({ report }: { report: Report }) {
  const { t } = useTranslation('lab')
  const locale = useLocale()
  const { tools, rows } = conventionTable(report)
  const format = new Intl.NumberFormat(locale, { maximumSignificantDigits: 7 })
  if (tools.length === 0) return <EmptyState text={t('noConventions')} />
  return (
    <div className="py-3">
      <p className="px-4 pb-2 text-text-2 max-sm:px-3">{t('conventionsHint')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, also by keyboard */}
      <section aria-label={t('tab_conventions')} tabIndex={0} className="relative overflow-x-auto">
        <Table label={t('tab_conventions')}>
          <thead>
            <tr>
              <Th className="pl-4">{t('figure')}</Th>
              {tools.map((tool) => (
                <Th key={tool} align="right">
                  {tool}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Tr key={row.name}>
                <Td className="pl-4 font-mono">{row.name}</Td>
                {row.values.map((value, index) => (
                  <Td key={tools[index]} align="right">
                    {value === null ? '' : format.format(value)}
                  </Td>
                ))}
              </Tr>
            ))}
          </tbody>
        </Table>
      </section>
    </div>
  )
}
