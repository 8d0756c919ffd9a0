import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { useLocale, usePrefs } from '@/ui/prefs'
import { decimalsOfAsset, decimalsOfStep, formatCompact, formatDecimal, type Rounding, toBig } from './format'

type Tone = 'plain' | 'signed'

const toneClass = (value: string | null | undefined, tone: Tone): string | undefined => {
  if (tone === 'plain') return undefined
  const sign = toBig(value)?.cmp(0) ?? 0
  return sign > 0 ? 'text-up' : sign < 0 ? 'text-down' : undefined
}

const exactly = (decimals: number) => ({ min: decimals, max: decimals })

export type AmountProps = {
  value: string | null | undefined
  asset?: string
  /** Decimals as the instrument's step asks for; without it the asset decides. */
  step?: string
  /** Every digit there is, as lines that add up need it. */
  exact?: boolean
  showAsset?: boolean
  signed?: boolean
  rounding?: Rounding
  /** Market data (sizes in a book) is public and stays readable when amounts are hidden. */
  isPublic?: boolean
  className?: string
}

/** The one way to show how much: a person's amounts hide behind the eye button, whatever the page. */
export function Amount(props: AmountProps) {
  const {
    value,
    asset,
    step,
    exact,
    showAsset = asset !== undefined,
    signed = false,
    rounding = 'down',
    isPublic,
  } = props
  const { t } = useTranslation('common')
  const locale = useLocale()
  const hidden = usePrefs((prefs) => prefs.hideAmounts) && !isPublic
  const digits = exact
    ? { min: 2, max: 18 }
    : step === undefined
      ? decimalsOfAsset(asset)
      : exactly(decimalsOfStep(step))
  const unit = showAsset && asset !== undefined ? `\u00a0${asset}` : ''
  const box = clsx('whitespace-nowrap', props.className)
  if (hidden) {
    return (
      <span className={box} data-hidden-amount="">
        <span aria-hidden>{'\u2022\u2022\u2022\u2022\u2022'}</span>
        <span className="sr-only">{t('amountHidden')}</span>
        {unit}
      </span>
    )
  }
  const text = formatDecimal(value, { locale, ...digits, rounding, sign: signed })
  return (
    <span className={clsx(box, toneClass(value, signed ? 'signed' : 'plain'))}>
      {text === '' ? '\u2013' : `${text}${unit}`}
    </span>
  )
}

/** A market price with the decimals of its tick. */
export function PriceText({
  value,
  tick,
  className,
}: {
  value: string | null | undefined
  tick?: string
  className?: string
}) {
  const locale = useLocale()
  const digits = tick === undefined ? { min: 2, max: 8 } : exactly(decimalsOfStep(tick))
  const text = formatDecimal(value, { locale, ...digits })
  return <span className={clsx('whitespace-nowrap', className)}>{text === '' ? '\u2013' : text}</span>
}

/** A percentage, given in percent points, always with its sign when coloured. */
export function Percent(props: { value: string | null | undefined; signed?: boolean; className?: string }) {
  const { value, signed = true } = props
  const locale = useLocale()
  const text = formatDecimal(value, { locale, min: 2, max: 2, sign: signed })
  return (
    <span className={clsx('whitespace-nowrap', toneClass(value, signed ? 'signed' : 'plain'), props.className)}>
      {text === '' ? '\u2013' : `${text}%`}
    </span>
  )
}

/** A large public quantity in short form (24 h volume). */
export function Volume({ value, className }: { value: string | null | undefined; className?: string }) {
  const locale = useLocale()
  const text = formatCompact(value, locale)
  return <span className={clsx('whitespace-nowrap', className)}>{text === '' ? '\u2013' : text}</span>
}
