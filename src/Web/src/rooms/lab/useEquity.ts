import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { equityFileQuery } from '@/api/backtests'
import { readEquity } from './model/equity'

/** The equity of every candle of a run. */
export function useEquity(id: string) {
  const file = useQuery(equityFileQuery(id))
  const dots = useMemo(() => (file.data === undefined ? null : readEquity(file.data)), [file.data])
  return { dots, error: file.error, retry: () => void file.refetch() }
}
