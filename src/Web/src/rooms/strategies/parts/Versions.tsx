import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  everyList,
  restoreVersion,
  type StrategyDocument,
  type StrategyItem,
  versionQuery,
  versionsQuery,
} from '@/api/strategies'
import { useTimeFormat } from '@/i18n/time'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Select } from '@/ui/Select'
import { ErrorState, SkeletonRows } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { notify, useNotifyProblem } from '@/ui/toast'
import { changesOf } from '../model/diff'

type Props = {
  id: string
  /** What is on screen, saved or not. */
  document: StrategyDocument
  onRestored: (strategy: StrategyItem) => void
  onClose: () => void
}

const screen = 'now'

/** Any two versions side by side, and the way back to one. */
export function Versions({ id, document, onRestored, onClose }: Props) {
  const { t } = useTranslation('strategies')
  const format = useTimeFormat()
  const versions = useQuery(versionsQuery(id))
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState(screen)
  const items = versions.data ?? []
  const first = from ?? String(items[0]?.version ?? 1)
  const options = items.map((item) => ({
    value: String(item.version),
    label: `${t('versionNumber', { n: item.version })} · ${item.createdAt === null ? '' : format(item.createdAt)}`,
  }))
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('versions')}
      description={t('versionsHint')}
    >
      {versions.isError ? (
        <ErrorState what={t('versionsFailed')} error={versions.error} retry={() => void versions.refetch()} />
      ) : versions.data === undefined ? (
        <SkeletonRows rows={4} />
      ) : (
        <>
          <div className="grid grid-cols-2 gap-3">
            <Select label={t('compareFrom')} value={first} options={options} onChange={setFrom} />
            <Select
              label={t('compareTo')}
              value={to}
              options={[{ value: screen, label: t('onScreen') }, ...options]}
              onChange={setTo}
            />
          </div>
          <Compared id={id} from={first} to={to} document={document} />
          <Restore id={id} version={Number(first)} newest={items[0]?.version ?? 1} onRestored={onRestored} />
        </>
      )}
    </Dialog>
  )
}

type ComparedProps = { id: string; from: string; to: string; document: StrategyDocument }

function Compared({ id, from, to, document }: ComparedProps) {
  const { t } = useTranslation('strategies')
  const left = useQuery(versionQuery(id, Number(from)))
  const right = useQuery({ ...versionQuery(id, Number(to)), enabled: to !== screen })
  const other = to === screen ? document : right.data?.document
  if (left.isError || right.isError) return <ErrorState what={t('versionsFailed')} error={left.error ?? right.error} />
  if (left.data === undefined || other === undefined) return <SkeletonRows rows={3} />
  const changes = changesOf(left.data.document, other)
  if (changes.length === 0) return <p className="text-text-2">{t('noChanges')}</p>
  return (
    <div className="max-h-[40dvh] overflow-auto">
      <Table label={t('changes')}>
        <thead>
          <tr>
            <Th className="pl-0">{t('field')}</Th>
            <Th>{t('versionNumber', { n: from })}</Th>
            <Th>{to === screen ? t('onScreen') : t('versionNumber', { n: to })}</Th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <Tr key={change.field} data-change={change.field}>
              <Td className="pl-0 align-top font-mono">{change.field}</Td>
              <Td className="align-top break-words whitespace-normal">
                {change.from === null ? <span className="text-text-3">{t('none')}</span> : <del>{change.from}</del>}
              </Td>
              <Td className="align-top break-words whitespace-normal">
                {change.to === null ? (
                  <span className="text-text-3">{t('none')}</span>
                ) : (
                  <ins className="font-semibold no-underline">{change.to}</ins>
                )}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}

type RestoreProps = { id: string; version: number; newest: number; onRestored: (strategy: StrategyItem) => void }

function Restore({ id, version, newest, onRestored }: RestoreProps) {
  const { t } = useTranslation('strategies')
  const client = useQueryClient()
  const failed = useNotifyProblem()
  const restore = useMutation({
    mutationFn: () => restoreVersion(id, version),
    onSuccess: async (strategy) => {
      void client.invalidateQueries({ queryKey: ['strategies', 'one', id] })
      await client.invalidateQueries({ queryKey: versionsQuery(id).queryKey, exact: true })
      void client.invalidateQueries(everyList)
      notify.done(t('restored', { n: version }))
      onRestored(strategy)
    },
    onError: failed,
  })
  return (
    <div className="flex items-center justify-end gap-3">
      {version === newest ? <p className="text-table text-text-3">{t('isNewest')}</p> : null}
      <Button variant="primary" disabled={version === newest} busy={restore.isPending} onClick={() => restore.mutate()}>
        {t('restore', { n: version })}
      </Button>
    </div>
  )
}
