import { Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Report, Run } from '@/api/backtests'
import { type Curve, CurvesChart, type Point } from '@/chart'
import { themeOf, useLocale, usePrefs, useZone } from '@/ui/prefs'
import { ErrorState, Skeleton } from '@/ui/states'
import { useMedia } from '@/ui/useMedia'
import { drawdownsOf, partsOf, thinned } from '../model/equity'
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
  const picture = useMemo(() => {
    if (dots === null) return null
    const falls = drawdownsOf(dots, report.start)
    const all = thinned(
      dots.map((dot, index) => ({ ...dot, fall: falls[index] ?? 0 })),
      (dot) => dot.equity,
      mostPoints,
    )
    const first = all.find((dot) => dot.hold !== null)?.hold ?? null
    const hold: Point[] =
      first === null
        ? []
        : all.flatMap((dot) =>
            dot.hold === null ? [] : [{ time: dot.time, value: (report.start * dot.hold) / first }],
          )
    const curves: Curve[] = [
      {
        key: 'equity',
        label: equityName,
        token: '--text-1',
        dash: 'solid',
        points: all.map((dot) => ({ time: dot.time, value: dot.equity })),
      },
      ...(hold.length === 0
        ? []
        : [{ key: 'hold', label: holdName, token: '--text-3', dash: 'dashed' as const, points: hold }]),
    ]
    return { curves, falls: all.map((dot) => ({ time: dot.time, value: dot.fall })) }
  }, [dots, report.start, equityName, holdName])
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
      <SplitParts run={run} report={report} />
    </section>
  )
}

/** The part the rules could be fitted to, and the part they had not seen. */
function SplitParts({ run, report }: { run: Run; report: Report }) {
  const { t } = useTranslation('lab')
  const figure = useFigures()
  const { dots } = useEquity(run.id)
  if (run.split === null || dots === null) return null
  const at = report.from / 1000 + ((report.to - report.from) / 1000) * run.split
  const parts = partsOf(dots, report.start, at)
  return (
    <dl data-testid="split-parts" className="flex flex-wrap gap-x-8 gap-y-2 pt-2">
      {parts.map((part, index) => (
        <div key={index === 0 ? 'in' : 'out'} data-part={index === 0 ? 'in' : 'out'}>
          <dt className="text-table text-text-3">
            {t(index === 0 ? 'inSample' : 'outOfSample', {
              percent: Math.round(100 * (index === 0 ? (run.split ?? 1) : 1 - (run.split ?? 1))),
            })}
          </dt>
          <dd>
            <span className={`font-semibold ${toneOf(part.return)}`}>{figure(part.return, 'signedPercent')}</span>{' '}
            <span className="text-text-2">{t('withFall', { fall: figure(part.maxDrawdown, 'percent') })}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
