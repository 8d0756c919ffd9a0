import { useTranslation } from 'react-i18next'
import { formatDecimal } from '@/money/format'
import { useLocale } from '@/ui/prefs'
import type { Shape } from './model/report'

/** A statistic as people read it; unknown is a dash. Numbers come from the engine as doubles. */
export function useFigures() {
  const { t } = useTranslation('lab')
  const locale = useLocale()
  const plain = (value: number, digits: number, signed = false) =>
    formatDecimal(value.toFixed(digits), { locale, min: digits, max: digits, sign: signed })
  const figure = (value: number | null | undefined, shape: Shape): string => {
    if (value === null || value === undefined || !Number.isFinite(value)) return '\u2013'
    switch (shape) {
      case 'percent':
        return `${plain(100 * value, 2)}%`
      case 'signedPercent':
        return `${plain(100 * value, 2, true)}%`
      case 'money':
        return plain(value, 2)
      case 'signedMoney':
        return plain(value, 2, true)
      case 'count':
        return plain(value, 0)
      case 'days':
        return t('days', { count: Math.round(value), n: plain(value, value < 10 ? 1 : 0) })
      default:
        return plain(value, 2)
    }
  }
  return figure
}

/** The tone of a signed figure; its sign says the same. */
export const toneOf = (value: number | null | undefined): string =>
  value === null || value === undefined || value === 0 ? '' : value > 0 ? 'text-up' : 'text-down'
