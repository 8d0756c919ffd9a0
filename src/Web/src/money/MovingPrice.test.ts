import { expect, test } from 'vitest'
import { move } from './MovingPrice'

const start = { value: '100', direction: 0, flashes: 0, at: 0 } as const

test('a rise points up, a fall down, an equal price keeps the arrow', () => {
  const up = move(start, '100.01', 1_000)
  expect(up).toMatchObject({ direction: 1, flashes: 1 })
  expect(move(up, '100.010', 2_000)).toMatchObject({ direction: 1, flashes: 1 })
  expect(move(up, '99', 2_000)).toMatchObject({ direction: -1, flashes: 2 })
})

test('flashes at most four times a second', () => {
  let seen = move(start, '101', 1_000)
  for (let step = 1; step <= 10; step++) seen = move(seen, String(101 + step), 1_000 + step * 100)
  expect(seen.flashes).toBeLessThanOrEqual(5)
  expect(seen.value).toBe('111')
})

test('the first known price does not flash', () => {
  expect(move({ ...start, value: null }, '100', 1_000)).toMatchObject({ flashes: 0, direction: 0, value: '100' })
})
