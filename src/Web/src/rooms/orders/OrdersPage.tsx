import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChosenAccount } from '@/api/chosenAccount'
import { Button } from '@/ui/Button'
import { useZone } from '@/ui/prefs'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { Tab, TabList, TabPanel, Tabs } from '@/ui/Tabs'
import { useNotifyProblem } from '@/ui/toast'
import { useTitle } from '@/ui/useTitle'
import { notedQuery } from './api'
import { saveFills, saveOrders } from './csv'
import { boundsOf, type Filters, readFilters, tabs, writeFilters } from './model'
import { CancelAsk, type Wish } from './parts/CancelAsk'
import { CoinCard } from './parts/CoinCard'
import { FillRows } from './parts/FillRows'
import { FilterBar } from './parts/FilterBar'
import { JournalList } from './parts/JournalList'
import { OrderDialog } from './parts/OrderDialog'
import { OrderRows } from './parts/OrderRows'
import { useRows } from './useRows'

const noNotes: ReadonlySet<string> = new Set()

export function OrdersPage() {
  const { t } = useTranslation('orders')
  const go = useNavigate({ from: '/orders' })
  const filters = readFilters(useSearch({ from: '/orders' }))
  const chosen = useChosenAccount()
  const zone = useZone()
  const failed = useNotifyProblem()
  const [shown, setShown] = useState<string | null>(null)
  const [wish, setWish] = useState<Wish | null>(null)
  const named = chosen.accounts.find((each) => each.id === filters.account)?.id ?? chosen.account?.id ?? null
  const accountId = filters.account === 'all' ? null : named
  const noted = useQuery({ ...notedQuery, enabled: named !== null }).data ?? noNotes
  const rows = useRows(filters, accountId, named !== null)
  const csv = useMutation({
    mutationFn: () =>
      filters.tab === 'fills'
        ? saveFills(rows.asked, zone)
        : saveOrders(
            { ...rows.asked, status: rows.status, ...(filters.type === '' ? {} : { type: filters.type }) },
            zone,
          ),
    onError: failed,
  })
  useTitle(t('title'))
  if (chosen.error) return <ErrorState what={t('failed')} error={chosen.error} retry={chosen.retry} />
  const change = (patch: Partial<Filters>) =>
    void go({ search: writeFilters({ ...filters, ...patch }), replace: patch.tab === undefined })
  const openRows = filters.tab === 'open' ? rows.orders : []
  const whole = [filters.from, filters.to, filters.coin, filters.side, filters.type].every((word) => word === '')
  const table = { noted, onNote: setShown, onEnd: rows.onEnd }
  return (
    <Tabs value={filters.tab} onChange={(tab) => change({ tab })} className="flex min-h-0 grow flex-col bg-bg1">
      <div className="flex shrink-0 flex-wrap items-center gap-x-6 border-b border-line px-4 max-sm:px-3">
        <h1 className="text-em font-semibold max-sm:sr-only">{t('title')}</h1>
        <TabList label={t('title')} className="border-b-0!">
          {tabs.map((tab) => (
            <Tab key={tab} value={tab}>
              {t(`tab_${tab}`)}
            </Tab>
          ))}
        </TabList>
        {openRows.length > 1 && accountId !== null ? (
          <Button
            small
            variant="danger"
            className="ml-auto"
            onClick={() => setWish({ kind: 'all', accountId, pair: filters.pair, whole, orders: openRows })}
          >
            {t('cancelAll')}
          </Button>
        ) : null}
      </div>
      <FilterBar
        filters={filters}
        accounts={chosen.accounts}
        accountId={accountId}
        csvBusy={csv.isPending}
        onChange={change}
        onCsv={() => csv.mutate()}
      />
      {filters.coin !== '' && accountId !== null && filters.tab !== 'journal' ? (
        <CoinCard accountId={accountId} coin={filters.coin} />
      ) : null}
      <TabPanel value={filters.tab} className="flex min-h-48 grow flex-col">
        {filters.tab === 'journal' ? (
          <JournalList
            filters={filters}
            bounds={boundsOf(filters, zone)}
            onNote={setShown}
            onTag={(tag) => change({ tag })}
          />
        ) : rows.error ? (
          <ErrorState what={t('failed')} error={rows.error} retry={rows.retry} />
        ) : rows.isPending ? (
          <SkeletonRows rows={8} />
        ) : filters.tab === 'fills' ? (
          rows.fills.length === 0 ? (
            <EmptyState text={t('noFills')} />
          ) : (
            <FillRows fills={rows.fills} {...table} />
          )
        ) : rows.orders.length === 0 ? (
          <EmptyState text={t(filters.tab === 'open' ? 'noOpen' : 'noClosed')} />
        ) : (
          <OrderRows
            key={filters.tab}
            label={t(`tab_${filters.tab}`)}
            open={filters.tab === 'open'}
            orders={rows.orders}
            onCancel={(order) => setWish({ kind: 'one', order })}
            {...table}
          />
        )}
      </TabPanel>
      {filters.tab === 'journal' ? null : (
        <Count count={filters.tab === 'fills' ? rows.fills.length : rows.orders.length} more={rows.more} />
      )}
      {shown === null ? null : <OrderDialog id={shown} onClose={() => setShown(null)} />}
      <CancelAsk wish={wish} onClose={() => setWish(null)} />
    </Tabs>
  )
}

function Count({ count, more }: { count: number; more: boolean }) {
  const { t } = useTranslation('orders')
  return (
    <p role="status" className="shrink-0 border-t border-line px-4 py-1 text-table text-text-3 max-sm:px-3">
      {t('rows', { count })} {more ? t('moreBelow') : null}
    </p>
  )
}
