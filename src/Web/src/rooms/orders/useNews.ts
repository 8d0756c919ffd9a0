import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Fill, Order } from '@/api/types'
import { isOpen, type OrderEvent } from '@/live/channels'
import { listen } from '@/live/useChannel'

const betweenMs = 250
const kept = 2_000

type News = { open: ReadonlyMap<string, Order>; closed: readonly Order[]; fills: readonly Fill[]; heard: boolean }
const nothing: News = { open: new Map(), closed: [], fills: [], heard: false }

const latestFirst = <T extends { id: string }>(known: readonly T[], fresh: readonly T[]): T[] => {
  const ids = new Set(fresh.map((each) => each.id))
  return [...fresh, ...known.filter((each) => !ids.has(each.id))].slice(0, kept)
}

/** All open orders, and what ended and was filled since the page is open: every event, drawn four times a second. */
export function useNews(): News {
  const client = useQueryClient()
  const [news, setNews] = useState<News>(nothing)
  useEffect(() => {
    let waiting: OrderEvent[] = []
    let timer: ReturnType<typeof setTimeout> | null = null
    const flush = () => {
      timer = null
      const events = waiting
      waiting = []
      setNews((known) => withEvents(known, events))
    }
    const leave = listen('orders', (frame) => {
      if (frame.type === 'snapshot') {
        const open = new Map((frame.data as Order[]).map((order) => [order.id, order]))
        setNews((known) => ({ ...known, open, heard: true }))
        // Nobody knows what was missed before a snapshot.
        for (const key of ['orders', 'fills']) void client.invalidateQueries({ queryKey: [key] })
        return
      }
      waiting.push(frame.data as OrderEvent)
      timer ??= setTimeout(flush, betweenMs)
    })
    return () => {
      leave()
      if (timer !== null) clearTimeout(timer)
    }
  }, [client])
  return news
}

function withEvents(known: News, events: readonly OrderEvent[]): News {
  const open = new Map(known.open)
  const closed = new Map<string, Order>()
  const fills: Fill[] = []
  for (const { order, fill } of events) {
    if (isOpen(order)) open.set(order.id, order)
    else {
      open.delete(order.id)
      closed.set(order.id, order)
    }
    if (fill !== null) fills.unshift(fill)
  }
  return {
    open,
    closed: closed.size === 0 ? known.closed : latestFirst(known.closed, [...closed.values()]),
    fills: fills.length === 0 ? known.fills : latestFirst(known.fills, fills),
    heard: known.heard,
  }
}
