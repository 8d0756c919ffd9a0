import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instrument, MarketStamp } from '@/api/types'
import { formatDecimal } from '@/money/format'
import { useLocale } from '@/ui/prefs'
import { useIsPhone } from '@/ui/useMedia'
import { useTitle } from '@/ui/useTitle'
import { isStale } from './freshness'
import { prepareOrders } from './lazy'
import { Activity } from './parts/Activity'
import { Book } from './parts/Book'
import { ChartArea } from './parts/ChartArea'
import { OrderForm } from './parts/OrderForm'
import { PairHeader } from './parts/PairHeader'
import { PhoneDesk } from './parts/PhoneDesk'
import { Rail } from './parts/Rail'
import { StarToggle } from './parts/StarToggle'
import { Trades } from './parts/Trades'
import { type DeskParts, useDesk } from './useDesk'

/** After the first paint and the first prices. */
const PREPARE_MS = 300

type Props = { instrument: Instrument; markets: MarketStamp & { items: readonly Instrument[] } }

export function Desk({ instrument, markets }: Props) {
  const parts = useDesk(instrument)
  const phone = useIsPhone()
  const locale = useLocale()
  const price = formatDecimal(parts.ticker?.last, { locale, max: 8 })
  useTitle(`${price} ${instrument.base}/${instrument.quote}`.trim())
  useEffect(() => {
    const later = setTimeout(prepareOrders, PREPARE_MS)
    return () => clearTimeout(later)
  }, [])
  const header = (brief = false) => (
    <PairHeader
      brief={brief}
      instrument={instrument}
      ticker={parts.ticker}
      freshness={parts.freshness}
      star={
        <StarToggle
          symbol={instrument.symbol}
          starred={parts.watchlist.includes(instrument.symbol)}
          visitor={parts.visitor}
        />
      }
    />
  )
  if (phone) return <PhoneDesk parts={parts} instrument={instrument} header={header} />
  return <WideDesk parts={parts} instrument={instrument} instruments={markets.items} header={header()} />
}

type WideProps = {
  parts: DeskParts
  instrument: Instrument
  instruments: readonly Instrument[]
  header: React.ReactNode
}

function WideDesk({ parts, instrument, instruments, header }: WideProps) {
  const { t } = useTranslation('trade')
  const stale = isStale(parts.freshness)
  return (
    <div
      data-testid="desk"
      className="grid min-h-[44rem] grow basis-0 grid-cols-[12.5rem_minmax(0,1fr)_15.5rem_18rem] grid-rows-[auto_minmax(0,1fr)_minmax(12rem,26%)] gap-px bg-line max-xl:grid-cols-[minmax(0,1fr)_14rem_17rem] max-lg:grid-cols-[minmax(0,1fr)_17rem]"
    >
      <div className="row-span-3 flex min-h-0 flex-col bg-bg1 max-xl:hidden">
        <Rail instruments={instruments} watchlist={parts.watchlist} current={instrument.symbol} />
      </div>
      <div className="col-span-3 max-lg:col-span-2">{header}</div>
      <ChartArea
        instrument={instrument}
        interval={parts.chart.interval}
        indicators={parts.chart.indicators}
        onInterval={parts.chart.setInterval}
        onIndicators={parts.chart.setIndicators}
        orders={parts.orders}
        fills={parts.fills}
      />
      <div className="row-span-2 grid min-h-0 grid-rows-[minmax(0,1fr)_minmax(8rem,26%)] gap-px bg-line max-lg:hidden">
        <Book
          instrument={instrument}
          last={parts.ticker?.last ?? null}
          orders={parts.orders}
          stale={stale}
          onPick={parts.pick}
        />
        <Trades instrument={instrument} />
      </div>
      <aside aria-label={t('orderForm')} className="row-span-2 min-h-0 overflow-y-auto bg-bg1">
        <OrderForm
          market={parts.market}
          handle={parts.handle}
          visitor={parts.visitor}
          freshness={parts.freshness}
          amountRef={parts.amountRef}
          accountId={parts.accountId}
          onPlaced={parts.refresh}
        />
      </aside>
      <div className="flex min-h-0 min-w-0">
        <Activity accountId={parts.accountId} orders={parts.allOrders} instrument={instrument} />
      </div>
    </div>
  )
}
