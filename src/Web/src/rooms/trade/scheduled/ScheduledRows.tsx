import { Link } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fill, Order } from '@/api/types'
import { tickersChannel } from '@/live/channels'
import { useChannel } from '@/live/useChannel'
import { Amount, Percent } from '@/money/Amount'
import { canRetry, distance } from '@/orders/facts'
import { SideWord } from '@/orders/SideWord'
import { useOrderWords } from '@/orders/useOrderWords'
import { Button } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { OrderButtons, type OrderButtonsProps } from '../parts/OrderButtons'
import { Timeline } from './Timeline'

export type ScheduledRowsProps = Omit<OrderButtonsProps, 'order'> & { orders: readonly Order[]; fills: readonly Fill[] }

const CALM_MS = 500

/** One of each list may be open at a time per row; the newest that did something says it without being asked. */
function useOpenRows() {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) => {
    const next = new Set(open)
    if (!next.delete(id)) next.add(id)
    setOpen(next)
  }
  return { isOpen: (id: string) => open.has(id), toggle }
}

function useCells(props: ScheduledRowsProps) {
  const { t } = useTranslation(['ticket', 'trade'])
  const tickers = useChannel(tickersChannel, CALM_MS).data
  const words = useOrderWords()
  const rows = useOpenRows()
  return {
    t,
    words,
    rows,
    away: (order: Order) => {
      const share = distance(order, tickers?.get(order.symbol)?.last)
      return share === null ? '–' : <Percent value={share.toFixed()} signed={false} />
    },
    send: (order: Order) => (
      <span>
        <Amount
          value={order.quantity ?? order.quoteQuantity}
          asset={order.quantity === null ? order.quote : order.base}
        />{' '}
        <span className="text-text-2">
          {t(order.price === null ? 'sendMarket' : 'sendLimit', { price: words.price(order.price, order.symbol) })}
        </span>
      </span>
    ),
    held: (order: Order) =>
      order.held === null ? (
        <span className="text-text-3">{t(order.holdWhen === 'fired' ? 'heldOnFire' : 'heldNothing')}</span>
      ) : (
        <Amount value={order.held.amount} asset={order.held.asset} />
      ),
    expiry: (order: Order) => (order.expiresAt === null ? '–' : <Time at={order.expiresAt} />),
    status: (order: Order) => (
      <span className="inline-flex items-center gap-2">
        <span data-status={order.status}>{words.status(order)}</span>
        {canRetry(order) ? (
          <Button small busy={props.busy} onClick={() => props.onStep('retry', order)}>
            {t('retry')}
          </Button>
        ) : null}
      </span>
    ),
    more: (order: Order) => (
      <button
        type="button"
        aria-expanded={rows.isOpen(order.id)}
        aria-label={t('timelineNamed', { pair: `${order.base}/${order.quote}` })}
        title={t('timeline')}
        onClick={() => rows.toggle(order.id)}
        className="inline-grid size-6 place-items-center rounded-sm text-text-2 hover:bg-bg2 hover:text-text-1 max-sm:size-11"
      >
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden className={rows.isOpen(order.id) ? 'rotate-180' : ''} />
      </button>
    ),
  }
}

export function ScheduledTable(props: ScheduledRowsProps) {
  const { t, words, rows, away, send, held, expiry, status, more } = useCells(props)
  const { orders, fills, ...buttons } = props
  return (
    <div className="min-h-0 grow overflow-auto px-2 pb-4">
      <Table label={t('scheduled')}>
        <thead>
          <tr>
            <Th>{t('trade:time')}</Th>
            <Th>{t('trade:pair')}</Th>
            <Th>{t('trade:side')}</Th>
            <Th align="right">{t('trigger')}</Th>
            <Th align="right">{t('distance')}</Th>
            <Th>{t('toSend')}</Th>
            <Th align="right">{t('trade:held')}</Th>
            <Th>{t('expiry')}</Th>
            <Th>{t('trade:status')}</Th>
            <Th align="right">
              <span className="sr-only">{t('actions')}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <Fragment key={order.id}>
              <Tr data-order={order.id}>
                <Td className="text-text-3">
                  <Time at={order.createdAt} />
                </Td>
                <Td>
                  <Link to="/trade/$symbol" params={{ symbol: order.symbol }} className="hover:underline">
                    {order.base}/{order.quote}
                  </Link>
                </Td>
                <Td>
                  <SideWord side={order.side} />
                </Td>
                <Td align="right">{words.trigger(order) ?? '–'}</Td>
                <Td align="right">{away(order)}</Td>
                <Td>{send(order)}</Td>
                <Td align="right">{held(order)}</Td>
                <Td className="text-text-3">{expiry(order)}</Td>
                <Td>{status(order)}</Td>
                <Td align="right">
                  <OrderButtons order={order} {...buttons} />
                  {more(order)}
                </Td>
              </Tr>
              {rows.isOpen(order.id) ? (
                <tr>
                  <td colSpan={10} className="bg-bg0 px-3 py-2">
                    <Timeline order={order} fills={fills} />
                  </td>
                </tr>
              ) : null}
            </Fragment>
          ))}
        </tbody>
      </Table>
    </div>
  )
}

/** On a phone: what it waits for and how far that is come first. */
export function ScheduledCards(props: ScheduledRowsProps) {
  const { t, words, rows, away, send, held, expiry, status, more } = useCells(props)
  const { orders, fills, ...buttons } = props
  return (
    <ul aria-label={t('scheduled')} className="pb-4">
      {orders.map((order) => (
        <li key={order.id} data-order={order.id} className="border-b border-line px-3 py-2">
          <div className="flex items-start justify-between gap-3">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-x-2 font-semibold">
                <SideWord side={order.side} /> {order.base}/{order.quote}
              </p>
              <p>
                {words.trigger(order) ?? '–'} <span className="text-text-3">({away(order)})</span>
              </p>
              <p>{send(order)}</p>
            </div>
            <div className="shrink-0 text-right">
              <p className="text-table text-text-3">{t('trade:held')}</p>
              <p>{held(order)}</p>
            </div>
          </div>
          <div className="flex items-center justify-between gap-3">
            <p className="text-table text-text-2">
              {status(order)}
              {order.expiresAt === null ? null : (
                <span className="block text-text-3">
                  {t('until')} {expiry(order)}
                </span>
              )}
            </p>
            <span className="inline-flex">
              <OrderButtons order={order} {...buttons} />
              {more(order)}
            </span>
          </div>
          {rows.isOpen(order.id) ? <Timeline order={order} fills={fills} /> : null}
        </li>
      ))}
    </ul>
  )
}
