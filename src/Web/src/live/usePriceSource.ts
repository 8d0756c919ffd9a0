import { useQuery } from '@tanstack/react-query'
import { sourceQuery } from '@/api/markets'
import type { PriceSource } from '@/api/types'
import { sourceChannel } from './channels'
import { useChannel } from './useChannel'

/** Where prices come from and how they are; null until known. */
export function usePriceSource(): PriceSource | null {
  const pushed = useChannel(sourceChannel)
  const asked = useQuery(sourceQuery)
  return pushed.data ?? asked.data ?? null
}
