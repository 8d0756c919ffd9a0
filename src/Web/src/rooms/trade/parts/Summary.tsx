import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Amount, Percent, PriceText } from '@/money/Amount'
import { Tip } from '@/ui/Tooltip'
import { type Estimate, estimateOf, type Form, type Market } from '../model'

/** The other side of the amount: "≈ 1,280.00 USDT". */
export function Equivalent({ form, market }: { form: Form; market: Market }) {
  const found = estimateOf(form, market)
  const { base, quote, stepSize } = market.instrument
  if (found === null) return <span>&nbsp;</span>
  return (
    <span>
      ≈{' '}
      {form.unit === 'base' ? (
        <Amount value={found.total.toFixed()} asset={quote} />
      ) : (
        <Amount value={found.quantity.toFixed()} step={stepSize} asset={base} />
      )}
    </span>
  )
}

type Props = { form: Form; market: Market; found: Estimate | null }

/** Always the same lines, so that nothing jumps while typing. */
export function Summary({ form, market, found }: Props) {
  const { t } = useTranslation('trade')
  const { base, quote, tickSize } = market.instrument
  const buying = form.side === 'buy'
  const available = market.available === null ? null : buying ? market.available.quote : market.available.base
  const text = (value: { toFixed: () => string } | undefined) => value?.toFixed() ?? null
  return (
    <dl className="text-table">
      <Line label={t('available')} why={t('availableWhy', { asset: buying ? quote : base })}>
        <Amount value={available} asset={buying ? quote : base} />
      </Line>
      {form.type === 'market' ? (
        <>
          <Line label={t('averagePrice')} why={found?.beyondBook ? t('beyondBookWhy') : t('averagePriceWhy')}>
            {found === null ? '–' : '≈ '}
            {found === null ? null : <PriceText value={text(found.average)} tick={tickSize} />}
          </Line>
          <Line label={t('slippage')} why={t('slippageWhy')}>
            {found === null ? '–' : <Percent value={found.slippage.times(100).toFixed()} signed={false} />}
          </Line>
        </>
      ) : null}
      <Line label={t('total')} why={t(form.type === 'market' && buying ? 'totalMarketWhy' : 'totalWhy')}>
        <Amount value={text(found?.total) ?? '0'} asset={quote} />
      </Line>
      <Line label={t('fee')} why={t('feeWhy')}>
        <Amount value={text(found?.fee) ?? '0'} asset={buying ? base : quote} rounding="nearest" />
      </Line>
      <Line label={t('receive')} why={t('receiveWhy')}>
        <Amount value={text(found?.receive) ?? '0'} asset={buying ? base : quote} />
      </Line>
    </dl>
  )
}

function Line({ label, why, children }: { label: string; why: string; children: ReactNode }) {
  return (
    <div className="flex h-6 items-center justify-between gap-2 max-sm:h-8">
      <dt>
        <Tip text={why}>
          <button
            type="button"
            className="h-6 cursor-help text-text-3 decoration-dotted underline-offset-2 hover:underline"
          >
            {label}
          </button>
        </Tip>
      </dt>
      <dd className="text-right">{children}</dd>
    </div>
  )
}
