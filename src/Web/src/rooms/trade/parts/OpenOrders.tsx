import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order } from '@/api/types'
import { Amount, PriceText } from '@/money/Amount'
import { grouped } from '@/orders/facts'
import { SideWord } from '@/orders/SideWord'
import { useInstruments } from '@/orders/useInstruments'
import { useOrderWords } from '@/orders/useOrderWords'
import { ConfirmDialog } from '@/ui/Dialog'
import { usePrefs } from '@/ui/prefs'
import { EmptyState } from '@/ui/states'
import { notify, useNotifyProblem } from '@/ui/toast'
import { useIsPhone } from '@/ui/useMedia'
import { cancelOrder, cancelOrders } from '../api'
import { AmendDialog } from '../lazy'
import { useOrderActions } from '../orders/useOrderActions'
import { OpenTable } from './OpenTable'
import { OrderCards } from './OrderCards'

type Props = { accountId: string | null; orders: readonly Order[]; symbol: string | null }
type Asked = { kind: 'one'; order: Order } | { kind: 'all' } | null

export function OpenOrders({ accountId, orders, symbol }: Props) {
  const { t } = useTranslation(['trade', 'common', 'ticket'])
  const [asked, setAsked] = useState<Asked>(null)
  const [amended, setAmended] = useState<string | null>(null)
  const asks = usePrefs((p) => p.confirmOrders)
  const phone = useIsPhone()
  const client = useQueryClient()
  const failed = useNotifyProblem()
  const actions = useOrderActions(accountId)
  const cancel = useMutation({
    mutationFn: async (what: NonNullable<Asked>) =>
      what.kind === 'one' ? [await cancelOrder(what.order.id)] : (await cancelOrders(accountId ?? '', symbol)).items,
    onSuccess: (done) => notify.done(t('canceled', { count: done.length })),
    onError: failed,
    onSettled: () => {
      setAsked(null)
      for (const key of ['orders', 'accounts']) void client.invalidateQueries({ queryKey: [key, accountId] })
    },
  })
  const cancelOne = (order: Order) => (asks ? setAsked({ kind: 'one', order }) : cancel.mutate({ kind: 'one', order }))
  if (accountId === null) return <EmptyState text={t('signInForOrders')} />
  if (orders.length === 0) return <EmptyState text={t('noOpenOrders')} />
  const all = asked?.kind === 'all'
  const inList = asked?.kind === 'one' && asked.order.listId !== null
  const shown = { orders: grouped(orders), onCancel: cancelOne, onCancelAll: () => setAsked({ kind: 'all' }) }
  const steps = {
    onStep: actions.run,
    onAmend: (order: Order) => setAmended(order.id),
    busy: cancel.isPending || actions.busy,
  }
  const wanted = orders.find((order) => order.id === amended)
  return (
    <>
      {phone ? <OrderCards {...shown} {...steps} /> : <OpenTable {...shown} {...steps} />}
      <ConfirmDialog
        open={asked !== null}
        stripe
        onOpenChange={(open) => {
          if (!open) setAsked(null)
        }}
        title={all ? t('cancelAllTitle', { count: orders.length }) : t('cancelTitle')}
        description={asked?.kind === 'one' ? <OrderLine order={asked.order} /> : t('cancelAllText')}
        confirm={all ? t('cancelAll') : t('cancelOrder')}
        confirmVariant="danger"
        busy={cancel.isPending}
        onConfirm={() => {
          if (asked !== null) cancel.mutate(asked)
        }}
      >
        {inList ? <p className="text-text-2">{t('ticket:cancelList')}</p> : null}
      </ConfirmDialog>
      {wanted === undefined ? null : (
        <Suspense>
          <AmendDialog order={wanted} moved={null} onClose={() => setAmended(null)} />
        </Suspense>
      )}
    </>
  )
}

function OrderLine({ order }: { order: Order }) {
  const words = useOrderWords()
  const tick = useInstruments().get(order.symbol)?.tickSize ?? '0.01'
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <SideWord side={order.side} />
      <span>{words.type(order)}</span>
      <Amount
        value={order.quantity ?? order.quoteQuantity}
        asset={order.quantity === null ? order.quote : order.base}
      />
      {words.trigger(order) === null ? null : <span>{words.trigger(order)}</span>}
      {order.price === null ? null : (
        <span>
          @ <PriceText value={order.price} tick={tick} /> {order.quote}
        </span>
      )}
    </span>
  )
}
