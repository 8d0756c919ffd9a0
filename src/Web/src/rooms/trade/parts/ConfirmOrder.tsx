import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Amount, PriceText } from '@/money/Amount'
import { ConfirmDialog } from '@/ui/Dialog'
import { ModeWord } from '@/ui/ModeStripe'
import { changePrefs } from '@/ui/prefs'
import { Switch } from '@/ui/Switch'
import { estimateOf, type Market } from '../model'
import type { OrderFormHandle } from '../useOrderForm'

type Props = { market: Market; handle: OrderFormHandle; staleText: string | null }

export function ConfirmOrder({ market, handle, staleText }: Props) {
  const { t } = useTranslation(['trade', 'common'])
  const { form, send, confirm } = handle
  const [never, setNever] = useState(false)
  const { phase } = form
  if (phase.kind === 'editing') return null
  const { draft } = phase
  const { base, quote, tickSize } = market.instrument
  const found = estimateOf(form, market)
  const buying = draft.side === 'buy'
  const dismiss = () => send({ kind: 'dismiss' })
  return (
    <ConfirmDialog
      open
      stripe
      onOpenChange={(open) => {
        if (!open) dismiss()
      }}
      title={t(buying ? 'confirmBuy' : 'confirmSell', { asset: base })}
      description={<ModeWord />}
      confirm={t(buying ? 'buyAsset' : 'sellAsset', { asset: base })}
      confirmVariant={draft.side}
      busy={phase.kind === 'sending'}
      onConfirm={() => {
        if (never) changePrefs({ confirmOrders: false })
        confirm()
      }}
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt className="text-text-3">{t('orderType')}</dt>
        <dd className="text-right">{t(draft.type)}</dd>
        <dt className="text-text-3">{t('amount')}</dt>
        <dd className="text-right font-semibold">
          {draft.quoteQuantity === undefined ? (
            <Amount value={draft.quantity ?? null} asset={base} />
          ) : (
            <Amount value={draft.quoteQuantity} asset={quote} />
          )}
        </dd>
        <dt className="text-text-3">{t(draft.type === 'limit' ? 'price' : 'averagePrice')}</dt>
        <dd className="text-right font-semibold">
          {draft.type === 'limit' ? '' : '≈ '}
          <PriceText value={draft.price ?? found?.average.toFixed() ?? null} tick={tickSize} /> {quote}
        </dd>
        <dt className="text-text-3">{t('total')}</dt>
        <dd className="text-right">
          <Amount value={found?.total.toFixed() ?? null} asset={quote} />
        </dd>
        <dt className="text-text-3">{t('fee')}</dt>
        <dd className="text-right">
          <Amount value={found?.fee.toFixed() ?? null} asset={found?.feeAsset ?? quote} rounding="nearest" />
        </dd>
      </dl>
      {staleText === null ? null : (
        <p role="alert" className="text-warn">
          {staleText} {t('staleAsk')}
        </p>
      )}
      {phase.kind === 'confirming' && phase.unanswered ? (
        <p role="alert" className="text-warn">
          {t('unanswered')}
        </p>
      ) : null}
      {staleText === null ? (
        <Switch label={t('dontAskAgain')} hint={t('dontAskAgainHint')} checked={never} onChange={setNever} />
      ) : null}
    </ConfirmDialog>
  )
}
