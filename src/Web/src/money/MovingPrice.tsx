import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PriceText } from './Amount'
import { toBig } from './format'

type Seen = { value: string | null; direction: -1 | 0 | 1; flashes: number; at: number }

const betweenFlashesMs = 250

export function move(seen: Seen, value: string | null, now: number): Seen {
  const direction = toBig(value)?.cmp(toBig(seen.value) ?? value ?? 0) ?? 0
  if (direction === 0) return { ...seen, value }
  const flash = now - seen.at >= betweenFlashesMs
  return { value, direction, flashes: seen.flashes + (flash ? 1 : 0), at: flash ? now : seen.at }
}

/** A price that says how it moved: a short flash, and an arrow that stays. At most four flashes a second. */
export function MovingPrice({ value, tick, className }: { value: string | null; tick?: string; className?: string }) {
  const { t } = useTranslation('common')
  const [seen, setSeen] = useState<Seen>({ value, direction: 0, flashes: 0, at: 0 })
  if (seen.value !== value) setSeen(move(seen, value, Date.now()))
  const Arrow = seen.direction < 0 ? ArrowDown : ArrowUp
  return (
    <span
      key={seen.flashes}
      data-flash={seen.flashes}
      className={clsx(
        'inline-flex items-center justify-end gap-1 rounded-sm',
        seen.flashes > 0 && (seen.direction > 0 ? 'flash-up' : 'flash-down'),
        className,
      )}
    >
      {seen.direction === 0 ? (
        <span className="size-3" />
      ) : (
        <Arrow
          size={12}
          strokeWidth={2}
          role="img"
          aria-label={seen.direction > 0 ? t('rising') : t('falling')}
          className={seen.direction > 0 ? 'text-up' : 'text-down'}
        />
      )}
      <PriceText value={value} {...(tick === undefined ? {} : { tick })} />
    </span>
  )
}
