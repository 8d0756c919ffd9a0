import { useTranslation } from 'react-i18next'
import type { Order } from '@/api/types'
import { Amount, PriceText } from '@/money/Amount'
import { Button } from '@/ui/Button'
import { SideCell, useInstruments } from './cells'

type Props = { orders: readonly Order[]; onCancel: (order: Order) => void; onCancelAll: () => void }

/** The open orders on a phone: one card each, the held value always in sight. */
export function OrderCards({ orders, onCancel, onCancelAll }: Props) {
  const { t } = useTranslation('trade')
  const instruments = useInstruments()
  return (
    <>
      <ul aria-label={t('openOrdersTable')}>
        {orders.map((order) => (
          <li key={order.id} data-order={order.id} className="flex items-center gap-3 border-b border-line px-3 py-2">
            <div className="min-w-0 grow">
              <p className="flex flex-wrap items-center gap-x-2 font-semibold">
                <SideCell side={order.side} /> {order.base}/{order.quote}
                <span className="font-normal text-text-3">{t(order.type)}</span>
              </p>
              <p>
                <Amount value={order.quantity} asset={order.base} /> @{' '}
                <PriceText value={order.price} tick={instruments.get(order.symbol)?.tickSize ?? '0.01'} />
              </p>
              <p className="text-table text-text-3">
                {t('filled')} <Amount value={order.filledQuantity} asset={order.base} />
              </p>
            </div>
            <div className="flex shrink-0 flex-col items-end gap-1 text-right">
              <span className="text-table text-text-3">{t('held')}</span>
              <Amount value={order.held?.amount ?? null} asset={order.held?.asset ?? order.quote} />
              <Button
                small
                aria-label={t('cancelNamed', { pair: `${order.base}/${order.quote}` })}
                onClick={() => onCancel(order)}
              >
                {t('cancelOrder')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {orders.length > 1 ? (
        <div className="p-3">
          <Button className="w-full" onClick={onCancelAll}>
            {t('cancelAll')}
          </Button>
        </div>
      ) : null}
    </>
  )
}
