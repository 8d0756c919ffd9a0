import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Order } from '@/api/types'
import { Amount } from '@/money/Amount'
import { notify } from '@/ui/toast'

export function Pair({ symbol, text }: { symbol: string; text: string }) {
  return (
    <Link
      to="/trade/$symbol"
      params={{ symbol }}
      className="underline decoration-line-strong underline-offset-4 hover:decoration-text-1"
    >
      {text}
    </Link>
  )
}

/** "0.4 / 1": how much of what was wanted is filled; in the quote where that was asked for. */
export function Filled({ order }: { order: Order }) {
  const [done, wanted, asset] =
    order.quantity === null && order.quoteQuantity !== null
      ? [order.filledQuote, order.quoteQuantity, order.quote]
      : [order.filledQuantity, order.quantity, order.base]
  return (
    <span data-filled="" className="whitespace-nowrap">
      <Amount value={done} asset={asset} showAsset={false} />
      <span className="text-text-3"> / </span>
      <Amount value={wanted} asset={asset} />
    </span>
  )
}

const small =
  'inline-grid size-6 shrink-0 place-items-center rounded-sm text-text-2 hover:bg-bg2 hover:text-text-1 max-sm:size-10'

export function SmallButton(props: {
  label: string
  icon: React.ReactNode
  onClick: () => void
  disabled?: boolean
  pressed?: boolean
}) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onClick}
      className={clsx(small, props.pressed && 'text-mode-paper')}
    >
      {props.icon}
    </button>
  )
}

export function CopyId({ id, label }: { id: string; label: string }) {
  const { t } = useTranslation('orders')
  const copy = () =>
    navigator.clipboard.writeText(id).then(
      () => notify.done(t('idCopied', { id })),
      () => notify.failed(t('idNotCopied', { id })),
    )
  return (
    <SmallButton label={label} icon={<Copy size={14} strokeWidth={1.75} aria-hidden />} onClick={() => void copy()} />
  )
}
