import { useTranslation } from 'react-i18next'
import type { Fill, Order } from '@/api/types'
import { useTimeFormat } from '@/i18n/time'
import { decimalsOfStep, formatDecimal } from '@/money/format'
import { useLocale } from '@/ui/prefs'
import { firesOnRise, isDormant, listKind, trailingPrice } from './facts'
import { useInstruments } from './useInstruments'

/** Orders and fills in the reader's words. */
export function useOrderWords() {
  const { t } = useTranslation('words')
  const locale = useLocale()
  const time = useTimeFormat()
  const instruments = useInstruments()
  const price = (value: string | null, symbol: string) => {
    const decimals = decimalsOfStep(instruments.get(symbol)?.tickSize ?? '0.01')
    return formatDecimal(value, { locale, min: decimals, max: decimals })
  }
  const sign = (order: Order) => (firesOnRise(order) === true ? '≥' : '≤')
  const trigger = (order: Order): string | null => {
    if (order.triggerPrice !== null) return `${sign(order)} ${price(order.triggerPrice, order.symbol)}`
    if (order.trailingDelta === null) return order.startAt === null ? null : time(order.startAt)
    const percent = formatDecimal(String(order.trailingDelta / 100), { locale, max: 2 })
    const at = trailingPrice(order)
    if (at !== null) return `${percent}% (${sign(order)} ${price(at.toFixed(), order.symbol)})`
    if (order.activationPrice === null) return `${percent}%`
    return t('trailFrom', { percent, price: price(order.activationPrice, order.symbol) })
  }
  const cause = (by: Fill['cause'], symbol: string): string =>
    t(`cause_${by.kind}`, { id: by.id, price: price(by.price, symbol), time: time(by.time, 'timeSeconds') })
  return {
    price,
    trigger,
    cause,
    type: (order: Order) => t(`type_${order.type}`),
    leg: (order: Order) => {
      const list = listKind(order)
      return list === null || order.leg === null ? null : `${t(`list_${list}`)} · ${t(`leg_${order.leg}`)}`
    },
    status: (order: Order) => {
      if (isDormant(order)) return t('status_dormant')
      const word = t(`status_${order.status}`)
      return order.reason === null ? word : `${word}: ${t(`reason_${order.reason}`)}`
    },
  }
}
