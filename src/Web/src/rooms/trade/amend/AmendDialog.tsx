import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf, useProblemText } from '@/api/problem'
import type { Order } from '@/api/types'
import { tickerChannel } from '@/live/channels'
import { useChannel } from '@/live/useChannel'
import { Amount, PriceText } from '@/money/Amount'
import type { Movable } from '@/orders/facts'
import { SideWord } from '@/orders/SideWord'
import { useInstruments } from '@/orders/useInstruments'
import { useOrderWords } from '@/orders/useOrderWords'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { useLocale } from '@/ui/prefs'
import { notify } from '@/ui/toast'
import { type Amendment, amendOrder } from '../api'
import { useComplaintText } from '../parts/useComplaintText'
import { type AmendField, amendable, amendmentOf, checkField, holdOf, readField, textsOf } from './model'

type Props = { order: Order; moved: { field: Movable; price: string } | null; onClose: () => void }

const fieldOfName: Record<string, AmendField> = {
  price: 'price',
  triggerPrice: 'triggerPrice',
  trailingDelta: 'trailing',
  quantity: 'quantity',
}

/** Changes an open order in place, by hand or after its line was dragged: old and new side by side, and what it will hold. */
export function AmendDialog({ order, moved, onClose }: Props) {
  const { t } = useTranslation(['ticket', 'trade', 'common'])
  const locale = useLocale()
  const instrument = useInstruments().get(order.symbol)
  const last = useChannel(tickerChannel(order.symbol), 500).data?.last ?? null
  const words = useOrderWords()
  const say = useComplaintText({ locale })
  const problem = useProblemText()
  const client = useQueryClient()
  const [texts, setTexts] = useState(() => textsOf(order, moved, locale))
  const sent = useRef(false)
  const save = useMutation({
    mutationFn: (body: Amendment) => amendOrder(order.id, body),
    onSuccess: () => {
      notify.done(t('amended'))
      onClose()
    },
    onError: () => {
      sent.current = false
    },
    onSettled: () => {
      for (const key of ['orders', 'accounts']) void client.invalidateQueries({ queryKey: [key, order.accountId] })
    },
  })
  if (instrument === undefined) return null
  const around = { instrument, last, locale }
  const fields = amendable(order)
  const complaints = new Map(fields.map((field) => [field, checkField(order, texts, field, around)]))
  const body = amendmentOf(order, texts, locale)
  const valid = [...complaints.values()].every((complaint) => complaint === null)
  const refused = save.error === null ? null : problemOf(save.error)
  const refusedAt = refused === null ? null : (fieldOfName[refused.field ?? ''] ?? null)
  const hold = holdOf(order, texts, locale)
  const held = order.held?.amount ?? '0'
  const write = (field: AmendField, text: string) => {
    setTexts({ ...texts, [field]: text })
    save.reset()
  }
  return (
    <Dialog
      open
      stripe
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={t('amendTitle')}
      description={
        <span className="inline-flex flex-wrap items-center gap-x-2">
          <SideWord side={order.side} /> {order.base}/{order.quote} <span>{words.type(order)}</span>
        </span>
      }
    >
      <form
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (!valid || body === null || sent.current) return
          sent.current = true
          save.mutate(body)
        }}
      >
        {fields.map((field) => {
          const complaint = complaints.get(field) ?? null
          const server = refused !== null && refusedAt === field ? problem(save.error) : null
          return (
            <TextField
              key={field}
              label={t(`amend_${field}`)}
              inputMode="decimal"
              autoComplete="off"
              value={texts[field]}
              unit={field === 'trailing' ? '%' : field === 'quantity' ? order.base : order.quote}
              error={complaint === null ? server : say(complaint)}
              onChange={(event) => write(field, event.target.value)}
            />
          )
        })}
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {fields
            .filter((field) => field === 'price' || field === 'triggerPrice')
            .map((field) => (
              <Change key={field} label={t(`amend_${field}`)}>
                <PriceText value={order[field === 'price' ? 'price' : 'triggerPrice']} tick={instrument.tickSize} />
                <To />
                <PriceText value={readField(texts, field, locale)?.toFixed() ?? null} tick={instrument.tickSize} />
              </Change>
            ))}
          {order.held === null ? null : (
            <Change label={t('trade:held')}>
              <Amount value={held} asset={order.held.asset} showAsset={false} />
              <To />
              <Amount value={hold?.toFixed() ?? null} asset={order.held.asset} />
            </Change>
          )}
        </dl>
        {refused !== null && refusedAt === null ? (
          <p role="alert" className="text-table text-down">
            {problem(save.error)}
          </p>
        ) : null}
        <div className="flex justify-end gap-2 pt-1">
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending} disabled={body === null || !valid}>
            {t('amendSave')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Change({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{label}</dt>
      <dd className="flex items-center justify-end gap-1.5">{children}</dd>
    </>
  )
}

function To() {
  return <ArrowRight size={12} strokeWidth={1.75} aria-hidden className="text-text-3" />
}
