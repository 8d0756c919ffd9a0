import { useQuery } from '@tanstack/react-query'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instrument, Order } from '@/api/types'
import { Switch } from '@/ui/Switch'
import { SkeletonRows } from '@/ui/states'
import { Tab, TabList, TabPanel, Tabs } from '@/ui/Tabs'
import { closedOrdersQuery, fillsQuery } from '../api'
import { FillsTable } from './FillsTable'
import { HistoryTable } from './HistoryTable'
import { OpenOrders } from './OpenOrders'

type View = 'open' | 'history' | 'fills'
type Props = { accountId: string | null; orders: readonly Order[]; instrument: Instrument }

/** What became of my orders: open, ended, and the fills they led to. */
export const Activity = memo(function Activity({ accountId, orders, instrument }: Props) {
  const { t } = useTranslation('trade')
  const [view, setView] = useState<View>('open')
  const [onlyPair, setOnlyPair] = useState(false)
  const symbol = onlyPair ? instrument.symbol : null
  const shown = onlyPair ? orders.filter((o) => o.symbol === instrument.symbol) : orders
  return (
    <section aria-label={t('activity')} className="flex min-h-0 min-w-0 grow flex-col bg-bg1">
      <Tabs value={view} onChange={setView} className="flex min-h-0 grow flex-col">
        <div className="flex shrink-0 items-center justify-between gap-3 border-b border-line pr-3 pl-1">
          <TabList label={t('activity')} className="border-b-0!">
            <Tab value="open">{t('openOrders', { count: shown.length })}</Tab>
            <Tab value="history">{t('history')}</Tab>
            <Tab value="fills">{t('fills')}</Tab>
          </TabList>
          <span className="text-table whitespace-nowrap text-text-2 max-sm:hidden">
            <Switch label={t('onlyPair')} checked={onlyPair} onChange={setOnlyPair} />
          </span>
        </div>
        <TabPanel value="open" className="min-h-0 grow overflow-auto">
          <OpenOrders accountId={accountId} orders={shown} symbol={symbol} />
        </TabPanel>
        <TabPanel value="history" className="min-h-0 grow overflow-auto">
          {accountId === null ? (
            <p className="p-3 text-text-2">{t('signInForOrders')}</p>
          ) : (
            <History accountId={accountId} symbol={symbol} />
          )}
        </TabPanel>
        <TabPanel value="fills" className="min-h-0 grow overflow-auto">
          {accountId === null ? (
            <p className="p-3 text-text-2">{t('signInForOrders')}</p>
          ) : (
            <Fills accountId={accountId} symbol={symbol} />
          )}
        </TabPanel>
      </Tabs>
    </section>
  )
})

type Asked = { accountId: string; symbol: string | null }

function History({ accountId, symbol }: Asked) {
  const query = useQuery(closedOrdersQuery(accountId, symbol))
  return query.isPending ? (
    <SkeletonRows rows={3} />
  ) : (
    <HistoryTable orders={query.data?.items ?? []} error={query.error} retry={() => void query.refetch()} />
  )
}

function Fills({ accountId, symbol }: Asked) {
  const query = useQuery(fillsQuery(accountId, symbol))
  return query.isPending ? (
    <SkeletonRows rows={3} />
  ) : (
    <FillsTable fills={query.data?.items ?? []} error={query.error} retry={() => void query.refetch()} />
  )
}
