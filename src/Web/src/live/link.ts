import { create } from 'zustand'
import { refreshSession } from '@/api/session'
import { type Link, LiveLink } from './socket'

/** The state of the link, for the dot and for stale marks. */
export const useLink = create<Link>(() => ({ state: 'connecting', attempt: 0, lastHeardAt: null }))

const address = (): string => `${window.location.origin.replace(/^http/, 'ws')}/api/v1/stream`

export const live = new LiveLink({
  open: () => new WebSocket(address()),
  now: () => Date.now(),
  random: () => Math.random(),
  online: () => navigator.onLine,
  report: (link) => useLink.setState(link),
  unauthorized: refreshSession,
})
