import { ArrowLeftRight } from 'lucide-react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { zoneLabel } from '@/i18n/time'
import { decimalsOfStep, formatDecimal } from '@/money/format'
import { TextField } from '@/ui/Field'
import { useLocale } from '@/ui/prefs'
import type { Market } from '../model'
import { useComplaintText } from '../parts/useComplaintText'
import { checkTicket } from './check'
import { reckonedPrice } from './reckon'
import { aroundPrice, basisPoints, sideOfPrice } from './shape'
import type { Clock, FieldName, Ticket } from './types'
import type { TicketHandle } from './useTicket'

type Props = { name: FieldName; handle: TicketHandle; market: Market; clock: Clock; inputRef?: Ref<HTMLInputElement> }

/** One field of a ticket with its unit, its hint and what is wrong with it. */
export function TicketField({ name, handle, market, clock, inputRef }: Props) {
  const { t } = useTranslation('ticket')
  const locale = useLocale()
  const complain = useComplaintText(market)
  const hint = useHint(market)
  const { ticket, refusal, write } = handle
  const found = refusal?.field === name ? refusal : checkTicket(ticket, market, clock).find((c) => c.field === name)
  const isTime = name === 'expires' || name === 'starts'
  return (
    <TextField
      {...(inputRef === undefined ? {} : { ref: inputRef })}
      label={`${t(labelOf(ticket, name))}${isTime ? ` (${zoneLabel(clock.zone, locale, clock.nowMs)})` : ''}`}
      type={isTime ? 'datetime-local' : 'text'}
      inputMode={isTime ? undefined : 'decimal'}
      autoComplete="off"
      value={ticket.texts[name]}
      unit={
        isTime ? undefined : name === 'amount' ? <UnitButton handle={handle} market={market} /> : unitOf(name, market)
      }
      inputClassName={name === 'amount' ? 'pr-20' : ''}
      hint={hint(ticket, name)}
      error={complain(found ?? null)}
      onChange={(event) => write(name, event.target.value)}
    />
  )
}

const unitOf = (name: FieldName, market: Market) => (name === 'percent' ? '%' : market.instrument.quote)

/** OCO and bracket call the same fields by what they are for. */
function labelOf(ticket: Ticket, name: FieldName): string {
  if (name === 'trigger' && (ticket.kind === 'oco' || ticket.kind === 'bracket')) return 'label_stop'
  if (name === 'price' && ticket.kind === 'oco') return 'label_gain'
  if (name === 'price' && ticket.kind === 'bracket') return 'label_entry'
  return `label_${name}`
}

function useHint(market: Market): (ticket: Ticket, name: FieldName) => string | null {
  const { t } = useTranslation('ticket')
  const locale = useLocale()
  const min = decimalsOfStep(market.instrument.tickSize)
  const price = (plain: string | undefined) => formatDecimal(plain, { locale, min, max: 8 })
  const count = (points: number) => formatDecimal(String(points), { locale })
  return (ticket, name) => {
    if (name === 'activation') return t('hint_activation')
    if (name === 'percent') {
      const points = basisPoints(ticket.texts.percent, market)
      const at = reckonedPrice(ticket, market)?.round(2).toFixed()
      return points === null ? null : t('hint_percent', { points: count(points), price: price(at) })
    }
    const way = sideOfPrice(ticket, name)
    const around = aroundPrice(ticket, market)
    if (way === null || around === null) return null
    const entry = ticket.kind === 'bracket' && ticket.atLimit
    return t(`hint_${way}${entry ? 'Entry' : ''}`, { price: price(around.toFixed()) })
  }
}

function UnitButton({ handle, market }: { handle: TicketHandle; market: Market }) {
  const { t } = useTranslation('trade')
  const { base, quote } = market.instrument
  const [from, to] = handle.ticket.unit === 'base' ? [base, quote] : [quote, base]
  if (handle.ticket.kind === 'oco') return <span className="pr-1">{base}</span>
  return (
    <button
      type="button"
      aria-label={t('swapUnit', { from, to })}
      onClick={() =>
        handle.change((ticket) => ({
          ...ticket,
          unit: ticket.unit === 'base' ? 'quote' : 'base',
          texts: { ...ticket.texts, amount: '' },
        }))
      }
      className="-mr-1 flex h-6 items-center gap-1 rounded-sm px-1 text-text-2 hover:bg-bg2 hover:text-text-1 max-sm:h-9"
    >
      {from}
      <ArrowLeftRight size={12} strokeWidth={1.75} aria-hidden />
    </button>
  )
}
