import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { strategyQuery } from '@/api/strategies'
import { useLanguageCode } from '@/ui/prefs'
import { ErrorState, SkeletonRows } from '@/ui/states'
import { Editor } from './Editor'
import { takeImported } from './imported'
import { blank } from './model/document'

/** /strategies/new (blank, from a built-in or from a file) and /strategies/<id>. */
export function StrategyPage() {
  const { t } = useTranslation('strategies')
  const { id } = useParams({ from: '/strategies/$id' })
  const { from } = useSearch({ from: '/strategies/$id' })
  if (id !== 'new') return <Known key={id} id={id} />
  if (from === 'file') return <Editor key="file" strategy={null} initial={takeImported() ?? blank(t('newName'))} />
  return from === undefined ? (
    <Editor key="new" strategy={null} initial={blank(t('newName'))} />
  ) : (
    <Known key={from} id={from} />
  )
}

/** A built-in strategy is where one starts from: saving it makes a strategy of one's own. */
function Known({ id }: { id: string }) {
  const { t } = useTranslation('strategies')
  const strategy = useQuery({ ...strategyQuery(id, useLanguageCode()), refetchOnWindowFocus: false })
  if (strategy.isError)
    return <ErrorState what={t('strategyFailed')} error={strategy.error} retry={() => void strategy.refetch()} />
  if (strategy.data === undefined) return <SkeletonRows rows={10} />
  const { builtIn, document } = strategy.data
  return <Editor strategy={builtIn ? null : strategy.data} initial={document} />
}
