import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { balancesQuery } from '@/api/accounts'
import { useChosenAccount } from '@/api/chosenAccount'
import type { Fill, Order } from '@/api/types'
import { balancesChannel, ordersChannel } from '@/live/channels'
import { useChannel } from '@/live/useChannel'
import { fillsQuery, openOrdersQuery } from './api'

/** How often to ask while the stream says nothing about orders and balances. */
const POLL_MS = 3_000
const noOrders: readonly Order[] = []
const noFills: readonly Fill[] = []

/** The account that was chosen in the wallet; null for a visitor. */
export function usePaperAccount() {
  const { account, visitor } = useChosenAccount()
  return { accountId: account?.id ?? null, visitor }
}

/** Live where the stream speaks, else as last asked. */
export function useAvailable(accountId: string | null, base: string, quote: string) {
  const live = useChannel(accountId === null ? null : balancesChannel).data
  const asked = useQuery({
    ...balancesQuery(accountId ?? ''),
    enabled: accountId !== null,
    refetchInterval: live === null && POLL_MS,
  }).data
  if (accountId === null || (live === null && asked === undefined)) return null
  const of = (asset: string) =>
    live?.get(`${accountId}/${asset}`)?.available ?? asked?.items.find((b) => b.asset === asset)?.available ?? '0'
  return { base: of(base), quote: of(quote) }
}

/** Live where the stream speaks. What a trailing stop follows changes without an event, so that is asked for. */
export function useOpenOrders(accountId: string | null): readonly Order[] {
  const live = useChannel(accountId === null ? null : ordersChannel).data
  const follows = live !== null && [...live.open.values()].some((o) => o.trailingDelta !== null)
  const asked = useQuery({
    ...openOrdersQuery(accountId ?? ''),
    enabled: accountId !== null && (live === null || follows),
    refetchInterval: POLL_MS,
  }).data
  return useMemo(() => {
    const all =
      live === null ? (asked?.items ?? noOrders) : [...live.open.values()].map((o) => followed(o, asked?.items))
    return all.filter((o) => o.accountId === accountId).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  }, [live, asked, accountId])
}

function followed(order: Order, asked: readonly Order[] | undefined): Order {
  if (order.trailingDelta === null) return order
  const extreme = asked?.find((o) => o.id === order.id)?.extreme ?? order.extreme
  return extreme === order.extreme ? order : { ...order, extreme }
}

export function useFills(accountId: string | null, symbol: string): readonly Fill[] {
  return useQuery({ ...fillsQuery(accountId ?? '', symbol), enabled: accountId !== null }).data?.items ?? noFills
}

/** Makes every list of this account's orders, fills and balances out of date. */
export function useRefreshAccount(accountId: string | null): () => void {
  const client = useQueryClient()
  return () => {
    for (const key of ['orders', 'fills', 'accounts']) void client.invalidateQueries({ queryKey: [key, accountId] })
  }
}

/** Whatever happens to an order makes the lists that were asked for out of date. */
export function useOrderEvents(accountId: string | null, onFill: (fill: Fill, order: Order) => void): void {
  const refresh = useRefreshAccount(accountId)
  const last = useChannel(accountId === null ? null : ordersChannel).data?.last ?? null
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per event, whatever the listener is today
  useEffect(() => {
    if (last === null) return
    refresh()
    if (last.fill !== null) onFill(last.fill, last.order)
  }, [last])
}
