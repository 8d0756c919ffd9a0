import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { marketsQuery } from '@/api/markets'
import { searchMarkets } from '@/api/searchMarkets'
import type { Instrument } from '@/api/types'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { lastSymbol } from '@/ui/lastSymbol'
import { usePrefs } from '@/ui/prefs'
import { notify } from '@/ui/toast'
import { isStale } from '../freshness'
import { useFreshnessText } from '../parts/FreshnessMark'
import { ConfirmTicket } from '../ticket/ConfirmTicket'
import { TicketBody } from '../ticket/TicketBody'
import { TicketField } from '../ticket/TicketField'
import type { Side } from '../ticket/types'
import { useClock } from '../ticket/useClock'
import { useTicket } from '../ticket/useTicket'
import { useFreshness } from '../useFreshness'
import { useMarket } from '../useMarket'
import { useRefreshAccount } from '../useTrading'
import { kindOf, type When } from './model'

const first = 'BTCUSDT'
const suggested = 20
const plain = (text: string) => text.replaceAll(/[\s/]/g, '').toUpperCase()

/** Which pair, then what to do there and when. */
export function ScheduleForm({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const { t } = useTranslation(['ticket', 'trade'])
  const list = useId()
  const [typed, setTyped] = useState(lastSymbol() ?? first)
  const markets = useQuery(marketsQuery).data?.items ?? []
  const instrument = markets.find((each) => each.symbol === plain(typed))
  const known = markets.length > 0
  return (
    <Dialog
      open
      stripe
      title={t('newScheduled')}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <TextField
        label={t('trade:pair')}
        value={typed}
        list={list}
        autoComplete="off"
        error={known && instrument === undefined ? t('trade:noPairs') : null}
        onChange={(event) => setTyped(event.target.value)}
      />
      <datalist id={list}>
        {searchMarkets(markets, typed)
          .slice(0, suggested)
          .map((each) => (
            <option key={each.symbol} value={each.symbol} />
          ))}
      </datalist>
      {instrument === undefined ? null : (
        <Terms key={instrument.symbol} instrument={instrument} accountId={accountId} onClose={onClose} />
      )}
    </Dialog>
  )
}

type TermsProps = { instrument: Instrument; accountId: string; onClose: () => void }

function Terms({ instrument, accountId, onClose }: TermsProps) {
  const { t } = useTranslation(['ticket', 'trade', 'common'])
  const [side, setSide] = useState<Side>('buy')
  const [when, setWhen] = useState<When>('below')
  const [atLimit, setAtLimit] = useState(false)
  const asks = usePrefs((prefs) => prefs.confirmOrders)
  const freshness = useFreshness()
  const staleText = useFreshnessText(freshness)
  const stale = isStale(freshness)
  const market = useMarket(instrument, accountId)
  const clock = useClock(instrument.symbol)
  const refresh = useRefreshAccount(accountId)
  const kind = kindOf(when, side, atLimit)
  const handle = useTicket(market, accountId, clock, { kind, side, startsLater: when === 'time' }, () => {
    refresh()
    notify.done(t('placedScheduled'))
    onClose()
  })
  return (
    <form
      noValidate
      className="flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault()
        handle.review(asks || stale)
      }}
    >
      <Toggles
        label={t('trade:side')}
        value={side}
        options={[
          ['buy', t('common:buy')],
          ['sell', t('common:sell')],
        ]}
        onChange={setSide}
      />
      <Toggles
        label={t('when')}
        value={when}
        options={[
          ['below', t('when_below')],
          ['above', t('when_above')],
          ['time', t('when_time')],
        ]}
        onChange={setWhen}
      />
      {when === 'time' ? (
        <>
          <TicketField name="starts" handle={handle} market={market} clock={clock} />
          <Toggles
            label={t('thenSend')}
            value={atLimit ? 'limit' : 'market'}
            options={[
              ['market', t('atMarket')],
              ['limit', t('atLimitPrice')],
            ]}
            onChange={(value) => setAtLimit(value === 'limit')}
          />
        </>
      ) : null}
      <TicketBody handle={handle} market={market} clock={clock} hideStart={when === 'time'} />
      <Button
        type="submit"
        variant={side}
        busy={handle.phase.kind === 'sending'}
        disabled={market.available === null || freshness.state === 'ended'}
        className="h-9! max-sm:h-12!"
      >
        {t('schedule')}
      </Button>
      <ConfirmTicket handle={handle} market={market} clock={clock} staleText={stale ? staleText : null} />
    </form>
  )
}

type TogglesProps<T extends string> = {
  label: string
  value: T
  options: readonly (readonly [T, ReactNode])[]
  onChange: (value: T) => void
}

function Toggles<T extends string>({ label, value, options, onChange }: TogglesProps<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a few toggles, no fieldset
    <div role="group" aria-label={label} className="flex gap-1">
      {options.map(([key, text]) => (
        <button
          key={key}
          type="button"
          aria-pressed={value === key}
          onClick={() => onChange(key)}
          className={clsx(
            'h-control grow rounded-sm border px-1 hover:bg-bg2',
            value === key ? 'border-text-1 font-semibold' : 'border-line-strong text-text-2',
          )}
        >
          {text}
        </button>
      ))}
    </div>
  )
}
