import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fill, Order } from '@/api/types'
import { Amount, PriceText } from '@/money/Amount'
import { SideWord } from '@/orders/SideWord'
import { useInstruments } from '@/orders/useInstruments'
import { useOrderWords } from '@/orders/useOrderWords'
import { Time } from '@/ui/bits'
import { EmptyState, ErrorState } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'

type Props = { fills: readonly Fill[]; orders: readonly Order[]; error: unknown; retry: () => void }

export function FillsTable({ fills, orders, error, retry }: Props) {
  const { t } = useTranslation(['trade', 'ticket'])
  const words = useOrderWords()
  const instruments = useInstruments()
  if (error) return <ErrorState what={t('fillsFailed')} error={error} retry={retry} />
  if (fills.length === 0) return <EmptyState text={t('noFills')} />
  return (
    <Table label={t('fills')}>
      <thead>
        <tr>
          <Th>{t('time')}</Th>
          <Th>{t('pair')}</Th>
          <Th>{t('side')}</Th>
          <Th align="right">{t('price')}</Th>
          <Th align="right">{t('amount')}</Th>
          <Th align="right">{t('total')}</Th>
          <Th align="right" className="max-sm:hidden">
            {t('feePaid')}
          </Th>
          <Th className="max-sm:hidden">{t('role')}</Th>
        </tr>
      </thead>
      <tbody>
        {fills.map((fill) => {
          const instrument = instruments.get(fill.symbol)
          const fired = orders.find((order) => order.id === fill.orderId)?.firedBy ?? null
          const tick = instrument?.tickSize ?? '0.01'
          return (
            <Fragment key={fill.id}>
              <Tr>
                <Td className="text-text-3">
                  <Time at={fill.time} style="dateTimeSeconds" />
                </Td>
                <Td>{instrument ? `${instrument.base}/${instrument.quote}` : fill.symbol}</Td>
                <Td>
                  <SideWord side={fill.side} />
                </Td>
                <Td align="right">
                  <PriceText value={fill.price} tick={tick} />
                </Td>
                <Td align="right">
                  <Amount value={fill.quantity} asset={instrument?.base ?? ''} />
                </Td>
                <Td align="right">
                  <Amount value={fill.quoteQuantity} asset={instrument?.quote ?? ''} />
                </Td>
                <Td align="right" className="max-sm:hidden">
                  <Amount value={fill.fee} asset={fill.feeAsset} rounding="nearest" />
                </Td>
                <Td className="max-sm:hidden">{t(fill.maker ? 'maker' : 'taker')}</Td>
              </Tr>
              <tr className="text-label text-text-3">
                <td colSpan={8} className="px-2 pb-1.5">
                  {t('cause')}: {words.cause(fill.cause, fill.symbol)}
                  {fired === null ? null : <> · {t('ticket:firedBy', { cause: words.cause(fired, fill.symbol) })}</>}
                </td>
              </tr>
            </Fragment>
          )
        })}
      </tbody>
    </Table>
  )
}
