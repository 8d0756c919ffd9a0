import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { ArrowLeftRight, TriangleAlert } from 'lucide-react'
import { type RefObject, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { ModeStripe } from '@/ui/ModeStripe'
import { changePrefs, usePrefs } from '@/ui/prefs'
import { Slider } from '@/ui/Slider'
import { type Freshness, isStale } from '../freshness'
import { complaintAt, estimateOf, type Market, type OrderType, percentOf, type Side } from '../model'
import type { OrderFormHandle } from '../useOrderForm'
import { ConfirmOrder } from './ConfirmOrder'
import { useFreshnessText } from './FreshnessMark'
import { Equivalent, Summary } from './Summary'
import { useComplaintText } from './useComplaintText'

type Props = {
  market: Market
  handle: OrderFormHandle
  visitor: boolean
  freshness: Freshness
  amountRef: RefObject<HTMLInputElement | null>
  onPrice?: () => void
}

const sides: readonly Side[] = ['buy', 'sell']
const types: readonly OrderType[] = ['limit', 'market']
const shares = [25, 50, 75, 100]

export function OrderForm({ market, handle, visitor, freshness, amountRef }: Props) {
  const { t } = useTranslation(['trade', 'common'])
  const heading = useId()
  const { form, send, review } = handle
  const { base, quote, symbol, trading } = market.instrument
  const asks = usePrefs((p) => p.confirmOrders)
  const complain = useComplaintText(market)
  const stale = isStale(freshness)
  const staleText = useFreshnessText(freshness)
  const closed = freshness.state === 'ended' || !trading
  const unit = form.unit === 'base' ? base : quote
  const percent = percentOf(form, market)
  const formComplaint = complaintAt('form', form, market)
  return (
    <section aria-labelledby={heading} className="relative flex min-h-0 shrink-0 flex-col bg-bg1">
      <ModeStripe word />
      <h2 id={heading} className="sr-only">
        {t('orderForm')}
      </h2>
      <form
        noValidate
        className="flex flex-col gap-2.5 p-3 pt-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (!closed && !visitor) review(asks || stale)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          send({ kind: 'amount', text: '' })
          if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
        }}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: two toggles, no fieldset */}
        <div role="group" aria-label={t('side')} className="grid grid-cols-2 rounded-md border border-line-strong">
          {sides.map((side) => (
            <button
              key={side}
              type="button"
              aria-pressed={form.side === side}
              onClick={() => send({ kind: 'side', side })}
              className={clsx(
                'h-control rounded-sm font-semibold',
                form.side !== side && 'text-text-2 hover:bg-bg2',
                form.side === side && (side === 'buy' ? 'bg-up text-on-up' : 'bg-down text-on-down'),
              )}
            >
              {t(side, { ns: 'common' })}
            </button>
          ))}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: two toggles, no fieldset */}
        <div role="group" aria-label={t('orderType')} className="flex gap-3 border-b border-line">
          {types.map((type) => (
            <button
              key={type}
              type="button"
              aria-pressed={form.type === type}
              onClick={() => send({ kind: 'type', type })}
              className={clsx(
                '-mb-px h-7 border-b-2 px-0.5 max-sm:h-11 max-sm:px-2',
                form.type === type ? 'border-text-1 font-semibold' : 'border-transparent text-text-2 hover:text-text-1',
              )}
            >
              {t(type)}
            </button>
          ))}
        </div>
        {form.type === 'limit' ? (
          <TextField
            label={t('price')}
            inputMode="decimal"
            autoComplete="off"
            value={form.priceText}
            unit={quote}
            error={complain(complaintAt('price', form, market))}
            onChange={(event) => send({ kind: 'price', text: event.target.value })}
          />
        ) : null}
        <TextField
          ref={amountRef}
          label={t('amount')}
          inputMode="decimal"
          autoComplete="off"
          value={form.amountText}
          unit={
            <button
              type="button"
              aria-label={t('swapUnit', { from: unit, to: form.unit === 'base' ? quote : base })}
              onClick={() => send({ kind: 'swapUnit' })}
              className="-mr-1 flex h-6 items-center gap-1 rounded-sm px-1 text-text-2 hover:bg-bg2 hover:text-text-1 max-sm:h-9"
            >
              {unit}
              <ArrowLeftRight size={12} strokeWidth={1.75} aria-hidden />
            </button>
          }
          inputClassName="pr-20"
          hint={<Equivalent form={form} market={market} />}
          error={complain(complaintAt('amount', form, market))}
          onChange={(event) => send({ kind: 'amount', text: event.target.value })}
        />
        <Slider
          label={t('percentOfAvailable')}
          value={percent}
          valueText={`${percent}%`}
          disabled={market.available === null}
          onChange={(next) => send({ kind: 'percent', percent: next })}
        />
        <div className="grid grid-cols-4 gap-1">
          {shares.map((share) => (
            <button
              key={share}
              type="button"
              disabled={market.available === null}
              onClick={() => send({ kind: 'percent', percent: share })}
              className={clsx(
                'h-6 rounded-sm border text-table hover:bg-bg2 disabled:opacity-60 max-sm:h-10',
                percent === share ? 'border-text-1 text-text-1' : 'border-line-strong text-text-2',
              )}
            >
              {share}%
            </button>
          ))}
        </div>
        <Summary form={form} market={market} found={estimateOf(form, market)} />
        {formComplaint === null ? null : (
          <p role="alert" className="text-table text-down">
            {complain(formComplaint)}
          </p>
        )}
        {staleText === null ? null : <Warning text={staleText} />}
        {visitor ? (
          <Link
            to="/login"
            search={{ to: `/trade/${symbol}` }}
            className="flex h-9 items-center justify-center rounded-md bg-primary font-semibold text-on-primary hover:opacity-90 max-sm:h-12"
          >
            {t('signInToTrade')}
          </Link>
        ) : (
          <Button
            type="submit"
            variant={form.side}
            busy={form.phase.kind === 'sending'}
            disabled={closed || market.available === null}
            className="h-9! text-body transition-none! max-sm:h-12!"
          >
            {stale ? <TriangleAlert size={16} strokeWidth={1.75} aria-hidden /> : null}
            {t(form.side === 'buy' ? 'buyAsset' : 'sellAsset', { asset: base })}
          </Button>
        )}
        {asks || visitor ? null : (
          <div className="flex items-center justify-between gap-2 text-table text-warn">
            {t('confirmationOff')}
            <Button small variant="ghost" onClick={() => changePrefs({ confirmOrders: true })}>
              {t('confirmationOn')}
            </Button>
          </div>
        )}
      </form>
      <ConfirmOrder market={market} handle={handle} staleText={stale ? staleText : null} />
    </section>
  )
}

function Warning({ text }: { text: string }) {
  return (
    <p className="flex items-center gap-1.5 text-table text-warn">
      <TriangleAlert size={14} strokeWidth={1.75} aria-hidden className="shrink-0" />
      {text}
    </p>
  )
}
