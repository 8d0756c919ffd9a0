import clsx from 'clsx'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Amount } from '@/money/Amount'
import { toInput } from '@/money/parse'
import { Switch } from '@/ui/Switch'
import type { Market } from '../model'
import { useComplaintText } from '../parts/useComplaintText'
import { amountAt, reckon } from './reckon'
import { fieldsOf, optionsOf } from './shape'
import { TicketField } from './TicketField'
import { TicketOptions } from './TicketOptions'
import type { Clock } from './types'
import type { TicketHandle } from './useTicket'

type Props = {
  handle: TicketHandle
  market: Market
  clock: Clock
  amountRef?: Ref<HTMLInputElement>
  /** The scheduled form asks for the start itself. */
  hideStart?: boolean
}

const shares = [25, 50, 75, 100]

/** The fields of a ticket, its options, and what it comes to. */
export function TicketBody({ handle, market, clock, amountRef, hideStart = false }: Props) {
  const { t } = useTranslation('ticket')
  const complain = useComplaintText(market)
  const { ticket, change, refusal } = handle
  const options = optionsOf(ticket)
  const fields = fieldsOf(ticket).filter((name) => name !== 'expires' && name !== 'starts')
  const shown = (name: (typeof fields)[number]) => (
    <TicketField
      key={name}
      name={name}
      handle={handle}
      market={market}
      clock={clock}
      {...(name === 'amount' && amountRef !== undefined ? { inputRef: amountRef } : {})}
    />
  )
  const prices = fields.filter((name) => name !== 'amount')
  const head = ticket.kind === 'bracket' ? [] : prices.filter((name) => name === 'trigger' && !options.stopAtLimit)
  return (
    <>
      {head.map(shown)}
      {options.atLimit ? (
        <Choice
          label={t(ticket.kind === 'bracket' ? 'entryBy' : 'thenSend')}
          value={ticket.atLimit}
          onChange={(atLimit) => change((was) => ({ ...was, atLimit }))}
        />
      ) : null}
      {prices.filter((name) => !head.includes(name)).map(shown)}
      {options.stopAtLimit ? (
        <Switch
          label={t('stopAtLimit')}
          checked={ticket.stopAtLimit}
          onChange={(on) => change((was) => ({ ...was, stopAtLimit: on }))}
        />
      ) : null}
      {shown('amount')}
      <Shares handle={handle} market={market} />
      <TicketOptions
        handle={handle}
        market={market}
        clock={clock}
        hideStart={hideStart}
        startsOpen={ticket.kind === 'limit' || ticket.kind === 'market'}
      />
      <Figures handle={handle} market={market} />
      {refusal?.field === 'form' ? (
        <p role="alert" className="text-table text-down">
          {complain(refusal)}
        </p>
      ) : null}
    </>
  )
}

function Choice({ label, value, onChange }: { label: string; value: boolean; onChange: (atLimit: boolean) => void }) {
  const { t } = useTranslation('ticket')
  return (
    // biome-ignore lint/a11y/useSemanticElements: two toggles, no fieldset
    <div role="group" aria-label={label} className="flex flex-col gap-1">
      <span aria-hidden className="text-table text-text-2">
        {label}
      </span>
      <div className="grid grid-cols-2 gap-1">
        {[false, true].map((atLimit) => (
          <button
            key={String(atLimit)}
            type="button"
            aria-pressed={value === atLimit}
            onClick={() => onChange(atLimit)}
            className={clsx(
              'h-7 rounded-sm border px-1 text-table hover:bg-bg2 max-sm:h-11',
              value === atLimit ? 'border-text-1 font-semibold text-text-1' : 'border-line-strong text-text-2',
            )}
          >
            {t(atLimit ? 'atLimitPrice' : 'atMarket')}
          </button>
        ))}
      </div>
    </div>
  )
}

/** Parts of what is available, at the price the order is reckoned with. */
function Shares({ handle, market }: { handle: TicketHandle; market: Market }) {
  const { ticket, write } = handle
  const take = (percent: number) => {
    const amount = amountAt(ticket, market, percent)
    if (amount !== null) write('amount', toInput(amount.toFixed(), market.locale))
  }
  return (
    <div className="grid grid-cols-4 gap-1">
      {shares.map((percent) => (
        <button
          key={percent}
          type="button"
          disabled={market.available === null}
          onClick={() => take(percent)}
          className="h-6 rounded-sm border border-line-strong text-table text-text-2 hover:bg-bg2 disabled:opacity-60 max-sm:h-10"
        >
          {percent}%
        </button>
      ))}
    </div>
  )
}

function Figures({ handle, market }: { handle: TicketHandle; market: Market }) {
  const { t } = useTranslation(['ticket', 'trade'])
  const { ticket } = handle
  const found = reckon(ticket, market)
  const { base, quote } = market.instrument
  const buying = ticket.side === 'buy'
  const [gives, gets] = buying ? [quote, base] : [base, quote]
  const available = market.available === null ? null : buying ? market.available.quote : market.available.base
  const lines = [
    { key: 'available', label: t('trade:available'), value: available, asset: gives },
    { key: 'held', label: t('heldNow'), value: found?.held.toFixed() ?? '0', asset: gives },
    { key: 'total', label: t('trade:total'), value: found?.total.toFixed() ?? '0', asset: quote },
    { key: 'fee', label: t('trade:fee'), value: found?.fee.toFixed() ?? '0', asset: gets },
    { key: 'receive', label: t('trade:receive'), value: found?.receive.toFixed() ?? '0', asset: gets },
  ]
  return (
    <dl className="text-table">
      {lines.map(({ key, label, value, asset }) => (
        <div key={key} data-figure={key} className="flex h-6 items-center justify-between gap-2 max-sm:h-8">
          <dt className="text-text-3">{label}</dt>
          <dd className="text-right">
            <Amount value={value} asset={asset} rounding={key === 'fee' ? 'nearest' : 'down'} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
