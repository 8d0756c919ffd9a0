import { useInfiniteQuery } from '@tanstack/react-query'
import { Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Report, Run } from '@/api/backtests'
import { type Curve, CurvesChart, isInterval, type Point } from '@/chart'
import { themeOf, useLocale, usePrefs, useZone } from '@/ui/prefs'
import { ErrorState, Skeleton } from '@/ui/states'
import { useMedia } from '@/ui/useMedia'
import { candlesUntilQuery } from '../api'
import { drawdownsOf, holdInterval, thinned } from '../model/equity'
import { useEquity } from '../useEquity'
import { toneOf, useFigures } from '../words'

const mostPoints = 3_000

/** Equity, buy and hold, and the falls below the peak. */
export function Curves({ run, report }: { run: Run; report: Report }) {
  const { t } = useTranslation('lab')
  const locale = useLocale()
  const zone = useZone()
  useMedia('(prefers-color-scheme: light)')
  const look = usePrefs((p) => `${themeOf(p)}/${p.palette}`)
  const { dots, error, retry } = useEquity(run.id)
  const equityName = t('equity')
  const holdName = t('hold')
  const held = useHold(run, report)
  const picture = useMemo(() => {
    if (dots === null) return null
    const falls = drawdownsOf(dots, report.start)
    const all = thinned(
      dots.map((dot, index) => ({ ...dot, fall: falls[index] ?? 0 })),
      (dot) => dot.equity,
      mostPoints,
    )
    const points = all.map((dot) => ({ time: dot.time, value: dot.equity }))
    const curves: Curve[] = [{ key: 'equity', label: equityName, token: '--text-1', dash: 'solid', points }]
    if (held.length > 0) curves.push({ key: 'hold', label: holdName, token: '--text-3', dash: 'dashed', points: held })
    return { curves, falls: all.map((dot) => ({ time: dot.time, value: dot.fall })) }
  }, [dots, held, report.start, equityName, holdName])
  return (
    <section aria-label={t('equityAndFalls')} className="px-4 py-3 max-sm:px-3">
      <h2 className="pb-2 text-em font-semibold">{t('equityAndFalls')}</h2>
      {error ? (
        <ErrorState what={t('equityFailed')} error={error} retry={retry} />
      ) : (
        <div className="h-96 max-sm:h-72 print:h-72">
          {picture === null ? (
            <Skeleton className="h-full" />
          ) : (
            <Suspense fallback={<Skeleton className="h-full" />}>
              <CurvesChart
                label={t('equityLabel')}
                curves={picture.curves}
                falls={picture.falls}
                decimals={0}
                zone={zone}
                locale={locale}
                look={look}
              />
            </Suspense>
          )}
        </div>
      )}
      <SplitParts run={run} />
    </section>
  )
}

const none: readonly Point[] = []

/** What buying at the first open and holding would have been worth; where several pairs share the capital there is no such line. */
function useHold(run: Run, report: Report): readonly Point[] {
  const [symbol = ''] = run.symbols
  const interval = holdInterval(report.to - report.from, run.timeframe)
  const pages = useInfiniteQuery({
    ...candlesUntilQuery(symbol, isInterval(interval) ? interval : '1d', report.to, report.from),
    enabled: run.symbols.length === 1,
  })
  return useMemo(() => {
    const inside = (pages.data?.pages[0]?.items ?? []).filter((candle) => Date.parse(candle.openTime) >= report.from)
    const first = Number(inside[0]?.open)
    if (!(first > 0)) return none
    return inside.map((candle) => ({
      time: Date.parse(candle.openTime) / 1000,
      value: (report.start * Number(candle.close)) / first,
    }))
  }, [pages.data, report.from, report.start])
}

/** The part the rules may have been chosen on, and the part that was kept out. */
function SplitParts({ run }: { run: Run }) {
  const { t } = useTranslation('lab')
  const figure = useFigures()
  const { split, summary } = run
  if (split === null || summary === undefined || summary === null) return null
  const parts = [
    { key: 'in', name: t('inSample', { percent: Math.round(100 * split) }), part: summary.inSample },
    { key: 'out', name: t('outOfSample', { percent: Math.round(100 * (1 - split)) }), part: summary.outOfSample },
  ]
  return (
    <>
      <dl data-testid="split-parts" className="flex flex-wrap gap-x-8 gap-y-2 pt-2">
        {parts.map(({ key, name, part }) => (
          <div key={key} data-part={key}>
            <dt className="text-table text-text-3">{name}</dt>
            <dd>
              <span className={`font-semibold ${toneOf(part?.figures.return)}`}>
                {figure(part?.figures.return, 'signedPercent')}
              </span>{' '}
              <span className="text-text-2">
                {t('withFall', {
                  count: part?.figures.trades ?? 0,
                  fall: figure(part?.figures.maxDrawdown, 'percent'),
                })}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="pt-1 text-table text-text-3">{t('splitEach')}</p>
    </>
  )
}
