import { useTranslation } from 'react-i18next'
import type { SweepRow, SweepRun } from '@/api/backtests'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { ranked } from '../model/heat'
import { shapes } from '../model/report'
import { toneOf, useFigures } from '../words'

const shown = 20
/** Neighbours that keep less than this of the best leave it standing alone. */
const lonePeak = 0.5
const columns = ['return', 'sharpe', 'maxDrawdown', 'profitFactor', 'winRate', 'trades'] as const

type Props = { run: SweepRun; rows: readonly SweepRow[]; metric: string; inputs: readonly string[] }

/** The combinations that come out best, to be doubted: the best of many is partly luck. */
export function BestRows({ run, rows, metric, inputs }: Props) {
  const { t } = useTranslation('lab')
  const figure = useFigures()
  const best = ranked(rows, metric).slice(0, shown)
  return (
    <section aria-label={t('best')} className="shrink-0 px-4 pb-6 max-sm:px-3">
      <h2 className="pb-1 text-em font-semibold">{t('best')}</h2>
      <p className="pb-2 text-table text-warn">{t('bestWarning', { count: rows.length })}</p>
      {run.keptNearby === null && run.deflatedSharpe === null ? null : (
        <p data-testid="best-doubts" className="pb-2 text-table text-text-2">
          {run.keptNearby === null
            ? null
            : t(run.keptNearby < lonePeak ? 'lonePeak' : 'widePeak', { share: figure(run.keptNearby, 'percent') })}{' '}
          {run.deflatedSharpe === null ? null : t('bestDeflated', { share: figure(run.deflatedSharpe, 'percent') })}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, also by keyboard */}
      <section aria-label={t('bestTable')} tabIndex={0} className="relative overflow-x-auto">
        <Table label={t('best')}>
          <thead>
            <tr>
              {inputs.map((name) => (
                <Th key={name} className="font-mono">
                  {name}
                </Th>
              ))}
              {columns.map((name) => (
                <Th key={name} align="right">
                  {t(`metric_${name}`)}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {best.map((row) => (
              <Tr key={JSON.stringify(row.inputs)}>
                {inputs.map((name) => (
                  <Td key={name}>{row.inputs[name]}</Td>
                ))}
                {columns.map((name) => (
                  <Td key={name} align="right" className={name === 'return' ? toneOf(row.metrics[name]) : ''}>
                    {figure(
                      name === 'trades' ? (row.metrics[name] ?? row.trades) : row.metrics[name],
                      shapes.get(name) ?? 'number',
                    )}
                  </Td>
                ))}
              </Tr>
            ))}
          </tbody>
        </Table>
      </section>
    </section>
  )
}
