import { type KeyboardEvent, useState } from 'react'
import type { Row } from '../book'

/** Arrows walk through the rows from the middle outwards, Enter or space takes the price. */
export function useBookKeys(rows: readonly (Row | null)[], middle: number, onPick: (price: string) => void) {
  const [active, setActive] = useState<number | null>(null)
  const move = (by: 1 | -1) => {
    const start = active ?? (by === 1 ? middle - 1 : middle)
    for (let next = start + by; next >= 0 && next < rows.length; next += by) if (rows[next]) return setActive(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Escape') setActive(null)
    else if (event.key === 'Enter' || event.key === ' ') {
      const row = active === null ? null : rows[active]
      if (row) onPick(row.price)
    } else return
    event.preventDefault()
  }
  return { active, onKeyDown, onBlur: () => setActive(null) }
}
