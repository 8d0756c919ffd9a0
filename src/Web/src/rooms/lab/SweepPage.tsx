import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOver, type SweepRow, type SweepRun, sweepQuery, sweepRowsQuery } from '@/api/backtests'
import { Button } from '@/ui/Button'
import { downloadCsv, toCsv } from '@/ui/csv'
import { Select } from '@/ui/Select'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { useTitle } from '@/ui/useTitle'
import { rankings, sweptNames, valuesOf } from './model/heat'
import { BestRows } from './parts/BestRows'
import { HeatMap } from './parts/HeatMap'
import { Progress } from './parts/Progress'
import { RunHeader } from './parts/RunHeader'
import { Stopped } from './RunPage'
import { useJobs } from './useJobs'

const fallbackMs = 3_000

/** A sweep: every combination as a cell of a map, and the best ones as a list. */
export function SweepPage() {
  const { t } = useTranslation('lab')
  const { run: id } = useParams({ from: '/lab/sweep/$run' })
  const go = useNavigate()
  const run = useQuery({
    ...sweepQuery(id),
    refetchInterval: (query) =>
      query.state.data !== undefined && !isOver(query.state.data.status) ? fallbackMs : false,
  })
  useTitle(run.data?.strategy.name ?? t('title'))
  useJobs()
  if (run.isError) return <ErrorState what={t('runFailed')} error={run.error} retry={() => void run.refetch()} />
  if (run.data === undefined) return <SkeletonRows rows={10} />
  return (
    <div className="flex min-h-0 grow flex-col overflow-y-auto bg-bg1" data-run={id} data-status={run.data.status}>
      <RunHeader run={run.data} kind="sweep" onDeleted={() => void go({ to: '/lab', search: {} })} />
      {run.data.status === 'done' ? (
        <Done run={run.data} />
      ) : isOver(run.data.status) ? (
        <Stopped run={run.data} />
      ) : (
        <div className="max-w-xl p-4 max-sm:p-3">
          <Progress
            label={t('progressOf', { name: run.data.strategy.name })}
            value={run.data.progress}
            status={run.data.status}
            queuePosition={run.data.queuePosition}
          />
          <p className="pt-2 text-table text-text-3">{t('mayLeave')}</p>
        </div>
      )}
    </div>
  )
}

function Done({ run }: { run: SweepRun }) {
  const { t } = useTranslation('lab')
  const rows = useQuery(sweepRowsQuery(run.id))
  if (rows.isError) return <ErrorState what={t('reportFailed')} error={rows.error} retry={() => void rows.refetch()} />
  if (rows.data === undefined) return <SkeletonRows rows={12} />
  if (rows.data.length === 0) return <EmptyState text={t('noCombinations')} />
  return <Result run={run} rows={rows.data} />
}

function Result({ run, rows }: { run: SweepRun; rows: readonly SweepRow[] }) {
  const { t } = useTranslation('lab')
  const swept = sweptNames(rows)
  // In the order they were asked for; an input with one value makes no axis.
  const asked = Object.keys(run.set)
  const all = swept.length === 0 ? asked : asked.filter((name) => swept.includes(name))
  const [metric, setMetric] = useState(run.rank)
  const [x, setX] = useState(all[0] ?? '')
  const [y, setY] = useState(all[1] ?? '')
  const [fixed, setFixed] = useState<Record<string, number>>(() => ({ ...run.best?.inputs }))
  const rest = all.filter((name) => name !== x && name !== y)
  const names = all.map((name) => ({ value: name, label: name }))
  const save = () => {
    const inputs = Object.keys(rows[0]?.inputs ?? {})
    const metrics = Object.keys(rows[0]?.metrics ?? {})
    const lines = rows.map((row) => [
      ...inputs.map((name) => String(row.inputs[name] ?? '')),
      ...metrics.map((name) =>
        row.metrics[name] === null || row.metrics[name] === undefined ? '' : String(row.metrics[name]),
      ),
    ])
    downloadCsv(`lastro-sweep-${run.id}.csv`, toCsv([...inputs, ...metrics], lines))
  }
  return (
    <>
      <div className="flex flex-wrap items-end gap-3 px-4 py-3 max-sm:grid max-sm:grid-cols-2 max-sm:px-3">
        <Select
          label={t('figure')}
          className="w-44 max-sm:w-auto"
          value={metric}
          options={rankings.map((each) => ({ value: each as string, label: t(`metric_${each}`) }))}
          onChange={setMetric}
        />
        <Select
          label={t('across')}
          className="w-36 max-sm:w-auto"
          value={x}
          options={names}
          onChange={(next) => {
            setX(next)
            if (next === y) setY(x)
          }}
        />
        {all.length > 1 ? (
          <Select
            label={t('down')}
            className="w-36 max-sm:w-auto"
            value={y}
            options={names}
            onChange={(next) => {
              setY(next)
              if (next === x) setX(y)
            }}
          />
        ) : null}
        {rest.map((name) => (
          <Select
            key={name}
            label={name}
            className="w-28 max-sm:w-auto"
            value={String(fixed[name] ?? valuesOf(rows, name)[0] ?? '')}
            options={valuesOf(rows, name).map((value) => ({ value: String(value), label: String(value) }))}
            onChange={(value) => setFixed({ ...fixed, [name]: Number(value) })}
          />
        ))}
        <Button variant="ghost" onClick={save} className="sm:ml-auto">
          {t('sweepCsv')}
        </Button>
      </div>
      <p className="px-4 pb-2 text-table text-text-2 max-sm:px-3">{t('sweepHint', { count: rows.length })}</p>
      <HeatMap
        rows={rows}
        x={x}
        y={all.length > 1 ? y : null}
        metric={metric}
        fixed={Object.fromEntries(rest.map((name) => [name, fixed[name] ?? valuesOf(rows, name)[0] ?? 0]))}
      />
      <BestRows run={run} rows={rows} metric={metric} inputs={asked} />
    </>
  )
}
