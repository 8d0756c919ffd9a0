import { Link } from '@tanstack/react-router'
import { CalendarClock } from 'lucide-react'
import { memo, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instrument, Order } from '@/api/types'
import { Switch } from '@/ui/Switch'
import { SkeletonRows } from '@/ui/states'
import { Tab, TabList, TabPanel, Tabs } from '@/ui/Tabs'
import { Ended, OpenOrders } from '../lazy'

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
          <Link
            to="/orders/scheduled"
            className="ml-auto inline-flex items-center gap-1 text-table whitespace-nowrap text-text-2 hover:text-text-1 hover:underline max-sm:h-11"
          >
            <CalendarClock size={14} strokeWidth={1.75} aria-hidden />
            <span className="max-sm:sr-only">{t('scheduled')}</span>
          </Link>
          <span className="text-table whitespace-nowrap text-text-2 max-sm:hidden">
            <Switch label={t('onlyPair')} checked={onlyPair} onChange={setOnlyPair} />
          </span>
        </div>
        <TabPanel value="open" className="min-h-0 grow overflow-auto">
          <Suspense fallback={<SkeletonRows rows={3} />}>
            <OpenOrders accountId={accountId} orders={shown} symbol={symbol} />
          </Suspense>
        </TabPanel>
        {(['history', 'fills'] as const).map((what) => (
          <TabPanel key={what} value={what} className="min-h-0 grow overflow-auto">
            {accountId === null ? (
              <p className="p-3 text-text-2">{t('signInForOrders')}</p>
            ) : (
              <Suspense fallback={<SkeletonRows rows={3} />}>
                <Ended what={what} accountId={accountId} symbol={symbol} />
              </Suspense>
            )}
          </TabPanel>
        ))}
      </Tabs>
    </section>
  )
})
