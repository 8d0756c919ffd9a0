import { useQuery } from '@tanstack/react-query'
import { marketsQuery } from '@/api/markets'
import type { Instrument } from '@/api/types'

const nothing = new Map<string, Instrument>()

/** Ticks, steps and assets of every pair, by symbol. */
export function useInstruments(): ReadonlyMap<string, Instrument> {
  const { data } = useQuery({ ...marketsQuery, select: (m) => new Map(m.items.map((i) => [i.symbol, i])) })
  return data ?? nothing
}
