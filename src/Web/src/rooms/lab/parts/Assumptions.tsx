import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Report, Run } from '@/api/backtests'
import { Time } from '@/ui/bits'
import { addsUp } from '../model/report'
import { useFigures } from '../words'

type Props = { run: Run; report: Report; quote: string }

/** Everything the figures rest on, so that somebody else can repeat them. */
export function Assumptions({ run, report, quote }: Props) {
  const { t } = useTranslation('lab')
  const figure = useFigures()
  const inputs = Object.entries(report.inputs)
  const rows: [string, ReactNode][] = [
    [t('capital'), `${figure(report.start, 'money')} ${quote}`],
    [t('endCapital'), `${figure(report.final, 'money')} ${quote}`],
    [t('fee'), figure(Number(run.fee), 'percent')],
    [t('slippage'), figure(Number(run.slippage), 'percent')],
    [t('candles'), figure(report.candles, 'count')],
    [t('missingCandles'), figure(run.missing, 'count')],
    [
      t('counted'),
      <>
        <Time at={new Date(report.from).toISOString()} /> – <Time at={new Date(report.to).toISOString()} />
      </>,
    ],
    [t('source'), run.simulated ? `${run.source} (${t('simulated')})` : run.source],
    [t('detail'), run.detailTimeframe ?? t('noDetail')],
    ...(inputs.length === 0
      ? []
      : ([[t('inputs'), inputs.map(([name, value]) => `${name} ${value}`).join(', ')]] as [string, ReactNode][])),
    [t('trials'), figure(run.summary?.trials, 'count')],
    [t('engine'), report.engine],
    [
      t('dataHash'),
      <code key="hash" className="font-mono break-all select-all">
        {report.dataHash}
      </code>,
    ],
  ]
  return (
    <section aria-label={t('assumptions')} data-testid="assumptions" className="min-w-0 py-3">
      <h2 className="pb-2 text-em font-semibold">{t('assumptions')}</h2>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-table">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-text-3">{name}</dt>
            <dd className="text-right break-words">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="pt-2 text-table text-text-2">{t('rulesOfFills')}</p>
      <p data-testid="adds-up" className={`pt-1 text-table ${addsUp(report) ? 'text-text-2' : 'text-down'}`}>
        {t(addsUp(report) ? 'tradesAddUp' : 'tradesDoNotAddUp')}
      </p>
    </section>
  )
}
