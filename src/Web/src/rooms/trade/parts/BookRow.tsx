import clsx from 'clsx'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'

type Props = {
  price: string
  shownPrice: string
  shownQuantity: string
  shownCumulative: string
  percent: number
  own: boolean
  place: number
  side: 'bid' | 'ask'
  active: boolean
}

/** Texts only, and drawn again only when one of them changed: forty rows, ten times a second. */
export const BookRow = memo(function BookRow(props: Props) {
  const { price, side, percent, own, place, active } = props
  const bar = `color-mix(in oklab, var(--${side === 'bid' ? 'up' : 'down'}) 16%, transparent) ${percent}%`
  return (
    <tr
      data-price={price}
      data-side={side}
      data-place={place}
      style={{ backgroundImage: `linear-gradient(to left, ${bar}, transparent 0)` }}
      className={clsx(
        'h-book-row cursor-pointer leading-none hover:bg-bg2',
        active && 'outline-2 -outline-offset-2 outline-focus',
      )}
    >
      <td className={clsx('relative pl-3', side === 'bid' ? 'text-up' : 'text-down')}>
        {own ? <OwnDot /> : null}
        {props.shownPrice}
      </td>
      <td className="text-right text-text-2">{props.shownQuantity}</td>
      <td className="pr-2 text-right text-text-3">{props.shownCumulative}</td>
    </tr>
  )
})

/** Keeps the height of a row that is not there yet, so that nothing moves when the first book arrives. */
export function EmptyRow() {
  return (
    <tr className="h-book-row">
      <td colSpan={3} />
    </tr>
  )
}

function OwnDot() {
  const { t } = useTranslation('trade')
  return (
    <span data-testid="own-order" className="absolute top-1/2 left-1 size-1.5 -translate-y-1/2 rounded-full bg-text-1">
      <span className="sr-only">{t('ownOrder')} </span>
    </span>
  )
}
