import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import type { Order } from '@/api/types'
import { Amount, PriceText } from '@/money/Amount'
import { SideWord } from '@/orders/SideWord'
import { useInstruments } from '@/orders/useInstruments'
import { useOrderWords } from '@/orders/useOrderWords'
import { Button } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { OrderButtons, type OrderButtonsProps } from './OrderButtons'

type Props = Omit<OrderButtonsProps, 'order'> & { orders: readonly Order[]; onCancelAll: () => void }

/** The open orders on a phone: one card each, the held value always in sight. */
export function OrderCards({ orders, onCancelAll, ...buttons }: Props) {
  const { t } = useTranslation(['trade', 'ticket'])
  const instruments = useInstruments()
  const words = useOrderWords()
  return (
    <>
      <ul aria-label={t('openOrdersTable')}>
        {orders.map((order, at) => {
          const follows = order.listId !== null && orders[at - 1]?.listId === order.listId
          const trigger = words.trigger(order)
          return (
            <li
              key={order.id}
              data-order={order.id}
              className={clsx(
                'flex items-center gap-3 px-3 py-2',
                !follows && at > 0 && 'border-t border-line',
                order.listId !== null && 'shadow-[inset_3px_0_0_var(--line-strong)]',
              )}
            >
              <div className="min-w-0 grow">
                <p className="flex flex-wrap items-center gap-x-2 font-semibold">
                  <SideWord side={order.side} /> {order.base}/{order.quote}
                  <span className="font-normal text-text-3">{words.type(order)}</span>
                </p>
                <p className="flex flex-wrap gap-x-2">
                  <Amount
                    value={order.quantity ?? order.quoteQuantity}
                    asset={order.quantity === null && order.quoteQuantity !== null ? order.quote : order.base}
                  />
                  {trigger === null ? null : <span>{trigger}</span>}
                  {order.price === null ? null : (
                    <span>
                      @ <PriceText value={order.price} tick={instruments.get(order.symbol)?.tickSize ?? '0.01'} />
                    </span>
                  )}
                </p>
                <p className="text-table text-text-3">
                  {words.leg(order) === null ? null : <>{words.leg(order)} · </>}
                  {words.status(order)} · {t('filled')} <Amount value={order.filledQuantity} asset={order.base} />
                </p>
                {order.expiresAt === null ? null : (
                  <p className="text-table text-text-3">
                    {t('ticket:until')} <Time at={order.expiresAt} />
                  </p>
                )}
              </div>
              <div className="flex shrink-0 flex-col items-end text-right">
                <span className="text-table text-text-3">{t('held')}</span>
                <Amount value={order.held?.amount ?? null} asset={order.held?.asset ?? order.quote} />
                <OrderButtons order={order} {...buttons} />
              </div>
            </li>
          )
        })}
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
