import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instrument } from '@/api/types'
import { Button } from '@/ui/Button'
import { Tab, TabList, TabPanel, Tabs } from '@/ui/Tabs'
import { isStale } from '../freshness'
import type { Side } from '../model'
import type { DeskParts } from '../useDesk'
import { Activity } from './Activity'
import { Book } from './Book'
import { ChartArea } from './ChartArea'
import { OrderForm } from './OrderForm'
import { Trades } from './Trades'

type View = 'chart' | 'book' | 'order'
type Props = { parts: DeskParts; instrument: Instrument; header: (brief: boolean) => ReactNode }

/** One thing at a time, Buy and Sell always under the thumb. */
export function PhoneDesk({ parts, instrument, header }: Props) {
  const { t } = useTranslation(['trade', 'common'])
  const [view, setView] = useState<View>('chart')
  const open = (side: Side) => {
    parts.handle.send({ kind: 'side', side })
    setView('order')
  }
  const pick = (price: string) => {
    parts.pick(price)
    setView('order')
  }
  return (
    <div data-testid="desk" className="flex grow flex-col gap-px bg-line">
      {header(view === 'order')}
      <Tabs value={view} onChange={setView} className="flex flex-col gap-px">
        <TabList label={t('views')} className="bg-bg1 px-1">
          <Tab value="chart" className="grow">
            {t('chart')}
          </Tab>
          <Tab value="book" className="grow">
            {t('book')}
          </Tab>
          <Tab value="order" className="grow">
            {t('order')}
          </Tab>
        </TabList>
        <TabPanel value="chart" className="flex h-[26rem] flex-col *:grow">
          <ChartArea
            instrument={instrument}
            interval={parts.chart.interval}
            indicators={parts.chart.indicators}
            onInterval={parts.chart.setInterval}
            onIndicators={parts.chart.setIndicators}
            orders={parts.orders}
            fills={parts.fills}
          />
        </TabPanel>
        <TabPanel value="book" className="flex flex-col gap-px bg-line">
          <div className="flex h-[35rem]">
            <Book
              instrument={instrument}
              last={parts.ticker?.last ?? null}
              orders={parts.orders}
              stale={isStale(parts.freshness)}
              onPick={pick}
            />
          </div>
          <Trades instrument={instrument} className="h-64" />
        </TabPanel>
        <TabPanel value="order">
          <OrderForm
            market={parts.market}
            handle={parts.handle}
            visitor={parts.visitor}
            freshness={parts.freshness}
            amountRef={parts.amountRef}
            accountId={parts.accountId}
            onPlaced={parts.refresh}
          />
        </TabPanel>
      </Tabs>
      <div className="flex min-h-48 grow flex-col bg-bg1 pb-16">
        <Activity accountId={parts.accountId} orders={parts.allOrders} instrument={instrument} />
      </div>
      {view === 'order' ? null : (
        <div className="fixed inset-x-0 bottom-14 z-20 grid grid-cols-2 gap-2 border-t border-line bg-bg1 p-2">
          <Button variant="buy" className="h-12!" onClick={() => open('buy')}>
            {t('common:buy')}
          </Button>
          <Button variant="sell" className="h-12!" onClick={() => open('sell')}>
            {t('common:sell')}
          </Button>
        </div>
      )}
    </div>
  )
}
