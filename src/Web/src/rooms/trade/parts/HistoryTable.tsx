import { useTranslation } from 'react-i18next'
import type { Order } from '@/api/types'
import { Amount, PriceText } from '@/money/Amount'
import { canRetry, grouped } from '@/orders/facts'
import { SideWord } from '@/orders/SideWord'
import { useInstruments } from '@/orders/useInstruments'
import { useOrderWords } from '@/orders/useOrderWords'
import { Button } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { EmptyState, ErrorState } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { useOrderActions } from '../orders/useOrderActions'

type Props = { accountId: string; orders: readonly Order[]; error: unknown; retry: () => void }

export function HistoryTable({ accountId, orders, error, retry }: Props) {
  const { t } = useTranslation(['trade', 'ticket'])
  const words = useOrderWords()
  const actions = useOrderActions(accountId)
  const instruments = useInstruments()
  if (error) return <ErrorState what={t('historyFailed')} error={error} retry={retry} />
  if (orders.length === 0) return <EmptyState text={t('noHistory')} />
  return (
    <Table label={t('history')}>
      <thead>
        <tr>
          <Th>{t('time')}</Th>
          <Th>{t('pair')}</Th>
          <Th className="max-sm:hidden">{t('orderType')}</Th>
          <Th>{t('side')}</Th>
          <Th align="right" className="max-sm:hidden">
            {t('ticket:trigger')}
          </Th>
          <Th align="right" className="max-sm:hidden">
            {t('price')}
          </Th>
          <Th align="right">{t('averageFilled')}</Th>
          <Th align="right">{t('filled')}</Th>
          <Th align="right" className="max-sm:hidden">
            {t('total')}
          </Th>
          <Th>{t('status')}</Th>
        </tr>
      </thead>
      <tbody>
        {grouped(orders).map((order) => {
          const tick = instruments.get(order.symbol)?.tickSize ?? '0.01'
          return (
            <Tr key={order.id} data-order={order.id}>
              <Td className="text-text-3">
                <Time at={order.updatedAt} />
              </Td>
              <Td>
                {order.base}/{order.quote}
              </Td>
              <Td className="max-sm:hidden">
                {words.type(order)}
                {words.leg(order) === null ? null : <span className="pl-2 text-text-3">{words.leg(order)}</span>}
              </Td>
              <Td>
                <SideWord side={order.side} />
              </Td>
              <Td align="right" className="max-sm:hidden">
                {words.trigger(order) ?? '–'}
              </Td>
              <Td align="right" className="max-sm:hidden">
                <PriceText value={order.price} tick={tick} />
              </Td>
              <Td align="right">
                <PriceText value={order.averagePrice} tick={tick} />
              </Td>
              <Td align="right">
                <Amount value={order.filledQuantity} asset={order.base} />
              </Td>
              <Td align="right" className="max-sm:hidden">
                <Amount value={order.filledQuote} asset={order.quote} />
              </Td>
              <Td>
                <span className="inline-flex items-center gap-2">
                  {words.status(order)}
                  {canRetry(order) ? (
                    <Button small busy={actions.busy} onClick={() => actions.run('retry', order)}>
                      {t('ticket:retry')}
                    </Button>
                  ) : null}
                </span>
              </Td>
            </Tr>
          )
        })}
      </tbody>
    </Table>
  )
}
