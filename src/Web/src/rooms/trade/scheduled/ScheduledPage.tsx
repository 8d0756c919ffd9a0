import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order } from '@/api/types'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/Dialog'
import { usePrefs } from '@/ui/prefs'
import { BareSelect } from '@/ui/Select'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { notify, useNotifyProblem } from '@/ui/toast'
import { useIsPhone } from '@/ui/useMedia'
import { useTitle } from '@/ui/useTitle'
import { AmendDialog } from '../amend/AmendDialog'
import { cancelOrder, closedOrdersQuery, fillsQuery } from '../api'
import { useOrderActions } from '../orders/useOrderActions'
import { useOpenOrders, useOrderEvents, usePaperAccount } from '../useTrading'
import { readStage, scheduledOf, stages } from './model'
import { ScheduledCards, type ScheduledRowsProps, ScheduledTable } from './ScheduledRows'
import { ScheduleForm } from './ScheduleForm'

const KEPT = 500

/** Orders that buy or sell by themselves: what they wait for, how far it is, what became of them. */
export function ScheduledPage() {
  const { t } = useTranslation(['ticket', 'trade', 'common'])
  const { accountId } = usePaperAccount()
  const search = useSearch({ from: '/orders/scheduled' })
  const go = useNavigate({ from: '/orders/scheduled' })
  const phone = useIsPhone()
  const asks = usePrefs((prefs) => prefs.confirmOrders)
  const stage = readStage(search.status)
  const [adding, setAdding] = useState(false)
  const [amended, setAmended] = useState<string | null>(null)
  const [ending, setEnding] = useState<Order | null>(null)
  const client = useQueryClient()
  const failed = useNotifyProblem()
  const open = useOpenOrders(accountId)
  const asked = { enabled: accountId !== null }
  const closed = useQuery({ ...closedOrdersQuery(accountId ?? '', null, KEPT), ...asked })
  const fills = useQuery({ ...fillsQuery(accountId ?? '', null, KEPT), ...asked }).data?.items ?? []
  useOrderEvents(accountId, () => undefined)
  const actions = useOrderActions(accountId)
  const cancel = useMutation({
    mutationFn: (order: Order) => cancelOrder(order.id),
    onSuccess: () => notify.done(t('trade:canceled', { count: 1 })),
    onError: failed,
    onSettled: () => {
      setEnding(null)
      void client.invalidateQueries({ queryKey: ['orders', accountId] })
    },
  })
  useTitle(t('scheduled'))
  const orders = scheduledOf(open, closed.data?.items ?? [], stage)
  const rows: ScheduledRowsProps = {
    orders,
    fills,
    busy: actions.busy || cancel.isPending,
    onStep: actions.run,
    onAmend: (order) => setAmended(order.id),
    onCancel: (order) => (asks ? setEnding(order) : cancel.mutate(order)),
  }
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)} disabled={accountId === null}>
      <Plus size={16} strokeWidth={1.75} aria-hidden />
      {t('newScheduled')}
    </Button>
  )
  const wanted = orders.find((order) => order.id === amended)
  const nothing = orders.length === 0
  return (
    <div className="flex min-h-0 grow flex-col bg-bg1">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 max-sm:px-3">
        <h1 className="grow text-price font-semibold">{t('scheduled')}</h1>
        <BareSelect
          aria-label={t('trade:status')}
          value={stage}
          options={stages.map((value) => ({ value, label: t(`stage_${value}`) }))}
          onChange={(status) => void go({ search: status === 'all' ? {} : { status }, replace: true })}
          className="w-40"
        />
        {nothing && stage === 'all' ? null : add}
      </header>
      {closed.error ? (
        <ErrorState what={t('trade:historyFailed')} error={closed.error} retry={() => void closed.refetch()} />
      ) : closed.isPending ? (
        <SkeletonRows rows={6} />
      ) : nothing ? (
        <EmptyState
          text={
            stage === 'all' ? (
              <>
                {t('scheduledNone')} <span className="text-text-3">{t('scheduledExample')}</span>
              </>
            ) : (
              t('scheduledNoneHere')
            )
          }
          action={stage === 'all' ? add : undefined}
        />
      ) : phone ? (
        <ScheduledCards {...rows} />
      ) : (
        <ScheduledTable {...rows} />
      )}
      {adding && accountId !== null ? <ScheduleForm accountId={accountId} onClose={() => setAdding(false)} /> : null}
      {wanted === undefined ? null : <AmendDialog order={wanted} moved={null} onClose={() => setAmended(null)} />}
      <ConfirmDialog
        open={ending !== null}
        stripe
        onOpenChange={(isOpen) => {
          if (!isOpen) setEnding(null)
        }}
        title={t('trade:cancelTitle')}
        description={t('trade:cancelAllText')}
        confirm={t('trade:cancelOrder')}
        confirmVariant="danger"
        busy={cancel.isPending}
        onConfirm={() => {
          if (ending !== null) cancel.mutate(ending)
        }}
      />
    </div>
  )
}
