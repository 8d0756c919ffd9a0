import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'

/** Side with arrow and word, never by colour alone. */
export function SideWord({ side }: { side: 'buy' | 'sell' }) {
  const { t } = useTranslation('common')
  const Arrow = side === 'buy' ? ArrowUp : ArrowDown
  return (
    <span className={clsx('inline-flex items-center gap-1', side === 'buy' ? 'text-up' : 'text-down')}>
      <Arrow size={12} strokeWidth={2} aria-hidden />
      {t(side)}
    </span>
  )
}
