import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Order } from '@/api/types'
import { Amount } from '@/money/Amount'
import { SideWord } from '@/orders/SideWord'
import { ConfirmDialog } from '@/ui/Dialog'
import { notify, useNotifyProblem } from '@/ui/toast'
import { cancelOrder, cancelOrders } from '../api'

/** One order, or all that are shown; `whole` says that those are all the account has (of the pair), which is one request. */
export type Wish =
  | { kind: 'one'; order: Order }
  | { kind: 'all'; accountId: string; pair: string; whole: boolean; orders: readonly Order[] }

async function cancelWish(wish: Wish): Promise<number> {
  if (wish.kind === 'one') return (await cancelOrder(wish.order.id)) ? 1 : 0
  if (wish.whole) return (await cancelOrders(wish.accountId, wish.pair)).items.length
  for (const order of wish.orders) await cancelOrder(order.id)
  return wish.orders.length
}

export function CancelAsk({ wish, onClose }: { wish: Wish | null; onClose: () => void }) {
  const { t } = useTranslation('orders')
  const client = useQueryClient()
  const failed = useNotifyProblem()
  const cancel = useMutation({
    mutationFn: cancelWish,
    onSuccess: (count) => notify.done(t('canceled', { count })),
    onError: failed,
    onSettled: () => {
      onClose()
      for (const key of ['orders', 'accounts']) void client.invalidateQueries({ queryKey: [key] })
    },
  })
  return (
    <ConfirmDialog
      open={wish !== null}
      stripe
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={wish?.kind === 'all' ? t('cancelAllTitle', { count: wish.orders.length }) : t('cancelTitle')}
      description={
        wish?.kind === 'one' ? (
          <span className="inline-flex flex-wrap items-center gap-x-2">
            <SideWord side={wish.order.side} />
            {t(`words:type_${wish.order.type}`)}
            <Amount value={wish.order.quantity} asset={wish.order.base} />
          </span>
        ) : (
          t('cancelAllText')
        )
      }
      confirm={wish?.kind === 'all' ? t('cancelAll') : t('cancelOrder')}
      confirmVariant="danger"
      busy={cancel.isPending}
      onConfirm={() => {
        if (wish !== null) cancel.mutate(wish)
      }}
    />
  )
}
