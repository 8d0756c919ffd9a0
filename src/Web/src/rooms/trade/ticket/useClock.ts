import { tickerChannel } from '@/live/channels'
import { useChannel } from '@/live/useChannel'
import { useZone } from '@/ui/prefs'
import { useNow } from '@/ui/useNow'
import type { Clock } from './types'

const CALM_MS = 1_000

/** The market's clock, which a replay sets to recorded time, and the zone in which times are written. */
export function useClock(symbol: string): Clock {
  const { asOf, receivedAt } = useChannel(tickerChannel(symbol), CALM_MS)
  const zone = useZone()
  const now = useNow()
  const nowMs = asOf === null || receivedAt === null ? now : Date.parse(asOf) + Math.max(0, now - receivedAt)
  return { nowMs, zone }
}
