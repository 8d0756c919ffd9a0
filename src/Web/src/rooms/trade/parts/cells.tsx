import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { marketsQuery } from '@/api/markets'
import type { Instrument } from '@/api/types'

/** Side with arrow and word, never by colour alone. */
export function SideCell({ side }: { side: 'buy' | 'sell' }) {
  const { t } = useTranslation('common')
  const Arrow = side === 'buy' ? ArrowUp : ArrowDown
  return (
    <span className={clsx('inline-flex items-center gap-1', side === 'buy' ? 'text-up' : 'text-down')}>
      <Arrow size={12} strokeWidth={2} aria-hidden />
      {t(side)}
    </span>
  )
}

const nothing = new Map<string, Instrument>()

/** Ticks and steps of other pairs than the one on screen. */
export function useInstruments(): ReadonlyMap<string, Instrument> {
  const { data } = useQuery({ ...marketsQuery, select: (m) => new Map(m.items.map((i) => [i.symbol, i])) })
  return data ?? nothing
}
