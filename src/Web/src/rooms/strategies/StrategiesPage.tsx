import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { FileUp, FlaskConical, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deleteStrategy, everyList, type StrategyItem, strategiesQuery } from '@/api/strategies'
import { Button, IconButton } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { ConfirmDialog } from '@/ui/Dialog'
import { useLanguageCode } from '@/ui/prefs'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { notify, useNotifyProblem } from '@/ui/toast'
import { useTitle } from '@/ui/useTitle'
import { handOver } from './imported'
import { JsonDialog } from './parts/JsonDialog'

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true }
const primary = 'inline-flex h-control items-center gap-2 rounded-md px-3 whitespace-nowrap'

export function StrategiesPage() {
  const { t } = useTranslation('strategies')
  const go = useNavigate()
  const all = useQuery(strategiesQuery(useLanguageCode()))
  const [importing, setImporting] = useState(false)
  const [leaving, setLeaving] = useState<StrategyItem | null>(null)
  useTitle(t('title'))
  const own = (all.data ?? []).filter((each) => !each.builtIn)
  const builtIn = (all.data ?? []).filter((each) => each.builtIn)
  const fresh = (
    <Link
      to="/strategies/$id"
      params={{ id: 'new' }}
      search={{}}
      className={`${primary} bg-primary font-semibold text-on-primary hover:opacity-90`}
    >
      <Plus {...icon} />
      {t('newStrategy')}
    </Link>
  )
  return (
    <div className="flex shrink-0 grow flex-col bg-bg1">
      <header className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-2 max-sm:px-3">
        <h1 className="text-em font-semibold">{t('title')}</h1>
        <span className="flex flex-wrap gap-2">
          <Button onClick={() => setImporting(true)}>
            <FileUp {...icon} />
            {t('importJson')}
          </Button>
          {fresh}
        </span>
      </header>
      {all.isError ? (
        <ErrorState what={t('listFailed')} error={all.error} retry={() => void all.refetch()} />
      ) : all.data === undefined ? (
        <SkeletonRows rows={8} />
      ) : (
        <>
          <section aria-labelledby="own-strategies">
            <h2 id="own-strategies" className="px-4 pt-4 pb-1 font-semibold max-sm:px-3">
              {t('yours')}
            </h2>
            {own.length === 0 ? (
              <EmptyState text={t('noneYet')} className="max-sm:px-3" />
            ) : (
              <Own all={own} onDelete={setLeaving} />
            )}
          </section>
          <section aria-labelledby="starting-points" className="pb-6">
            <h2 id="starting-points" className="px-4 pt-6 font-semibold max-sm:px-3">
              {t('builtIn')}
            </h2>
            <p className="px-4 pt-1 pb-3 text-table text-text-3 max-sm:px-3">{t('builtInHint')}</p>
            <ul className="grid border-t border-line sm:grid-cols-2 xl:grid-cols-3">
              {builtIn.map((each) => (
                <BuiltIn key={each.id} strategy={each} />
              ))}
            </ul>
          </section>
        </>
      )}
      {importing ? (
        <JsonDialog
          document={null}
          onClose={() => setImporting(false)}
          onTake={(document) => {
            handOver(document)
            void go({ to: '/strategies/$id', params: { id: 'new' }, search: { from: 'file' } })
          }}
        />
      ) : null}
      {leaving === null ? null : <Delete strategy={leaving} onClose={() => setLeaving(null)} />}
    </div>
  )
}

function Own({ all, onDelete }: { all: readonly StrategyItem[]; onDelete: (strategy: StrategyItem) => void }) {
  const { t } = useTranslation('strategies')
  return (
    <Table label={t('yours')}>
      <thead className="max-sm:sr-only">
        <tr>
          <Th className="pl-4">{t('name')}</Th>
          <Th>{t('timeframe')}</Th>
          <Th>{t('version')}</Th>
          <Th>{t('changedAt')}</Th>
          <Th align="right" className="pr-4">
            <span className="sr-only">{t('actions')}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {all.map((each) => (
          <Tr key={each.id} data-strategy={each.id}>
            <Td className="max-w-0 pl-4 sm:w-1/2 max-sm:w-full max-sm:pl-3">
              <Link
                to="/strategies/$id"
                params={{ id: each.id }}
                search={{}}
                className="block truncate text-body font-semibold underline-offset-4 hover:underline"
              >
                {each.name === '' ? t('unnamed') : each.name}
              </Link>
              <span className="text-text-3 sm:hidden">
                {each.document.timeframe} · {t('versionNumber', { n: each.version })}
              </span>
            </Td>
            <Td className="max-sm:hidden">{each.document.timeframe}</Td>
            <Td className="max-sm:hidden">{each.version}</Td>
            <Td className="text-text-2 max-sm:hidden">
              {each.updatedAt === null ? null : <Time at={each.updatedAt} />}
            </Td>
            <Td align="right" className="pr-4 max-sm:pr-3">
              <span className="inline-flex items-center gap-1">
                <Link
                  to="/lab"
                  search={{ strategy: each.id }}
                  aria-label={t('testNamed', { name: each.name })}
                  title={t('testNamed', { name: each.name })}
                  className="grid size-8 place-items-center rounded-md text-text-2 hover:bg-bg2 hover:text-text-1 max-sm:size-11"
                >
                  <FlaskConical {...icon} />
                </Link>
                <IconButton
                  label={t('deleteNamed', { name: each.name })}
                  icon={<Trash2 {...icon} />}
                  onClick={() => onDelete(each)}
                />
              </span>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function BuiltIn({ strategy }: { strategy: StrategyItem }) {
  const { t } = useTranslation('strategies')
  const { name, description } = strategy
  return (
    <li data-built-in={strategy.id} className="flex flex-col gap-2 border-b border-line px-4 py-3 max-sm:px-3">
      <span className="flex items-baseline justify-between gap-2">
        <h3 className="font-semibold">{name}</h3>
        <span className="text-table text-text-3">{strategy.document.timeframe}</span>
      </span>
      {description === null ? null : <p className="grow text-text-2">{description}</p>}
      <code className="font-mono text-table break-words text-text-3">{strategy.document.enter}</code>
      <span className="flex flex-wrap gap-2">
        <Link
          to="/strategies/$id"
          params={{ id: 'new' }}
          search={{ from: strategy.id }}
          aria-label={t('startFrom', { name })}
          className={`${primary} border border-line-strong hover:bg-bg2`}
        >
          {t('start')}
        </Link>
        <Link
          to="/lab"
          search={{ strategy: strategy.id }}
          aria-label={t('testNamed', { name })}
          className={`${primary} text-text-2 hover:bg-bg2`}
        >
          {t('test')}
        </Link>
      </span>
    </li>
  )
}

function Delete({ strategy, onClose }: { strategy: StrategyItem; onClose: () => void }) {
  const { t } = useTranslation('strategies')
  const client = useQueryClient()
  const failed = useNotifyProblem()
  const remove = useMutation({
    mutationFn: () => deleteStrategy(strategy.id),
    onSuccess: () => notify.done(t('deleted', { name: strategy.name })),
    onError: failed,
    onSettled: () => {
      onClose()
      return client.invalidateQueries(everyList)
    },
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('deleteTitle', { name: strategy.name })}
      description={t('deleteText')}
      confirm={t('delete')}
      confirmVariant="danger"
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  )
}
