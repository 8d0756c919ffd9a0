import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Trash2, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { backtestsQuery, endRun, isOver, type Kind, type Run, sweepsQuery } from '@/api/backtests'
import { Button, IconButton } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { useNotifyProblem } from '@/ui/toast'
import { mostCompared } from '../model/form'
import { toneOf, useFigures } from '../words'
import { Progress } from './Progress'

type Props = { compared: readonly string[]; onCompare: (ids: readonly string[]) => void }

const icon = { size: 14, strokeWidth: 1.75, 'aria-hidden': true }
const fallbackMs = 5_000
const named = (run: Run) => (run.strategy.name === '' ? '\u2013' : run.strategy.name)

/** Asked for, running and done, newest first. The stream keeps it fresh; a slow question stands in while it is away. */
export function Runs({ compared, onCompare }: Props) {
  const { t } = useTranslation('lab')
  const kinds: readonly Kind[] = ['backtest', 'sweep']
  return (
    <>
      {kinds.map((kind) => (
        <section key={kind} aria-labelledby={`runs-${kind}`} className="pb-4">
          <div className="flex min-h-12 flex-wrap items-center justify-between gap-2 px-4 pt-2 max-sm:px-3">
            <h2 id={`runs-${kind}`} className="text-em font-semibold">
              {t(kind === 'sweep' ? 'sweeps' : 'tests')}
            </h2>
            {kind === 'backtest' && compared.length > 0 ? (
              <span className="flex items-center gap-2 text-table text-text-2">
                {t('chosen', { count: compared.length, most: mostCompared })}
                <Button small variant="ghost" onClick={() => onCompare([])}>
                  {t('chooseNone')}
                </Button>
              </span>
            ) : null}
          </div>
          <List kind={kind} compared={compared} onCompare={onCompare} />
        </section>
      ))}
    </>
  )
}

function useRuns(kind: Kind) {
  const busy = (query: { state: { data?: readonly Run[] | undefined } }) =>
    query.state.data?.some((run) => !isOver(run.status)) ? fallbackMs : false
  const tests = useQuery({ ...backtestsQuery, enabled: kind === 'backtest', refetchInterval: busy })
  const sweeps = useQuery({ ...sweepsQuery, enabled: kind === 'sweep', refetchInterval: busy })
  const { data, error, refetch } = kind === 'sweep' ? sweeps : tests
  return { data: data as readonly Run[] | undefined, error, refetch }
}

function List({ kind, compared, onCompare }: Props & { kind: Kind }) {
  const { t } = useTranslation('lab')
  const runs = useRuns(kind)
  if (runs.error !== null)
    return <ErrorState what={t('runsFailed')} error={runs.error} retry={() => void runs.refetch()} />
  if (runs.data === undefined) return <SkeletonRows rows={4} />
  if (runs.data.length === 0)
    return <EmptyState text={t(kind === 'sweep' ? 'noSweeps' : 'noTests')} className="py-2! max-sm:px-3" />
  const sweep = kind === 'sweep'
  return (
    <Table label={t(sweep ? 'sweeps' : 'tests')}>
      <thead className="max-sm:sr-only">
        <tr>
          <Th className="pl-4">{t(sweep ? 'strategy' : 'compareColumn')}</Th>
          <Th>{t('pairs')}</Th>
          <Th className="max-xl:hidden">{t('span')}</Th>
          <Th align="right">{t(sweep ? 'combinationsShort' : 'metric_return')}</Th>
          {sweep ? null : (
            <>
              <Th align="right">{t('metric_maxDrawdown')}</Th>
              <Th align="right" className="max-xl:hidden">
                {t('metric_sharpe')}
              </Th>
              <Th align="right" className="max-xl:hidden">
                {t('metric_trades')}
              </Th>
            </>
          )}
          <Th>{t('status')}</Th>
          <Th align="right" className="pr-4">
            <span className="sr-only">{t('actions')}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {runs.data.map((run) => (
          <Row key={run.id} run={run} kind={kind} compared={compared} onCompare={onCompare} />
        ))}
      </tbody>
    </Table>
  )
}

