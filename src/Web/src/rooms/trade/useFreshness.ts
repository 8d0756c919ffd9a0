import { useQuery } from '@tanstack/react-query'
import { sourceQuery } from '@/api/markets'
import { sourceChannel } from '@/live/channels'
import { useLink } from '@/live/link'
import { useChannel } from '@/live/useChannel'
import { useNow } from '@/ui/useNow'
import { type Freshness, freshnessOf } from './freshness'

export function useSource() {
  const live = useChannel(sourceChannel).data
  const asked = useQuery(sourceQuery).data
  return live ?? asked ?? null
}

export function useFreshness(): Freshness {
  const link = useLink()
  const source = useSource()
  return freshnessOf(link, source, useNow())
}
