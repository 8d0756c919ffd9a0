import { NotebookPen, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Order } from '@/api/types'
import { Amount, PriceText } from '@/money/Amount'
import { SideWord } from '@/orders/SideWord'
import { useInstruments } from '@/orders/useInstruments'
import { useOrderWords } from '@/orders/useOrderWords'
import { Time } from '@/ui/bits'
import { Td, Th, Tr } from '@/ui/Table'
import { useIsPhone } from '@/ui/useMedia'
import { VirtualTable } from '@/ui/VirtualTable'
import { CopyId, Filled, Pair, SmallButton } from './Cells'

type Props = {
  label: string
  orders: readonly Order[]
  open: boolean
  noted: ReadonlySet<string>
  onNote: (id: string) => void
  onCancel: (order: Order) => void
  onEnd?: (() => void) | undefined
}

const icon = { size: 14, strokeWidth: 1.75, 'aria-hidden': true }

export function OrderRows(props: Props) {
  const { t } = useTranslation('orders')
  const phone = useIsPhone()
  const { orders, open } = props
  const head = (
    <tr>
      <Th className="pl-4">{t('time')}</Th>
      <Th>{t('pair')}</Th>
      <Th>{t('type')}</Th>
      <Th>{t('side')}</Th>
      <Th align="right">{t('price')}</Th>
      <Th align="right">{t('filled')}</Th>
      <Th align="right">{t('average')}</Th>
      <Th align="right" className="max-lg:hidden">
        {t(open ? 'held' : 'total')}
      </Th>
      <Th className="pl-6">{t('status')}</Th>
      <Th align="right" className="pr-4">
        <span className="sr-only">{t('actions')}</span>
      </Th>
    </tr>
  )
  return (
    <VirtualTable
      label={props.label}
      count={orders.length}
      height={phone ? 92 : 32}
      head={head}
      keyOf={(index) => orders[index]?.id ?? String(index)}
      onEnd={props.onEnd}
      row={(index) => {
        const order = orders[index]
        if (order === undefined) return null
        return phone ? (
          <Card key={order.id} order={order} {...props} />
        ) : (
          <Row key={order.id} order={order} {...props} />
        )
      }}
    />
  )
}

function useParts({ order, open, noted, onNote, onCancel }: Props & { order: Order }) {
  const { t } = useTranslation('orders')
  const words = useOrderWords()
  const leg = words.leg(order)
  const trigger = words.trigger(order)
  const tick = useInstruments().get(order.symbol)?.tickSize ?? '0.01'
  const pair = `${order.base}/${order.quote}`
  const hasNote = noted.has(order.id)
  return {
    pair,
    price:
      order.price !== null ? (
        <PriceText value={order.price} tick={tick} />
      ) : trigger !== null ? (
        <span className="whitespace-nowrap">{trigger}</span>
      ) : (
        <span className="text-text-3">{t('atMarket')}</span>
      ),
    kind: (
      <>
        {words.type(order)}
        {leg === null ? null : <span className="pl-2 text-text-3">{leg}</span>}
      </>
    ),
    average: <PriceText value={order.averagePrice} tick={tick} />,
    money: open ? (
      <Amount value={order.held?.amount ?? null} asset={order.held?.asset ?? order.quote} />
    ) : (
      <Amount value={order.filledQuote} asset={order.quote} />
    ),
    status: words.status(order),
    buttons: (
      <>
        <CopyId id={order.id} label={t('copyOrderId', { id: order.id })} />
        <SmallButton
          label={t(hasNote ? 'detailsWithNote' : 'details', { pair, id: order.id })}
          pressed={hasNote}
          icon={<NotebookPen {...icon} />}
          onClick={() => onNote(order.id)}
        />
        {open ? (
          <SmallButton label={t('cancelNamed', { pair })} icon={<X {...icon} />} onClick={() => onCancel(order)} />
        ) : null}
      </>
    ),
  }
}

function Row(props: Props & { order: Order }) {
  const { order } = props
  const parts = useParts(props)
  return (
    <Tr data-order={order.id} className="h-8">
      <Td className="pl-4 text-text-3">
        <Time at={order.createdAt} style="dateTimeSeconds" />
      </Td>
      <Td>
        <Pair symbol={order.symbol} text={parts.pair} />
      </Td>
      <Td className="whitespace-nowrap">{parts.kind}</Td>
      <Td>
        <SideWord side={order.side} />
      </Td>
      <Td align="right">{parts.price}</Td>
      <Td align="right">
        <Filled order={order} />
      </Td>
      <Td align="right">{parts.average}</Td>
      <Td align="right" className="max-lg:hidden">
        {parts.money}
      </Td>
      <Td className="pl-6">{parts.status}</Td>
      <Td align="right" className="pr-4">
        {parts.buttons}
      </Td>
    </Tr>
  )
}

function Card(props: Props & { order: Order }) {
  const { t } = useTranslation('orders')
  const { order } = props
  const parts = useParts(props)
  return (
    <tr data-order={order.id} className="h-[92px] border-t border-line">
      <td className="w-full px-3 py-1 align-top">
        <div className="flex items-baseline justify-between gap-2 text-body">
          <span className="flex min-w-0 flex-wrap items-center gap-x-2">
            <SideWord side={order.side} />
            <b className="font-semibold">
              <Pair symbol={order.symbol} text={parts.pair} />
            </b>
            <span className="text-text-3">{parts.kind}</span>
          </span>
          <span className="shrink-0">{parts.money}</span>
        </div>
        <div className="flex justify-between gap-2">
          <Filled order={order} />
          <span>
            <span className="text-text-3">{t(order.averagePrice === null ? 'price' : 'average')} </span>
            {order.averagePrice === null ? parts.price : parts.average}
          </span>
        </div>
        <div className="flex items-center justify-between gap-2 text-text-3">
          <span className="min-w-0 truncate">
            {parts.status} · <Time at={order.createdAt} />
          </span>
          <span className="flex shrink-0">{parts.buttons}</span>
        </div>
      </td>
    </tr>
  )
}
