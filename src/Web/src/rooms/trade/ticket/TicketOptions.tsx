import { ChevronDown } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '@/ui/Select'
import { Switch } from '@/ui/Switch'
import type { Market } from '../model'
import { expires, optionsOf, startsLater, timeInForceOf } from './shape'
import { TicketField } from './TicketField'
import type { Clock } from './types'
import type { TicketHandle } from './useTicket'

type Props = { handle: TicketHandle; market: Market; clock: Clock; startsOpen: boolean; hideStart?: boolean }

/** What few orders need: how long it stays, when it begins, post-only, when money is held. */
export function TicketOptions({ handle, market, clock, startsOpen, hideStart = false }: Props) {
  const { t } = useTranslation('ticket')
  const [open, setOpen] = useState(startsOpen)
  const id = useId()
  const { ticket, change } = handle
  const options = optionsOf(ticket)
  const start = options.starts && !hideStart
  if (options.times.length < 2 && !start && !options.postOnly && !options.hold) return null
  return (
    <div className="flex flex-col gap-2.5 border-t border-line pt-1">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex h-7 items-center justify-between rounded-sm text-table text-text-2 hover:text-text-1 max-sm:h-11"
      >
        {t('options')}
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden className={open ? 'rotate-180' : ''} />
      </button>
      <div id={id} hidden={!open} className="flex flex-col gap-2.5 not-[[hidden]]:flex [[hidden]]:hidden">
        {options.times.length < 2 ? null : (
          <Select
            label={t('timeInForce')}
            value={timeInForceOf(ticket)}
            options={options.times.map((value) => ({ value, label: t(`time_${value}`) }))}
            onChange={(time) => change((was) => ({ ...was, time }))}
          />
        )}
        {expires(ticket) ? <TicketField name="expires" handle={handle} market={market} clock={clock} /> : null}
        {start ? (
          <Switch
            label={t('startsLater')}
            checked={ticket.startsLater}
            onChange={(on) => change((was) => ({ ...was, startsLater: on }))}
          />
        ) : null}
        {start && startsLater(ticket) ? (
          <TicketField name="starts" handle={handle} market={market} clock={clock} />
        ) : null}
        {options.postOnly ? (
          <Switch
            label={t('postOnly')}
            hint={t('postOnlyHint')}
            checked={ticket.postOnly}
            onChange={(on) => change((was) => ({ ...was, postOnly: on }))}
          />
        ) : null}
        {options.hold ? (
          <Switch
            label={t('holdFired')}
            hint={t(ticket.hold === 'fired' ? 'holdFiredHint' : 'holdPlacedHint')}
            checked={ticket.hold === 'fired'}
            onChange={(on) => change((was) => ({ ...was, hold: on ? 'fired' : 'placed' }))}
          />
        ) : null}
      </div>
    </div>
  )
}
