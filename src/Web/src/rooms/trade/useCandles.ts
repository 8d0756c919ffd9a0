import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { Candle as ApiCandle } from '@/api/types'
import { type Candle, type Interval, withLive } from '@/chart'
import { candlesChannel } from '@/live/channels'
import { useChannel } from '@/live/useChannel'
import { candlesQuery } from './api'

/** A canvas of candles costs more than it tells above this rate. */
const DRAW_EVERY_MS = 250
const drawable = new WeakMap<ApiCandle, Candle>()

/** Equal objects in, equal objects out: the chart sees by identity what changed. */
function toCandle(from: ApiCandle): Candle {
  const known = drawable.get(from)
  if (known) return known
  const made: Candle = {
    time: Date.parse(from.openTime) / 1000,
    open: Number(from.open),
    high: Number(from.high),
    low: Number(from.low),
    close: Number(from.close),
    volume: Number(from.volume),
  }
  drawable.set(from, made)
  return made
}

/** Loaded candles with the live ones over them; asks again when a broken link left a hole between the two. */
export function useCandles(symbol: string, interval: Interval) {
  const query = useInfiniteQuery(candlesQuery(symbol, interval))
  const live = useChannel(candlesChannel(symbol, interval), DRAW_EVERY_MS).data
  const loaded = useMemo(
    () => [...(query.data?.pages ?? [])].reverse().flatMap((p) => p.items.map(toCandle)),
    [query.data],
  )
  const candles = useMemo(
    () => (query.data === undefined ? loaded : withLive(loaded, (live ?? []).map(toCandle))),
    [loaded, live, query.data],
  )

  const firstLive = live?.[0] === undefined ? null : toCandle(live[0]).time
  const lastLoaded = loaded.at(-1)?.time ?? null
  const asked = useRef<number | null>(null)
  const { refetch } = query
  useEffect(() => {
    if (firstLive === null || lastLoaded === null || firstLive <= lastLoaded || asked.current === firstLive) return
    asked.current = firstLive
    void refetch()
  }, [firstLive, lastLoaded, refetch])

  const loadOlder = () => {
    if (query.hasNextPage && !query.isFetching) void query.fetchNextPage()
  }
  return { candles, loadOlder, error: query.error, retry: () => void refetch(), loading: query.isPending }
}
