import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { marketsQuery, tickersQuery } from '@/api/markets'
import { useMe } from '@/api/me'
import { useWatchlist } from '@/api/watchlist'
import { ErrorState, SkeletonRows } from '@/ui/states'
import { TabPanel, Tabs } from '@/ui/Tabs'
import { useTitle } from '@/ui/useTitle'
import { type Filters, quotesOf, readFilters, rowsOf, writeFilters } from './model'
import { MarketTable } from './parts/MarketTable'
import { NoRows } from './parts/NoRows'
import { Toolbar } from './parts/Toolbar'

const refreshMs = 30_000

function useKnown() {
  const markets = useQuery(marketsQuery)
  const tickers = useQuery({ ...tickersQuery, refetchInterval: refreshMs })
  const me = useMe()
  const watchlist = useWatchlist(me.data !== null && me.data !== undefined)
  const known = useMemo(
    () => ({
      markets: markets.data?.items ?? [],
      tickers: new Map((tickers.data?.items ?? []).map((ticker) => [ticker.symbol, ticker])),
      watchlist: new Set(watchlist.data),
    }),
    [markets.data, tickers.data, watchlist.data],
  )
  return { known, markets, signedIn: Boolean(me.data) }
}

export function MarketsPage() {
  const { t } = useTranslation('markets')
  const search = useSearch({ from: '/markets' })
  const go = useNavigate({ from: '/markets' })
  const filters = readFilters(search)
  const { known, markets, signedIn } = useKnown()
  const key = useDeferredValue(JSON.stringify(filters))
  const rows = useMemo(() => rowsOf(known, JSON.parse(key) as Filters), [known, key])
  useTitle(t('title'))
  const change = (patch: Partial<Filters>) =>
    void go({ search: writeFilters({ ...filters, ...patch }), replace: patch.tab === undefined })
  return (
    <Tabs
      value={filters.tab}
      onChange={(tab) => change({ tab, sort: null })}
      className="flex min-h-0 grow flex-col bg-bg1"
    >
      <h1 className="sr-only">{t('title')}</h1>
      <Toolbar filters={filters} quotes={quotesOf(known.markets)} rows={rows} onChange={change} />
      <TabPanel value={filters.tab} className="flex min-h-0 grow flex-col">
        {markets.isError ? (
          <ErrorState what={t('failed')} error={markets.error} retry={() => void markets.refetch()} />
        ) : markets.isPending ? (
          <SkeletonRows rows={12} />
        ) : rows.length === 0 ? (
          <NoRows
            known={known}
            filters={filters}
            signedIn={signedIn}
            onReset={() => change({ query: '', quote: '' })}
          />
        ) : (
          <MarketTable
            rows={rows}
            watchlist={known.watchlist}
            signedIn={signedIn}
            sort={filters.sort}
            onSort={(sort) => change({ sort })}
          />
        )}
      </TabPanel>
    </Tabs>
  )
}
