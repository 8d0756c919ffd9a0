import { useTranslation } from 'react-i18next'
import { formatTime, zoneLabel } from '@/i18n/time'
import { decimalsOfAsset, formatDecimal } from '@/money/format'
import { useLocale } from '@/ui/prefs'
import type { Market } from '../model'
import { type Phrase, phrasesOf } from './sentence'
import type { Clock, Ticket } from './types'

/** The ticket in the reader's words. */
export function useSentence(market: Market): (ticket: Ticket, clock: Clock) => string {
  const { t } = useTranslation('ticket')
  const locale = useLocale()
  const write = (phrase: Phrase): string =>
    t(
      phrase.key,
      Object.fromEntries(
        Object.entries(phrase.params).map(([name, hole]) => [name, typeof hole === 'string' ? hole : write(hole)]),
      ),
    )
  return (ticket, clock) =>
    phrasesOf(ticket, market, clock, {
      price: (plain) => formatDecimal(plain, { locale, max: 8 }),
      amount: (plain, asset) => `${formatDecimal(plain, { locale, max: decimalsOfAsset(asset).max })} ${asset}`,
      time: (ms) => `${formatTime(ms, 'dateTime', locale, clock.zone)} ${zoneLabel(clock.zone, locale, ms)}`,
    })
      .map(write)
      .map((text) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1))
      .join(' ')
}
