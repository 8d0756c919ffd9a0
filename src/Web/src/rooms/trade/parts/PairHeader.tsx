import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instrument, Ticker } from '@/api/types'
import { Percent, PriceText, Volume } from '@/money/Amount'
import type { Freshness } from '../freshness'
import { isStale } from '../freshness'
import { FreshnessMark } from './FreshnessMark'

type Props = {
  instrument: Instrument
  ticker: Ticker | null
  freshness: Freshness
  simulated: boolean
  star: ReactNode
}

export function PairHeader({ instrument, ticker, freshness, simulated, star }: Props) {
  const { t } = useTranslation('trade')
  const { base, quote, tickSize } = instrument
  const stale = isStale(freshness)
  const falling = ticker?.change?.startsWith('-') ?? false
  const Arrow = falling ? ArrowDown : ArrowUp
  return (
    <header className="flex min-h-12 flex-wrap items-center gap-x-6 gap-y-1 bg-bg1 px-3 py-1.5 max-sm:gap-x-4">
      <div className="flex items-center gap-2">
        {star}
        <h1 className="text-em font-semibold whitespace-nowrap">
          {base}
          <span className="text-text-3">/{quote}</span>
        </h1>
        {simulated ? (
          <span className="rounded-sm border border-warn px-1 text-label font-semibold tracking-wide text-warn uppercase">
            {t('simulated')}
          </span>
        ) : null}
      </div>
      <p
        data-testid="last-price"
        className={clsx(
          'flex items-center gap-1 text-price font-semibold',
          stale ? 'text-text-3' : falling ? 'text-down' : 'text-up',
        )}
      >
        <PriceText value={ticker?.last} tick={tickSize} />
        {ticker?.last ? <Arrow size={16} strokeWidth={2} aria-hidden /> : null}
      </p>
      <dl className={clsx('flex gap-x-6 max-sm:w-full max-sm:justify-between max-sm:gap-x-3', stale && 'opacity-70')}>
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
