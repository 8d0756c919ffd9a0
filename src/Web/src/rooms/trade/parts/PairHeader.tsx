import clsx from 'clsx'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instrument, Ticker } from '@/api/types'
import { Percent, PriceText, Volume } from '@/money/Amount'
import { MovingPrice } from '@/money/MovingPrice'
import type { Freshness } from '../freshness'
import { isStale } from '../freshness'
import { FreshnessMark } from './FreshnessMark'

type Props = {
  instrument: Instrument
  ticker: Ticker | null
  freshness: Freshness
  /** Only the price, where room is short. */
  brief?: boolean
  star: ReactNode
}

export function PairHeader({ instrument, ticker, freshness, brief = false, star }: Props) {
  const { t } = useTranslation('trade')
  const { base, quote, tickSize } = instrument
  const stale = isStale(freshness)
  return (
    <header className="flex min-h-12 flex-wrap items-center gap-x-6 gap-y-1 bg-bg1 px-3 py-1.5 max-sm:gap-x-4">
      <div className="flex items-center gap-2">
        {star}
        <h1 className="text-em font-semibold whitespace-nowrap">
          {base}
          <span className="text-text-3">/{quote}</span>
        </h1>
      </div>
      <p data-testid="last-price" className={clsx('text-price font-semibold', stale && 'text-text-3')}>
        <MovingPrice value={ticker?.last ?? null} tick={tickSize} />
      </p>
      <dl
        className={clsx(
          'flex gap-x-6 max-sm:w-full max-sm:justify-between max-sm:gap-x-3',
          stale && 'opacity-70',
          brief && 'hidden',
        )}
      >
        <Figure label={t('change24h')}>
          <Percent value={ticker?.changePercent} />
        </Figure>
        <Figure label={t('high24h')}>
          <PriceText value={ticker?.high} tick={tickSize} />
        </Figure>
        <Figure label={t('low24h')}>
          <PriceText value={ticker?.low} tick={tickSize} />
        </Figure>
        <Figure label={t('volume24h')}>
          <Volume value={ticker?.quoteVolume} /> <span className="text-text-3">{quote}</span>
        </Figure>
      </dl>
      <FreshnessMark freshness={freshness} className="ml-auto" />
    </header>
  )
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="truncate text-label text-text-3">{label}</dt>
      <dd className="text-table whitespace-nowrap">{children}</dd>
    </div>
  )
}
