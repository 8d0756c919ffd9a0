import { act, fireEvent, render, screen } from '@testing-library/react'
import { useEffect, useState } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { BookRow } from './BookRow'

afterEach(() => vi.useRealTimers())

/** A book whose every price changes twenty times a second, in one table with one listener, as in Book. */
function MovingBook({ onPick }: { onPick: (price: string) => void }) {
  const [round, setRound] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setRound((r) => r + 1), 50)
    return () => clearInterval(timer)
  }, [])
  return (
    <table
      onPointerDown={(event) => {
        const price = (event.target as HTMLElement).closest<HTMLElement>('[data-price]')?.dataset.price
        if (price) onPick(price)
      }}
    >
      <tbody>
        {[0, 1, 2].map((place) => {
          const price = String(100 + place + round / 100)
          const texts = { price, shownPrice: price, shownQuantity: '1', shownCumulative: '1' }
          return <BookRow key={place} {...texts} percent={10} own={false} place={place} side="ask" active={false} />
        })}
      </tbody>
    </table>
  )
}

it('ten presses of 80 ms at 20 updates a second are ten prices (2.4.1)', () => {
  vi.useFakeTimers()
  const picked: string[] = []
  render(<MovingBook onPick={(price) => picked.push(price)} />)
  for (let press = 0; press < 10; press++) {
    const row = screen.getAllByRole('row')[1] as HTMLElement
    const seen = row.dataset.price ?? ''
    fireEvent.pointerDown(row)
    act(() => void vi.advanceTimersByTime(80))
    expect(row.isConnected).toBe(true)
    expect(row.dataset.price).not.toBe(seen)
    fireEvent.pointerUp(row)
    expect(picked.at(-1)).toBe(seen)
  }
  expect(picked).toHaveLength(10)
})
