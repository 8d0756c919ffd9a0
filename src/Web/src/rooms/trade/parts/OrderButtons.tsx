import { Pause, Pencil, Play, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order } from '@/api/types'
import { canAmend, canPause, canResume, isOpen } from '@/orders/facts'
import type { OrderStep } from '../api'

export type OrderButtonsProps = {
  order: Order
  busy: boolean
  onStep: (step: OrderStep, order: Order) => void
  onAmend: (order: Order) => void
  onCancel: (order: Order) => void
}

const icon = { size: 14, strokeWidth: 1.75, 'aria-hidden': true }

/** What may be done with an order in its state; what may not is not shown. */
export function OrderButtons({ order, busy, onStep, onAmend, onCancel }: OrderButtonsProps) {
  const { t } = useTranslation(['ticket', 'trade'])
  const pair = `${order.base}/${order.quote}`
  const button = (key: string, label: string, glyph: ReactNode, act: () => void) => (
    <button
      key={key}
      type="button"
      aria-label={label}
      title={label}
      disabled={busy}
      onClick={act}
      className="inline-grid size-6 place-items-center rounded-sm text-text-2 hover:bg-bg2 hover:text-text-1 disabled:opacity-60 max-sm:size-11"
    >
      {glyph}
    </button>
  )
  return (
    <span className="inline-flex">
      {canPause(order)
        ? button('pause', t('pauseNamed', { pair }), <Pause {...icon} />, () => onStep('pause', order))
        : null}
      {canResume(order)
        ? button('resume', t('resumeNamed', { pair }), <Play {...icon} />, () => onStep('resume', order))
        : null}
      {canAmend(order) ? button('amend', t('amendNamed', { pair }), <Pencil {...icon} />, () => onAmend(order)) : null}
      {isOpen(order)
        ? button('cancel', t('trade:cancelNamed', { pair }), <X {...icon} />, () => onCancel(order))
        : null}
    </span>
  )
}
