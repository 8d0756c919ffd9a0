import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { Fill, Order } from '@/api/types'
import { useInstruments } from '@/orders/useInstruments'
import { useZone } from '@/ui/prefs'
import { askedOf, fillsQuery, ordersQuery } from './api'
import { boundsOf, type Filters, matches, merged } from './model'
import { useNews } from './useNews'

/** The stream's picture of open orders ends at this many; beyond it pages are asked for. */
const streamKnows = 1_000
const noOrders: readonly Order[] = []
const noFills: readonly Fill[] = []

const subjectOf = (order: Order) => ({ ...order, at: order.createdAt, coin: order.base })

/** The rows of the tab: pages of the server with the stream's news on top. */
export function useRows(filters: Filters, accountId: string | null, ready: boolean) {
  const zone = useZone()
  const news = useNews()
  const instruments = useInstruments()
  const { tab } = filters
  const asked = askedOf(filters, accountId, zone)
  const status = tab === 'closed' && filters.status !== '' ? filters.status : tab
  const orders = useInfiniteQuery({
    ...ordersQuery({ ...asked, status, ...(filters.type === '' ? {} : { type: filters.type }) }),
    enabled: ready && (tab === 'open' || tab === 'closed'),
  })
  const fills = useInfiniteQuery({ ...fillsQuery(asked), enabled: ready && tab === 'fills' })
  const bounds = boundsOf(filters, zone)
  const fits = (row: Parameters<typeof matches>[0]) => matches(row, filters, accountId, bounds)

  const askedOrders = useMemo(() => orders.data?.pages.flatMap((page) => page.items) ?? noOrders, [orders.data])
  const askedFills = useMemo(() => fills.data?.pages.flatMap((page) => page.items) ?? noFills, [fills.data])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the filters are all that `fits` reads
  const orderRows = useMemo(() => {
    if (tab === 'closed')
      return merged(
        askedOrders,
        news.closed.filter((order) => fits(subjectOf(order))),
        !orders.hasNextPage,
      )
    const open = [...news.open.values()].filter((order) => fits({ ...subjectOf(order), status: '' }))
    if (news.heard && news.open.size < streamKnows) return merged([], open, true)
    const ended = new Set(news.closed.map((order) => order.id))
    return merged(
      askedOrders.filter((order) => !ended.has(order.id)),
      open,
      !orders.hasNextPage,
    )
  }, [askedOrders, news, tab, filters, accountId, zone, orders.hasNextPage])
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const fillRows = useMemo(() => {
    const fresh = news.fills.filter((fill) =>
      fits({ ...fill, at: fill.time, coin: instruments.get(fill.symbol)?.base ?? fill.symbol }),
    )
    return merged(askedFills, fresh, !fills.hasNextPage)
  }, [askedFills, news.fills, filters, accountId, zone, fills.hasNextPage, instruments])
  const query = tab === 'fills' ? fills : orders
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  return {
    asked,
    status,
    orders: orderRows,
    fills: fillRows,
    onEnd,
    more: hasNextPage,
    error: query.error,
    isPending: query.isPending && !(tab === 'open' && news.heard),
    retry: () => void query.refetch(),
  }
}
