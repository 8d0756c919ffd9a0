import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { Amount, PriceText } from '@/money/Amount'
import type { Row } from '../book'

type Props = {
  row: Row | null
  place: number
  side: 'bid' | 'ask'
  tickSize: string
  stepSize: string
  active: boolean
}

/** An empty row keeps its height, so that nothing moves when the first book arrives. */
export function BookRow({ row, place, side, tickSize, stepSize, active }: Props) {
  const { t } = useTranslation('trade')
  if (row === null)
    return (
      <tr className="h-book-row" data-place={place}>
        <td colSpan={3} />
      </tr>
    )
  const colour = side === 'bid' ? 'var(--up)' : 'var(--down)'
  const bar = `color-mix(in oklab, ${colour} 16%, transparent) ${(row.share * 100).toFixed(2)}%`
  return (
    <tr
      data-price={row.price}
      data-side={side}
      data-place={place}
      style={{ backgroundImage: `linear-gradient(to left, ${bar}, transparent 0)` }}
      className={clsx(
        'h-book-row cursor-pointer leading-none hover:bg-bg2',
        active && 'outline-2 -outline-offset-2 outline-focus',
      )}
    >
      <td className={clsx('relative pl-3', side === 'bid' ? 'text-up' : 'text-down')}>
        {row.own ? (
          <span
            data-testid="own-order"
            className="absolute top-1/2 left-1 size-1.5 -translate-y-1/2 rounded-full bg-text-1"
          >
            <span className="sr-only">{t('ownOrder')} </span>
          </span>
        ) : null}
        <PriceText value={row.price} tick={tickSize} />
      </td>
      <td className="text-right text-text-2">
        <Amount value={row.quantity} step={stepSize} isPublic />
      </td>
      <td className="pr-2 text-right text-text-3">
        <Amount value={row.cumulative} step={stepSize} isPublic />
      </td>
    </tr>
  )
}
