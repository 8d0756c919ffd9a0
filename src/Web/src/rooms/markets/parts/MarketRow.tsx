import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { tickerChannel } from '@/live/channels'
import { useChannel } from '@/live/useChannel'
import { Percent, PriceText, Volume } from '@/money/Amount'
import { MovingPrice } from '@/money/MovingPrice'
import { Sparkline } from '@/ui/Sparkline'
import { Td } from '@/ui/Table'
import type { Row } from '../model'
import { StarButton } from './StarButton'

type MarketRowProps = {
  row: Row
  index: number
  height: number
  active: boolean
  starred: boolean
  signedIn: boolean
  onFocus: () => void
}

export function MarketRow({ row, index, height, active, starred, signedIn, onFocus }: MarketRowProps) {
  const { t } = useTranslation('markets')
  const { market } = row
  const pushed = useChannel(tickerChannel(market.symbol))
  const ticker = pushed.data ?? row.ticker
  const last = ticker?.last ?? null
  return (
    <tr
      data-index={index}
      aria-rowindex={index + 2}
      style={{ height }}
      className={clsx(
        'relative border-b border-line hover:bg-bg2 has-[a:focus-visible]:bg-bg2',
        ticker?.stale && 'text-text-3',
      )}
    >
      <Td className="h-auto pr-1 pl-3 max-sm:pl-1">
        <StarButton symbol={market.symbol} starred={starred} signedIn={signedIn} tabbable={active} />
      </Td>
      <Td className="h-auto">
        <Link
          to="/trade/$symbol"
          params={{ symbol: market.symbol }}
          data-market-link=""
          tabIndex={active ? 0 : -1}
          onFocus={onFocus}
          className="after:absolute after:inset-0 after:content-['']"
        >
          <b className="text-body font-semibold">{market.base}</b>
          <span className="text-text-3">/{market.quote}</span>
        </Link>
        {market.trading ? null : <span className="ml-2 text-label text-warn">{t('halted')}</span>}
        <p className="text-label text-text-3 sm:hidden">
          {t('volumeShort')} <Volume value={ticker?.quoteVolume} />
        </p>
      </Td>
      <Td align="right" className="h-auto">
        <Sparkline values={row.ticker?.spark ?? []} className="ml-auto max-sm:w-14" />
      </Td>
      <Td align="right" className="h-auto max-sm:pr-3">
        <MovingPrice value={last} tick={market.tickSize} className="text-body" />
        <Percent value={ticker?.changePercent} className="block text-table sm:hidden" />
      </Td>
      <Td align="right" className="h-auto max-sm:hidden">
        <Percent value={ticker?.changePercent} />
      </Td>
      <Td align="right" className="h-auto text-text-2 max-lg:hidden">
        <PriceText value={ticker?.high} tick={market.tickSize} />
      </Td>
      <Td align="right" className="h-auto text-text-2 max-lg:hidden">
        <PriceText value={ticker?.low} tick={market.tickSize} />
      </Td>
      <Td align="right" className="h-auto pr-4 text-text-2 max-sm:hidden">
        <Volume value={ticker?.quoteVolume} /> <span className="text-text-3">{market.quote}</span>
      </Td>
    </tr>
  )
}
