import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Amount } from '@/money/Amount'
import { ConfirmDialog } from '@/ui/Dialog'
import { ModeWord } from '@/ui/ModeStripe'
import { changePrefs } from '@/ui/prefs'
import { Switch } from '@/ui/Switch'
import type { Market } from '../model'
import { reckon } from './reckon'
import type { Clock } from './types'
import { useSentence } from './useSentence'
import type { TicketHandle } from './useTicket'

type Props = { handle: TicketHandle; market: Market; clock: Clock; staleText: string | null }

/** Says in plain words what will happen, and asks. */
export function ConfirmTicket({ handle, market, clock, staleText }: Props) {
  const { t } = useTranslation(['ticket', 'trade'])
  const sentence = useSentence(market)
  const [never, setNever] = useState(false)
  const { phase, ticket } = handle
  if (phase.kind === 'editing') return null
  const found = reckon(ticket, market)
  const { base, quote } = market.instrument
  return (
    <ConfirmDialog
      open
      stripe
      onOpenChange={(open) => {
        if (!open) handle.dismiss()
      }}
      title={t(ticket.side === 'buy' ? 'trade:confirmBuy' : 'trade:confirmSell', { asset: base })}
      description={<ModeWord />}
      confirm={t(ticket.side === 'buy' ? 'trade:buyAsset' : 'trade:sellAsset', { asset: base })}
      confirmVariant={ticket.side}
      busy={phase.kind === 'sending'}
      onConfirm={() => {
        if (never) changePrefs({ confirmOrders: false })
        handle.confirm()
      }}
    >
      <p data-testid="sentence" className="text-em">
        {sentence(ticket, clock)}
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt className="text-text-3">{t('heldNow')}</dt>
        <dd className="text-right">
          <Amount value={found?.held.toFixed() ?? null} asset={found?.heldAsset ?? quote} />
        </dd>
        <dt className="text-text-3">{t('trade:total')}</dt>
        <dd className="text-right">
          ≈ <Amount value={found?.total.toFixed() ?? null} asset={quote} />
        </dd>
        <dt className="text-text-3">{t('trade:fee')}</dt>
        <dd className="text-right">
          <Amount value={found?.fee.toFixed() ?? null} asset={found?.feeAsset ?? quote} rounding="nearest" />
        </dd>
      </dl>
      {staleText === null ? null : (
        <p role="alert" className="text-warn">
          {staleText} {t('trade:staleAsk')}
        </p>
      )}
      {phase.kind === 'confirming' && phase.unanswered ? (
        <p role="alert" className="text-warn">
          {t('trade:unanswered')}
        </p>
      ) : null}
      {staleText === null ? (
        <Switch
          label={t('trade:dontAskAgain')}
          hint={t('trade:dontAskAgainHint')}
          checked={never}
          onChange={setNever}
        />
      ) : null}
    </ConfirmDialog>
  )
}
