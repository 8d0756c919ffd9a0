import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FlaskConical } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { backtestsQuery, startRun, startSweep, sweepsQuery } from '@/api/backtests'
import { problemOf, useProblemText } from '@/api/problem'
import type { StrategyItem } from '@/api/strategies'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { useLocale } from '@/ui/prefs'
import { Segmented } from '@/ui/Segmented'
import { Select } from '@/ui/Select'
import { type Draft, type Field, faultsOf, requestOf, sweepOf } from '../model/form'
import { Missing } from './Missing'
import { Pairs } from './Pairs'
import { Ranges } from './Ranges'

type Props = { strategies: readonly StrategyItem[]; draft: Draft; onDraft: (draft: Draft) => void }

const frames = ['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d', '3d', '1w'] as const

/** What to test. Nothing is sent while a field says what is missing. */
export function TestForm({ strategies, draft, onDraft }: Props) {
  const { t } = useTranslation('lab')
  const locale = useLocale()
  const go = useNavigate()
  const client = useQueryClient()
  const problem = useProblemText()
  const [tried, setTried] = useState(false)
  const sent = useRef({ text: '', key: '' })
  const strategy = strategies.find((each) => each.id === draft.strategyId) ?? null
  const document = strategy?.document ?? null
  const set = (patch: Partial<Draft>) => onDraft({ ...draft, ...patch })
  const faults = faultsOf(draft, locale)
  const start = useMutation({
    mutationFn: async () => {
      const text = JSON.stringify(sweepOf(draft, document, locale))
      // The same test sent again after a broken answer is one run; once there is an answer the key is used up.
      if (sent.current.text !== text) sent.current = { text, key: crypto.randomUUID() }
      const { key } = sent.current
      const run = draft.sweep
        ? await startSweep(sweepOf(draft, document, locale), key)
        : await startRun(requestOf(draft, document, locale), key)
      sent.current = { text: '', key: '' }
      return run
    },
    onSuccess: (run) => {
      void client.invalidateQueries({ queryKey: (draft.sweep ? sweepsQuery : backtestsQuery).queryKey })
      if (draft.sweep) void go({ to: '/lab/sweep/$run', params: { run: run.id } })
      else void go({ to: '/lab/$run', params: { run: run.id }, search: {} })
    },
  })
  const refused = start.error === null ? null : problemOf(start.error)
  const known: readonly Field[] = ['strategyId', 'symbols', 'from', 'to', 'cash', 'fee', 'slippage']
  const wrong = (field: Field): string | null => {
    const own = faults.find((fault) => fault.field === field)
    if (own !== undefined && (tried || field === 'to')) return t(`fault_${own.code}`)
    return refused?.field === field && refused.code !== 'data_missing' ? problem(start.error) : null
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (faults.length === 0 && !start.isPending) start.mutate()
  }
  const text = (field: 'cash' | 'fee' | 'slippage', unit: string) => (
    <TextField
      label={t(field)}
      unit={unit}
      inputMode="decimal"
      autoComplete="off"
      value={draft[field]}
      error={wrong(field)}
      onChange={(event) => set({ [field]: event.target.value })}
    />
  )
  const own = document?.timeframe ?? ''
  const said = draft.split >= 100 ? t('noSplit') : t('splitSaid', { inside: draft.split, outside: 100 - draft.split })
  return (
    <form onSubmit={submit} noValidate aria-label={t('form')} className="flex flex-col gap-3 p-4 max-sm:p-3">
      <Segmented
        label={t('what')}
        value={draft.sweep ? 'sweep' : 'backtest'}
        options={[
          { value: 'backtest', label: t('oneTest') },
          { value: 'sweep', label: t('sweep') },
        ]}
        onChange={(what) => set({ sweep: what === 'sweep' })}
      />
      <Select
        label={t('strategy')}
        value={draft.strategyId}
        error={wrong('strategyId')}
        options={[
          { value: '', label: t('choose') },
          ...strategies.map((each) => ({
            value: each.id,
            label: each.builtIn
              ? t('builtInNamed', { name: each.name })
              : t('ownNamed', { name: each.name, n: each.version }),
          })),
        ]}
        onChange={(strategyId) => set({ strategyId, timeframe: '', ranges: {} })}
      />
      <Pairs symbols={draft.symbols} error={wrong('symbols')} onChange={(symbols) => set({ symbols })} />
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t('from')}
          hint={t('utcDay')}
          type="date"
          value={draft.from}
          error={wrong('from')}
          onChange={(event) => set({ from: event.target.value })}
        />
        <TextField
          label={t('to')}
          hint={t('utcDay')}
          type="date"
          value={draft.to}
          error={wrong('to')}
          onChange={(event) => set({ to: event.target.value })}
        />
        <Select
          label={t('timeframe')}
          value={draft.timeframe === '' ? own : draft.timeframe}
          options={(own === '' ? ['–'] : frames).map((each) => ({
            value: each as string,
            label: each === own && each !== '' ? t('ownFrame', { frame: each }) : each,
          }))}
          onChange={(timeframe) => set({ timeframe: timeframe === own ? '' : timeframe })}
        />
        <Select
          label={t('detail')}
          hint={t('detailHint')}
          value={draft.detail}
          options={[
            { value: '', label: t('noDetail') },
            ...frames.slice(0, 6).map((each) => ({ value: each as string, label: each })),
          ]}
          onChange={(detail) => set({ detail })}
        />
        {text('cash', 'USDT')}
        {text('fee', '%')}
        {text('slippage', '%')}
      </div>
      <div>
        <p className="flex justify-between gap-2 text-table text-text-2">
          <span>{t('split')}</span>
          <span data-testid="split">{said}</span>
        </p>
        <input
          type="range"
          aria-label={t('split')}
          aria-valuetext={said}
          min={50}
          max={100}
          step={5}
          value={draft.split}
          onChange={(event) => set({ split: Number(event.target.value) })}
          className="h-6 w-full accent-(--text-1) max-sm:h-11"
        />
        <p className="text-label text-text-3">{t('splitHint')}</p>
      </div>
      {draft.sweep ? <Ranges draft={draft} document={document} tried={tried} onChange={set} /> : null}
      <Missing
        symbols={draft.symbols}
        interval={draft.timeframe === '' ? own : draft.timeframe}
        detail={draft.detail}
        from={draft.from}
        to={draft.to}
        accepted={draft.acceptGaps}
        onAccept={(acceptGaps) => set({ acceptGaps })}
      />
      {refused === null || known.some((field) => field === refused.field && refused.code !== 'data_missing') ? null : (
        <p role="alert" className="text-down">
          {problem(start.error)}
        </p>
      )}
      <Button type="submit" variant="primary" busy={start.isPending}>
        <FlaskConical size={16} strokeWidth={1.75} aria-hidden />
        {t(draft.sweep ? 'runSweep' : 'run')}
      </Button>
    </form>
  )
}
