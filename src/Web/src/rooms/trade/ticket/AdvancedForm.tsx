import { type Ref, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '@/ui/toast'
import type { Market } from '../model'
import { ConfirmTicket } from './ConfirmTicket'
import { fieldsOf } from './shape'
import { TicketBody } from './TicketBody'
import type { Kind, Side } from './types'
import { useClock } from './useClock'
import { takePrice, useTicket } from './useTicket'

export type AdvancedProps = {
  market: Market
  accountId: string | null
  kind: Kind
  side: Side
  amount: string
  picked: { price: string; count: number } | null
  amountRef: Ref<HTMLInputElement>
  staleText: string | null
  onSubmit: { current: ((ask: boolean) => void) | null }
  onPlaced: () => void
}

/** The part of the order form that most orders never need; it arrives when one does. */
export function AdvancedForm(props: AdvancedProps) {
  const { market, accountId, kind, side, amount, picked, onSubmit } = props
  const { t } = useTranslation('ticket')
  const clock = useClock(market.instrument.symbol)
  const handle = useTicket(market, accountId, clock, { kind, side, amount }, (orders) => {
    props.onPlaced()
    const waiting = orders.some((order) => order.status === 'waiting')
    notify.done(t(waiting ? 'placedWaiting' : 'placed', { kind: t(`kind_${kind}`) }))
  })
  const { change, review } = handle
  useEffect(() => {
    onSubmit.current = review
    return () => {
      onSubmit.current = null
    }
  })
  const taken = useRef(picked?.count ?? 0)
  useEffect(() => {
    if (picked === null || picked.count === taken.current) return
    taken.current = picked.count
    change((ticket) => takePrice(ticket, picked.price, fieldsOf(ticket), market.locale))
  }, [picked, change, market.locale])
  return (
    <>
      <p className="text-label text-text-3">{t(`about_${kind}`)}</p>
      <TicketBody handle={handle} market={market} clock={clock} amountRef={props.amountRef} />
      <ConfirmTicket handle={handle} market={market} clock={clock} staleText={props.staleText} />
    </>
  )
}
