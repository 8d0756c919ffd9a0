import { useCallback, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fill, Instrument, Order } from '@/api/types'
import { useWatchlist } from '@/api/watchlist'
import { formatDecimal } from '@/money/format'
import { useLocale } from '@/ui/prefs'
import { useShortcuts } from '@/ui/shortcuts'
import { notify } from '@/ui/toast'
import { useChartPrefs } from './chartPrefs'
import type { Side } from './model'
import { pinned } from './parts/ChartTools'
import { useFreshness } from './useFreshness'
import { useMarket, useTicker } from './useMarket'
import { useOrderForm } from './useOrderForm'
import { useFills, useOpenOrders, useOrderEvents, usePaperAccount, useRefreshAccount } from './useTrading'

const none: readonly string[] = []
/** Everything the trade page knows and can do, for the wide and the narrow layout alike. */
export function useDesk(instrument: Instrument) {
  const { symbol } = instrument
  const { accountId, visitor } = usePaperAccount()
  const ticker = useTicker(symbol)
  const market = useMarket(instrument, accountId)
  const texts = useOrderTexts(instrument)
  const refresh = useRefreshAccount(accountId)
  const handle = useOrderForm(market, accountId, (order) => {
    refresh()
    notify.done(texts.placed(order))
  })
  useOrderEvents(accountId, (fill, order) => {
    // What a market order met is its answer; whatever came later is news.
    if (order.type !== 'market' || order.startAt !== null) notify.done(texts.filled(fill, order))
  })
  const amountRef = useRef<HTMLInputElement>(null)
  const chart = useChartPrefs()
  const takeSide = (side: Side) => {
    handle.send({ kind: 'side', side })
    amountRef.current?.focus()
  }
  useShortcuts({
    b: () => takeSide('buy'),
    s: () => takeSide('sell'),
    Escape: () => handle.send({ kind: 'amount', text: '' }),
    ...Object.fromEntries(pinned.map((interval, i) => [String(i + 1), () => chart.setInterval(interval)])),
  })
  const allOrders = useStable(useOpenOrders(accountId))
  const orders = useStable(allOrders.filter((o) => o.symbol === symbol))
  const fills = useFills(accountId, symbol)
  const watchlist = useWatchlist(accountId !== null).data ?? none
  const freshness = useFreshness()
  const { send } = handle
  const pick = useCallback((price: string) => send({ kind: 'pickPrice', price }), [send])
  return {
    accountId,
    visitor,
    ticker,
    market,
    handle,
    amountRef,
    chart,
    takeSide,
    allOrders,
    orders,
    fills,
    watchlist,
    freshness,
    pick,
    refresh,
  }
}

export type DeskParts = ReturnType<typeof useDesk>

/** The same array as long as its items are the same, so that memos downstream hold at ten updates a second. */
function useStable<T>(list: readonly T[]): readonly T[] {
  const kept = useRef(list)
  if (kept.current.length !== list.length || list.some((item, i) => item !== kept.current[i])) kept.current = list
  return kept.current
}

function useOrderTexts(instrument: Instrument) {
  const { t } = useTranslation('trade')
  const locale = useLocale()
  const amount = (value: string | null, max = 8) => formatDecimal(value, { locale, max })
  return {
    placed: (order: Order) => {
      const key = order.status === 'filled' ? 'done' : order.status === 'canceled' ? 'doneCanceled' : 'placed'
      return t(`${key}_${order.side}`, {
        quantity: amount(order.status === 'filled' ? order.filledQuantity : order.quantity),
        asset: instrument.base,
        price: amount(order.status === 'filled' ? order.averagePrice : order.price),
      })
    },
    filled: (fill: Fill, order: Order) =>
      t(`done_${order.side}`, { quantity: amount(fill.quantity), asset: order.base, price: amount(fill.price) }),
  }
}