function Row({ run, kind, compared, onCompare }: Props & { run: Run; kind: Kind }) {
  const { t } = useTranslation('lab')
  const figure = useFigures()
  const isChosen = compared.includes(run.id)
  const name = named(run)
  const summary = run.summary?.figures ?? null
  const to = kind === 'sweep' ? '/lab/sweep/$run' : '/lab/$run'
  const combinations = 'combinations' in run && typeof run.combinations === 'number' ? run.combinations : null
  const result = kind === 'sweep' ? figure(combinations, 'count') : figure(summary?.return, 'signedPercent')
  return (
    <Tr data-run={run.id} data-status={run.status}>
      <Td className="w-2/5 max-w-0 py-1 pl-4 max-sm:w-full max-sm:pl-3">
        <span className="flex items-center gap-2">
          {kind === 'backtest' ? (
            <input
              type="checkbox"
              aria-label={t('compareNamed', { name, pairs: run.symbols.join(', ') })}
              checked={isChosen}
              disabled={run.status !== 'done' || (!isChosen && compared.length >= mostCompared)}
              onChange={() => onCompare(isChosen ? compared.filter((id) => id !== run.id) : [...compared, run.id])}
              className="size-4 shrink-0 accent-(--primary) max-sm:size-6"
            />
          ) : null}
          <span className="min-w-0">
            <Link
              to={to}
              params={{ run: run.id }}
              search={{}}
              className="block truncate text-body font-semibold underline-offset-4 hover:underline"
            >
              {name}
            </Link>
            <span className="block truncate text-text-3">
              {run.timeframe} · <Time at={run.createdAt} />
              <span className="sm:hidden"> · {run.symbols.join(', ')}</span>
            </span>
            <span className="block sm:hidden">
              {isOver(run.status) ? (
                <Ended run={run} />
              ) : (
                <Progress
                  label={t('progressOf', { name })}
                  value={run.progress}
                  status={run.status}
                  queuePosition={run.queuePosition}
                />
              )}
              {run.status === 'done' ? (
                <span className={`pl-2 ${toneOf(summary?.return)}`}>
                  {kind === 'sweep' ? t('combinations', { count: combinations ?? 0, n: result }) : result}
                </span>
              ) : null}
            </span>
          </span>
        </span>
      </Td>
      <Td className="max-w-32 truncate max-sm:hidden" title={run.symbols.join(', ')}>
        {run.symbols.length > 2 ? t('pairsCount', { count: run.symbols.length }) : run.symbols.join(', ')}
      </Td>
      <Td className="text-text-2 max-xl:hidden">
        <Time at={run.from} style="date" /> – <Time at={run.to} style="date" />
      </Td>
      <Td align="right" className={`max-sm:hidden ${kind === 'sweep' ? '' : toneOf(summary?.return)}`}>
        {result}
      </Td>
      {kind === 'sweep' ? null : (
        <>
          <Td align="right" className="max-sm:hidden">
            {figure(summary?.maxDrawdown, 'percent')}
          </Td>
          <Td align="right" className="max-xl:hidden">
            {figure(summary?.sharpe, 'number')}
          </Td>
          <Td align="right" className="max-xl:hidden">
            {figure(summary?.trades, 'count')}
          </Td>
        </>
      )}
      <Td className="max-sm:hidden">
        {isOver(run.status) ? (
          <Ended run={run} />
        ) : (
          <Progress
            label={t('progressOf', { name })}
            value={run.progress}
            status={run.status}
            queuePosition={run.queuePosition}
          />
        )}
      </Td>
      <Td align="right" className="pr-4 max-sm:pr-2">
        <EndButton run={run} kind={kind} />
      </Td>
    </Tr>
  )
}

function Ended({ run }: { run: Run }) {
  const { t } = useTranslation('lab')
  const tone = run.status === 'failed' ? 'text-down' : run.status === 'canceled' ? 'text-text-3' : 'text-text-2'
  return (
    <span className={tone} title={run.error?.detail ?? undefined}>
      {t(`status_${run.status}`)}
    </span>
  )
}

/** Cancels what is under way; what has ended is deleted. */
export function EndButton({ run, kind, onDone }: { run: Run; kind: Kind; onDone?: () => void }) {
  const { t } = useTranslation('lab')
  const client = useQueryClient()
  const failed = useNotifyProblem()
  const over = isOver(run.status)
  const end = useMutation({
    mutationFn: () => endRun(kind, run.id),
    onSuccess: () => onDone?.(),
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: ['backtests', kind] }),
  })
  return (
    <IconButton
      label={t(over ? 'deleteRun' : 'cancelRun', { name: named(run) })}
      icon={over ? <Trash2 {...icon} /> : <X {...icon} />}
      disabled={end.isPending}
      onClick={() => end.mutate()}
    />
  )
}
