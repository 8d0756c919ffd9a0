import { useTranslation } from 'react-i18next'
import type { BacktestRun } from '@/api/backtests'
import { useFigures } from '../words'

type Told = NonNullable<BacktestRun['summary']>['doubts']

/** The same days and trades drawn anew a thousand times: how much of the result could be luck. */
export function Doubts({ doubts }: { doubts: Told | null | undefined }) {
  const { t } = useTranslation('lab')
  const figure = useFigures()
  if (doubts === null || doubts === undefined) return null
  const span = (low: number | null, high: number | null, shape: 'number' | 'signedPercent') =>
    low === null || high === null ? null : t('fromTo', { from: figure(low, shape), to: figure(high, shape) })
  const share = (value: number | null) => (value === null ? null : figure(value, 'percent'))
  const rows = [
    ['probabilisticSharpe', share(doubts.probabilisticSharpe)],
    ['deflatedSharpe', share(doubts.deflatedSharpe)],
    ['sharpeSpan', span(doubts.sharpeLow, doubts.sharpeHigh, 'number')],
    ['cagrSpan', span(doubts.cagrLow, doubts.cagrHigh, 'signedPercent')],
    ['drawdownMedian', share(doubts.drawdownMedian)],
    ['drawdownMost', share(doubts.drawdownMost)],
    ['lossShare', share(doubts.lossShare)],
    ['ruinShare', share(doubts.ruinShare)],
  ] as const
  const known = rows.filter(([, text]) => text !== null)
  return (
    <section aria-label={t('doubts')} data-testid="doubts" className="py-3">
      <h2 className="text-em font-semibold">{t('doubts')}</h2>
      <p className="pb-2 text-table text-text-3">{t(known.length === 0 ? 'doubtsNone' : 'doubtsHint')}</p>
      <dl className="flex flex-col text-table">
        {known.map(([name, text]) => (
          <div
            key={name}
            data-doubt={name}
            className="flex items-baseline justify-between gap-4 border-b border-line py-1"
          >
            <dt className="text-text-2">{t(`doubt_${name}`)}</dt>
            <dd className="text-right font-semibold whitespace-nowrap">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
