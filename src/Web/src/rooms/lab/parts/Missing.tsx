import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleAlert, Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Coverage, coverageQuery, downloadQuery, isOver, startDownload } from '@/api/backtests'
import { useProblemText } from '@/api/problem'
import { isDay, startOfDay } from '@/i18n/days'
import { formatDecimal } from '@/money/format'
import { Button } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { useLocale } from '@/ui/prefs'
import { Switch } from '@/ui/Switch'
import { missingOf } from '../model/form'
import { Progress } from './Progress'

type Props = {
  symbols: readonly string[]
  interval: string
  detail: string
  from: string
  to: string
  accepted: boolean
  onAccept: (accepted: boolean) => void
}

const shownGaps = 4

/** Candles that a test would need and that are not stored, said before it runs; a press fetches them. */
export function Missing({ symbols, interval, detail, from, to, accepted, onAccept }: Props) {
  const { t } = useTranslation('lab')
  const fits = interval !== '' && isDay(from) && isDay(to) && from <= to
  const [start, end] = fits ? [startOfDay(from, 'UTC'), startOfDay(to, 'UTC', 1)] : ['', '']
  const wanted = fits
    ? symbols.flatMap((symbol) =>
        [interval, detail].filter((each) => each !== '').map((each) => [symbol, each] as const),
      )
    : []
  const answers = useQueries({
    queries: wanted.map(([symbol, frame]) => coverageQuery(symbol, frame, start, end)),
  })
  const missing = answers.flatMap((answer) =>
    answer.data !== undefined && missingOf(answer.data) !== null ? [answer.data] : [],
  )
  if (wanted.length === 0) return null
  const asking = answers.some((answer) => answer.isPending)
  return (
    <section
      aria-label={t('data')}
      data-testid="coverage"
      aria-busy={asking}
      className="flex flex-col gap-2 border-t border-line pt-3"
    >
      <h2 className="font-semibold">{t('data')}</h2>
      {answers.some((answer) => answer.isError) ? <p className="text-table text-warn">{t('coverageFailed')}</p> : null}
      {asking ? (
        <p className="text-table text-text-3">{t('checkingData')}</p>
      ) : missing.length === 0 ? (
        <p className="text-table text-text-2">{t('dataComplete')}</p>
      ) : (
        <>
          <ul className="flex flex-col gap-3">
            {missing.map((each) => (
              <One key={`${each.symbol}${each.interval}`} coverage={each} from={start} to={end} />
            ))}
          </ul>
          {missing.every((each) => each.rows > 0) ? (
            <Switch label={t('acceptGaps')} hint={t('acceptGapsHint')} checked={accepted} onChange={onAccept} />
          ) : null}
        </>
      )}
    </section>
  )
}

function One({ coverage, from, to }: { coverage: Coverage; from: string; to: string }) {
  const { t } = useTranslation('lab')
  const locale = useLocale()
  const client = useQueryClient()
  const problem = useProblemText()
  const [key] = useState(() => crypto.randomUUID())
  const { symbol, interval } = coverage
  const start = useMutation({
    mutationFn: () => startDownload({ symbol, interval, from, to }, `${key}${from.slice(0, 10)}`),
    onSuccess: (download) => client.setQueryData(downloadQuery(download.id).queryKey, download),
  })
  const id = start.data?.id ?? ''
  const download = useQuery({
    ...downloadQuery(id),
    enabled: id !== '',
    refetchInterval: (query) => (query.state.data !== undefined && isOver(query.state.data.status) ? false : 2_000),
  }).data
  const running = download !== undefined && !isOver(download.status)
  const name = t('pairFrame', { pair: symbol, frame: interval })
  return (
    <li data-missing={symbol} className="flex flex-col gap-1">
      <p className="flex items-start gap-2">
        <CircleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-warn" />
        <span>
          {t(coverage.rows === 0 ? 'allMissing' : 'someMissing', {
            name,
            count: coverage.missing,
            n: formatDecimal(String(coverage.missing), { locale }),
          })}
        </span>
      </p>
      <ul className="pl-6 text-table text-text-2">
        {coverage.gaps.slice(0, shownGaps).map((gap) => (
          <li key={gap.from}>
            <Time at={gap.from} /> – <Time at={gap.to} />
          </li>
        ))}
        {coverage.gaps.length > shownGaps ? (
          <li>{t('moreGaps', { count: coverage.gaps.length - shownGaps })}</li>
        ) : null}
      </ul>
      <div className="pl-6">
        {running ? (
          <Progress label={t('downloading', { name })} value={download.progress} status={download.status} />
        ) : (
          <Button small busy={start.isPending} onClick={() => start.mutate()}>
            <Download size={14} strokeWidth={1.75} aria-hidden />
            {t('download', { name })}
          </Button>
        )}
      </div>
      {start.isError ? (
        <p role="alert" className="pl-6 text-table text-down">
          {problem(start.error)}
        </p>
      ) : null}
      {download?.status === 'failed' ? (
        <p role="alert" className="pl-6 text-table text-down">
          {download.error?.detail ?? t('downloadFailed')}
        </p>
      ) : null}
      {download?.status === 'done' && coverage.missing > 0 ? (
        <p className="pl-6 text-table text-warn">{t('sourceHasNoMore')}</p>
      ) : null}
    </li>
  )
}
