import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order } from '@/api/types'
import { Amount, PriceText } from '@/money/Amount'
import { Button } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { ConfirmDialog } from '@/ui/Dialog'
import { usePrefs } from '@/ui/prefs'
import { EmptyState } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { notify, useNotifyProblem } from '@/ui/toast'
import { useIsPhone } from '@/ui/useMedia'
import { cancelOrder, cancelOrders } from '../api'
import { SideCell, useInstruments } from './cells'
import { OrderCards } from './OrderCards'

type Props = { accountId: string | null; orders: readonly Order[]; symbol: string | null }
type Asked = { kind: 'one'; order: Order } | { kind: 'all' } | null

export function OpenOrders({ accountId, orders, symbol }: Props) {
  const { t } = useTranslation(['trade', 'common'])
  const [asked, setAsked] = useState<Asked>(null)
  const asks = usePrefs((p) => p.confirmOrders)
  const instruments = useInstruments()
  const phone = useIsPhone()
  const client = useQueryClient()
  const failed = useNotifyProblem()
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
  const dialog = (
    <ConfirmDialog
      open={asked !== null}
      stripe
      onOpenChange={(open) => {
        if (!open) setAsked(null)
      }}
      title={asked?.kind === 'all' ? t('cancelAllTitle', { count: orders.length }) : t('cancelTitle')}
      description={asked?.kind === 'one' ? <OrderLine order={asked.order} /> : t('cancelAllText')}
      confirm={asked?.kind === 'all' ? t('cancelAll') : t('cancelOrder')}
      confirmVariant="danger"
      busy={cancel.isPending}
      onConfirm={() => {
        if (asked !== null) cancel.mutate(asked)
      }}
    />
  )
  if (phone)
    return (
      <>
        <OrderCards orders={orders} onCancel={cancelOne} onCancelAll={() => setAsked({ kind: 'all' })} />
        {dialog}
      </>
    )
  return (
    <>
      <Table label={t('openOrdersTable')}>
        <thead>
          <tr>
            <Th>{t('time')}</Th>
            <Th>{t('pair')}</Th>
            <Th>{t('orderType')}</Th>
            <Th>{t('side')}</Th>
            <Th align="right">{t('price')}</Th>
            <Th align="right">{t('amount')}</Th>
            <Th align="right">{t('filled')}</Th>
            <Th align="right">{t('held')}</Th>
            <Th align="right">
              {orders.length > 1 ? (
                <Button small variant="ghost" onClick={() => setAsked({ kind: 'all' })}>
                  {t('cancelAll')}
                </Button>
              ) : (
                <span className="sr-only">{t('cancelOrder')}</span>
              )}
            </Th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <Tr key={order.id} data-order={order.id}>
              <Td className="text-text-3">
                <Time at={order.createdAt} style="timeSeconds" />
              </Td>
              <Td>
                <Link to="/trade/$symbol" params={{ symbol: order.symbol }} className="hover:underline">
                  {order.base}/{order.quote}
                </Link>
              </Td>
              <Td>{t(order.type)}</Td>
              <Td>
                <SideCell side={order.side} />
              </Td>
              <Td align="right">
                <PriceText value={order.price} tick={instruments.get(order.symbol)?.tickSize ?? '0.01'} />
              </Td>
              <Td align="right">
                <Amount value={order.quantity} asset={order.base} />
              </Td>
              <Td align="right">
                <Amount value={order.filledQuantity} asset={order.base} />
              </Td>
              <Td align="right">
                <Amount value={order.held?.amount ?? null} asset={order.held?.asset ?? order.quote} />
              </Td>
              <Td align="right">
                <button
                  type="button"
                  aria-label={t('cancelNamed', { pair: `${order.base}/${order.quote}` })}
                  disabled={cancel.isPending}
                  onClick={() => cancelOne(order)}
                  className="inline-grid size-6 place-items-center rounded-sm text-text-2 hover:bg-bg2 hover:text-text-1"
                >
                  <X size={14} strokeWidth={1.75} aria-hidden />
                </button>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {dialog}
    </>
  )
}

export function OrderLine({ order }: { order: Order }) {
  const { t } = useTranslation('trade')
  const tick = useInstruments().get(order.symbol)?.tickSize ?? '0.01'
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <SideCell side={order.side} />
      <span>{t(order.type)}</span>
      <Amount value={order.quantity} asset={order.base} />
      {order.price === null ? null : (
        <span>
          @ <PriceText value={order.price} tick={tick} /> {order.quote}
        </span>
      )}
    </span>
  )
}
