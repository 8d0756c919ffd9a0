import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import type { Order } from '@/api/types'
import { Amount, PriceText } from '@/money/Amount'
import { SideWord } from '@/orders/SideWord'
import { useInstruments } from '@/orders/useInstruments'
import { useOrderWords } from '@/orders/useOrderWords'
import { Button } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { OrderButtons, type OrderButtonsProps } from './OrderButtons'

type Props = Omit<OrderButtonsProps, 'order'> & { orders: readonly Order[]; onCancelAll: () => void }

/** The open orders on a wide screen; the orders of a list stand together behind one bar. */
export function OpenTable({ orders, onCancelAll, ...buttons }: Props) {
  const { t } = useTranslation(['trade', 'ticket'])
  const instruments = useInstruments()
  const words = useOrderWords()
  return (
    <Table label={t('openOrdersTable')}>
      <thead>
        <tr>
          <Th>{t('pair')}</Th>
          <Th>{t('side')}</Th>
          <Th>{t('orderType')}</Th>
          <Th>{t('status')}</Th>
          <Th align="right">{t('ticket:trigger')}</Th>
          <Th align="right">{t('price')}</Th>
          <Th align="right">{t('amount')}</Th>
          <Th align="right">{t('filled')}</Th>
          <Th align="right">{t('held')}</Th>
          <Th>{t('ticket:expiry')}</Th>
          <Th>{t('time')}</Th>
          <Th align="right" className="sticky right-0 bg-bg1">
            {orders.length > 1 ? (
              <Button small variant="ghost" onClick={onCancelAll}>
                {t('cancelAll')}
              </Button>
            ) : (
              <span className="sr-only">{t('cancelOrder')}</span>
            )}
          </Th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order, at) => {
          const leg = words.leg(order)
          const follows = order.listId !== null && orders[at - 1]?.listId === order.listId
          const tick = instruments.get(order.symbol)?.tickSize ?? '0.01'
          return (
            <Tr
              key={order.id}
              data-order={order.id}
              data-list={order.listId ?? undefined}
              className={clsx(follows && 'border-t-transparent')}
            >
              <Td className={clsx(order.listId !== null && 'shadow-[inset_3px_0_0_var(--line-strong)]')}>
                <Link to="/trade/$symbol" params={{ symbol: order.symbol }} className="hover:underline">
                  {order.base}/{order.quote}
                </Link>
              </Td>
              <Td>
                <SideWord side={order.side} />
              </Td>
              <Td>
                {words.type(order)}
                {leg === null ? null : <span className="pl-2 text-text-3">{leg}</span>}
              </Td>
              <Td>{words.status(order)}</Td>
              <Td align="right">{words.trigger(order) ?? '–'}</Td>
              <Td align="right">
                <PriceText value={order.price} tick={tick} />
              </Td>
              <Td align="right">
                <Amount
                  value={order.quantity ?? order.quoteQuantity}
                  asset={order.quantity === null && order.quoteQuantity !== null ? order.quote : order.base}
                />
              </Td>
              <Td align="right">
                <Amount value={order.filledQuantity} asset={order.base} />
              </Td>
              <Td align="right">
                <Amount value={order.held?.amount ?? null} asset={order.held?.asset ?? order.quote} />
              </Td>
              <Td className="text-text-3">{order.expiresAt === null ? '–' : <Time at={order.expiresAt} />}</Td>
              <Td className="text-text-3">
                <Time at={order.createdAt} style="timeSeconds" />
              </Td>
              <Td align="right" className="sticky right-0 bg-bg1">
                <OrderButtons order={order} {...buttons} />
              </Td>
            </Tr>
          )
        })}
      </tbody>
    </Table>
  )
}
