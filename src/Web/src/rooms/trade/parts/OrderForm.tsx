import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { TriangleAlert } from 'lucide-react'
import { type RefObject, Suspense, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { ModeStripe } from '@/ui/ModeStripe'
import { changePrefs, usePrefs } from '@/ui/prefs'
import { SkeletonRows } from '@/ui/states'
import { type Freshness, isStale } from '../freshness'
import { AdvancedForm, ConfirmOrder } from '../lazy'
import type { Market, Side } from '../model'
import type { OrderFormHandle } from '../useOrderForm'
import { useFreshnessText } from './FreshnessMark'
import { QuickFields } from './QuickFields'
import { TypeChooser } from './TypeChooser'

type Props = {
  market: Market
  handle: OrderFormHandle
  visitor: boolean
  freshness: Freshness
  amountRef: RefObject<HTMLInputElement | null>
  accountId: string | null
  onPlaced: () => void
}

const sides: readonly Side[] = ['buy', 'sell']

export function OrderForm({ market, handle, visitor, freshness, amountRef, accountId, onPlaced }: Props) {
  const { t } = useTranslation(['trade', 'common'])
  const heading = useId()
  const { form, send, review } = handle
  const { base, symbol, trading } = market.instrument
  const asks = usePrefs((p) => p.confirmOrders)
  const submitAdvanced = useRef<((ask: boolean) => void) | null>(null)
  const stale = isStale(freshness)
  const staleText = useFreshnessText(freshness)
  const closed = freshness.state === 'ended' || !trading
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
          if (closed || visitor) return
          if (form.advanced === null) review(asks || stale)
          else submitAdvanced.current?.(asks || stale)
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
              disabled={form.advanced === 'bracket' && side === 'sell'}
              onClick={() => send({ kind: 'side', side })}
              className={clsx(
                'h-control rounded-sm font-semibold disabled:opacity-60',
                form.side !== side && 'text-text-2 hover:bg-bg2',
                form.side === side && (side === 'buy' ? 'bg-up text-on-up' : 'bg-down text-on-down'),
              )}
            >
              {t(side, { ns: 'common' })}
            </button>
          ))}
        </div>
        <TypeChooser form={form} send={send} />
        {form.advanced === null ? (
          <QuickFields market={market} handle={handle} amountRef={amountRef} />
        ) : (
          <Suspense fallback={<SkeletonRows rows={6} className="px-0" />}>
            <AdvancedForm
              market={market}
              accountId={accountId}
              kind={form.advanced}
              side={form.side}
              amount={form.unit === 'base' ? form.amountText : ''}
              picked={form.picked}
              amountRef={amountRef}
              staleText={stale ? staleText : null}
              onSubmit={submitAdvanced}
              onPlaced={onPlaced}
            />
          </Suspense>
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
      {form.phase.kind === 'editing' ? null : (
        <Suspense>
          <ConfirmOrder market={market} handle={handle} staleText={stale ? staleText : null} />
        </Suspense>
      )}
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
