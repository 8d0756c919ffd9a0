import { useTranslation } from 'react-i18next'
import type { Fill } from '@/api/types'
import { useTimeFormat } from '@/i18n/time'
import { decimalsOfAsset, decimalsOfStep, formatDecimal } from '@/money/format'
import { useInstruments } from '@/orders/useInstruments'
import { useLocale, usePrefs } from '@/ui/prefs'

const dots = '\u2022\u2022\u2022\u2022\u2022'

/** A fill in sentences: what happened (not when brief), and which event of the market did it. Own amounts hide behind the eye. */
export function useFillWords(): (fill: Fill, brief?: boolean) => string {
  const { t } = useTranslation('orders')
  const locale = useLocale()
  const hidden = usePrefs((prefs) => prefs.hideAmounts)
  const time = useTimeFormat()
  const instruments = useInstruments()
  const amount = (value: string, asset: string) =>
    hidden ? `${dots} ${asset}` : `${formatDecimal(value, { locale, ...decimalsOfAsset(asset), max: 8 })} ${asset}`
  return (fill, brief = false) => {
    const instrument = instruments.get(fill.symbol)
    const places = decimalsOfStep(instrument?.tickSize ?? '0.01')
    const price = (value: string) => formatDecimal(value, { locale, min: places, max: places })
    const done = t(fill.side === 'buy' ? 'words_bought' : 'words_sold', {
      amount: amount(fill.quantity, instrument?.base ?? ''),
      price: price(fill.price),
      total: amount(fill.quoteQuantity, instrument?.quote ?? ''),
    })
    const cause = t(`words_${fill.cause.kind}`, {
      price: price(fill.cause.price),
      time: time(fill.cause.time, 'timeSeconds'),
      id: fill.cause.id,
    })
    const role = t(fill.maker ? 'words_maker' : 'words_taker', { fee: amount(fill.fee, fill.feeAsset) })
    return brief ? `${cause} ${role}` : `${done} ${cause} ${role}`
  }
}
