import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { strategiesQuery } from '@/api/strategies'
import { lastSymbol } from '@/ui/lastSymbol'
import { useLanguageCode } from '@/ui/prefs'
import { ErrorState, SkeletonRows } from '@/ui/states'
import { useTitle } from '@/ui/useTitle'
import { readDraft, writeDraft } from './draftStore'
import { type Draft, emptyDraft, mostCompared } from './model/form'
import { Compare } from './parts/Compare'
import { Runs } from './parts/Runs'
import { TestForm } from './parts/TestForm'
import { useJobs } from './useJobs'

/** The form on one side, what was asked for on the other. */
export function LabPage() {
  const { t } = useTranslation('lab')
  const search = useSearch({ from: '/lab' })
  const go = useNavigate({ from: '/lab' })
  const strategies = useQuery(strategiesQuery(useLanguageCode()))
  useTitle(t('title'))
  useJobs()
  const [draft, setDraft] = useState<Draft>(() => {
    const first = readDraft() ?? { ...emptyDraft(Date.now()), symbols: [lastSymbol() ?? 'BTCUSDT'] }
    return {
      ...first,
      ...(search.strategy === undefined ? {} : { strategyId: search.strategy, timeframe: '', ranges: {} }),
      ...(search.pair === undefined ? {} : { symbols: [search.pair] }),
    }
  })
  useEffect(() => writeDraft(draft), [draft])
  const compared = (search.compare ?? '')
    .split(',')
    .filter((id) => id !== '')
    .slice(0, mostCompared)
  const compare = (ids: readonly string[]) => {
    const { compare: _before, ...rest } = search
    void go({ search: ids.length === 0 ? rest : { ...rest, compare: ids.join(',') }, replace: true })
  }
  return (
    <div className="grid grow grid-cols-[minmax(0,1fr)] bg-bg1 max-lg:shrink-0 max-lg:content-start lg:min-h-0 lg:grid-cols-[24rem_minmax(0,1fr)]">
      <h1 className="sr-only">{t('title')}</h1>
      <section aria-label={t('newTest')} className="min-w-0 border-line max-lg:border-b lg:overflow-y-auto lg:border-r">
        {strategies.isError ? (
          <ErrorState what={t('strategiesFailed')} error={strategies.error} retry={() => void strategies.refetch()} />
        ) : strategies.data === undefined ? (
          <SkeletonRows rows={10} />
        ) : (
          <TestForm strategies={strategies.data} draft={draft} onDraft={setDraft} />
        )}
      </section>
      <div className="min-w-0 lg:overflow-y-auto">
        {compared.length > 1 ? <Compare ids={compared} onChange={compare} /> : null}
        <Runs compared={compared} onCompare={compare} />
      </div>
    </div>
  )
}
