import clsx from 'clsx'
import { ArrowLeftRight } from 'lucide-react'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '@/ui/Field'
import { Slider } from '@/ui/Slider'
import { complaintAt, estimateOf, type Market, percentOf } from '../model'
import type { OrderFormHandle } from '../useOrderForm'
import { Equivalent, Summary } from './Summary'
import { useComplaintText } from './useComplaintText'

type Props = { market: Market; handle: OrderFormHandle; amountRef: RefObject<HTMLInputElement | null> }

const shares = [25, 50, 75, 100]

/** Limit and market orders: a price, an amount, and what they come to. */
export function QuickFields({ market, handle, amountRef }: Props) {
  const { t } = useTranslation('trade')
  const { form, send } = handle
  const { base, quote } = market.instrument
  const complain = useComplaintText(market)
  const unit = form.unit === 'base' ? base : quote
  const percent = percentOf(form, market)
  const formComplaint = complaintAt('form', form, market)
  return (
    <>
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
      <button
        type="button"
        onClick={() => send({ kind: 'advanced', advanced: form.type })}
        className="h-6 self-start rounded-sm text-table text-text-3 underline-offset-2 hover:text-text-1 hover:underline max-sm:h-10"
      >
        {t('moreOptions')}
      </button>
      <Summary form={form} market={market} found={estimateOf(form, market)} />
      {formComplaint === null ? null : (
        <p role="alert" className="text-table text-down">
          {complain(formComplaint)}
        </p>
      )}
    </>
  )
}
