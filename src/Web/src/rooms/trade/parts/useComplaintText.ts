import { useTranslation } from 'react-i18next'
import { decimalsOfAsset, decimalsOfStep, formatDecimal } from '@/money/format'
import type { Market } from '../model'

type Complaint = { code: string; params: Record<string, string> }

/** A complaint in the reader's language with the reader's numbers: "You need 120.00 USDT, you have 80.50." */
export function useComplaintText(market: Pick<Market, 'locale'>): (complaint: Complaint | null) => string | null {
  const { t, i18n } = useTranslation('trade')
  return (complaint) => {
    if (complaint === null) return null
    const { code, params } = complaint
    const money = code === 'insufficient_funds' || code === 'below_minimum'
    const digits = money ? decimalsOfAsset(params.asset) : { min: gridDecimals(params.limit), max: 18 }
    const shown = Object.fromEntries(
      Object.entries(params).map(([key, value]) => {
        const isNumber = /^-?\d+(\.\d+)?$/.test(value) && key !== 'whole' && key !== 'fraction'
        return [key, isNumber ? formatDecimal(value, { locale: market.locale, ...digits }) : value]
      }),
    )
    const own = `refusal_${code}`
    for (const room of ['trade', 'ticket']) if (i18n.exists(`${room}:${own}`)) return t(own, { ns: room, ...shown })
    return i18n.exists(`errors:${code}`)
      ? t(code, { ns: 'errors', value: '', limit: '', seconds: 1, ...shown })
      : t('errors:unexpected')
  }
}

/** Neighbours on a grid are written with the grid's decimals: 64,000.00 or 64,000.01. */
function gridDecimals(limit: string | undefined): number {
  return limit !== undefined && /^\d+(\.\d+)?$/.test(limit) ? decimalsOfStep(limit) : 0
}
