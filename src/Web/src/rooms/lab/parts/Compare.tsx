import { useQueries } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { equityFileQuery, type Metrics, type Run, runQuery } from '@/api/backtests'
import { type Curve, CurvesChart, type Dash } from '@/chart'
import { Button, IconButton } from '@/ui/Button'
import { themeOf, useLocale, usePrefs, useZone } from '@/ui/prefs'
import { ErrorState, Skeleton } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { useMedia } from '@/ui/useMedia'
import { readEquity, thinned } from '../model/equity'
import { cards, type Shape } from '../model/report'
import { toneOf, useFigures } from '../words'

type Props = { ids: readonly string[]; onChange: (ids: readonly string[]) => void }

const looks: readonly [token: string, dash: Dash][] = [
  ['--text-1', 'solid'],
  ['--series-1', 'dashed'],
  ['--series-2', 'dotted'],
  ['--series-3', 'long'],
]
const letters = ['A', 'B', 'C', 'D']
const mostPoints = 1_500
const noFalls = [] as const
const strokes: Record<Dash, string> = { solid: '', dashed: '6 4', dotted: '2 3', long: '12 5' }

/** Up to four runs over one time, each with a letter, a dash and a colour of its own. */
export function Compare({ ids, onChange }: Props) {
  const { t } = useTranslation('lab')
  const locale = useLocale()
  const zone = useZone()
  useMedia('(prefers-color-scheme: light)')
  const look = usePrefs((p) => `${themeOf(p)}/${p.palette}`)
  const runs = useQueries({ queries: ids.map((id) => runQuery(id)) })
  const files = useQueries({ queries: ids.map((id) => equityFileQuery(id)) })
  const texts = files.map((file) => file.data ?? null)
  const starts = runs.map((run) => Number(run.data?.cash ?? Number.NaN))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parts of two lists that are made anew each render
  const curves = useMemo<Curve[] | null>(() => {
    if (texts.some((text) => text === null) || starts.some((start) => !(start > 0))) return null
    return texts.map((text, index) => {
      const start = starts[index] ?? 1
      const dots = thinned(readEquity(text ?? ''), (dot) => dot.equity, mostPoints)
      const [token, dash] = looks[index] ?? ['--text-2', 'solid']
      const points = dots.map((dot) => ({ time: dot.time, value: 100 * (dot.equity / start - 1) }))
      return { key: ids[index] ?? String(index), label: letters[index] ?? '', token, dash, points }
    })
  }, [texts.join('\n').length, starts.join(), ids.join()])
  const failed = files.find((file) => file.isError) ?? runs.find((run) => run.isError)
  return (
    <section aria-label={t('comparison')} className="border-b border-line px-4 py-3 max-sm:px-3">
      <div className="flex items-center justify-between gap-2 pb-2">
        <h2 className="text-em font-semibold">{t('comparison')}</h2>
        <Button small variant="ghost" onClick={() => onChange([])}>
          {t('endComparison')}
        </Button>
      </div>
      {failed?.error ? (
        <ErrorState what={t('comparisonFailed')} error={failed.error} retry={() => void failed.refetch()} />
      ) : (
        <div className="h-80 max-sm:h-64">
          {curves === null ? (
            <Skeleton className="h-full" />
          ) : (
            <Suspense fallback={<Skeleton className="h-full" />}>
              <CurvesChart
                label={t('comparisonLabel')}
                curves={curves}
                falls={noFalls}
                decimals={1}
                zone={zone}
                locale={locale}
                look={look}
              />
            </Suspense>
          )}
        </div>
      )}
      <p className="pb-2 text-table text-text-3">{t('comparisonHint')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, also by keyboard */}
      <section aria-label={t('comparisonTable')} tabIndex={0} className="relative overflow-x-auto">
        <Figures runs={runs.map((run) => run.data)} ids={ids} onChange={onChange} />
      </section>
    </section>
  )
}

type FiguresProps = Props & { runs: readonly (Run | undefined)[] }

function Figures({ runs, ids, onChange }: FiguresProps) {
  const { t } = useTranslation('lab')
  const figure = useFigures()
  const names = cards.filter(([name]) => name !== 'exposure' && name !== 'fees')
  return (
    <Table label={t('comparisonTable')}>
      <thead>
        <tr>
          <Th className="pl-0">{t('run')}</Th>
          {names.map(([name]) => (
            <Th key={name} align="right">
              {t(`metric_${name}`)}
            </Th>
          ))}
          <Th className="pr-0">
            <span className="sr-only">{t('actions')}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {ids.map((id, index) => {
          const run = runs[index]
          const figures: Metrics | undefined = run?.summary?.figures
          const [token, dash] = looks[index] ?? ['--text-2', 'solid' as const]
          return (
            <Tr key={id} data-compared={letters[index]}>
              <Td className="pl-0">
                <span className="inline-flex items-center gap-2">
                  <svg width="28" height="8" aria-hidden="true">
                    <line
                      x1="0"
                      y1="4"
                      x2="28"
                      y2="4"
                      stroke={`var(${token})`}
                      strokeWidth="2"
                      strokeDasharray={strokes[dash]}
                    />
                  </svg>
                  <b>{letters[index]}</b> {run?.strategy.name} · {run?.symbols.join(', ')} · {run?.timeframe}
                </span>
              </Td>
              {names.map(([name, shape]: readonly [string, Shape]) => (
                <Td key={name} align="right" className={shape === 'signedPercent' ? toneOf(figures?.[name]) : ''}>
                  {figure(figures?.[name], shape)}
                </Td>
              ))}
              <Td align="right" className="pr-0">
                <IconButton
                  label={t('takeOut', { letter: letters[index] ?? '' })}
                  icon={<X size={14} strokeWidth={1.75} aria-hidden />}
                  onClick={() => onChange(ids.filter((each) => each !== id))}
                />
              </Td>
            </Tr>
          )
        })}
      </tbody>
    </Table>
  )
}
