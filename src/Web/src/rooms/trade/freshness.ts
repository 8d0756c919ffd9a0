import type { Link } from '@/live/socket'

export const STALE_AFTER_SECONDS = 5

export type Freshness =
  | { state: 'fresh' }
  | { state: 'loading' }
  /** Nothing heard from our server for this long. */
  | { state: 'unheard'; seconds: number }
  /** The server itself says that its source is silent. */
  | { state: 'stale'; seconds: number | null }
  | { state: 'paused' | 'ended' }

type Source = { state: string; stale: boolean; asOf: string | null; source: string }

/** Whether the prices on this page may be traded on. `asOf` of a replay is recorded time and says nothing about age. */
export function freshnessOf(link: Link, source: Source | null, now: number): Freshness {
  const silent = link.lastHeardAt === null ? null : (now - link.lastHeardAt) / 1000
  if (silent === null && source === null) return { state: 'loading' }
  if (silent === null || silent > STALE_AFTER_SECONDS) return { state: 'unheard', seconds: Math.round(silent ?? 0) }
  if (source === null) return { state: 'fresh' }
  if (source.state === 'paused' || source.state === 'ended') return { state: source.state }
  if (!source.stale) return { state: 'fresh' }
  const age = source.asOf === null || source.source === 'replay' ? null : (now - Date.parse(source.asOf)) / 1000
  return { state: 'stale', seconds: age === null ? null : Math.max(0, Math.round(age)) }
}

export const isStale = (freshness: Freshness): boolean => freshness.state === 'unheard' || freshness.state === 'stale'
