import { expect, test } from 'vitest'
import { depthOf, outline, within } from './model'

const bids = [
  ['99', '1'],
  ['98', '0.1'],
  ['95', '0.2'],
] as const
const asks = [
  ['101', '0.5'],
  ['103', '0.5'],
] as const

test('sums are exact and both sides share one scale around the middle', () => {
  const view = depthOf(bids, asks)
  expect(view?.bids.map((step) => step.sumText)).toEqual(['1', '1.1', '1.3'])
  expect(view?.asks.map((step) => step.sumText)).toEqual(['0.5', '1'])
  expect([view?.middle, view?.from, view?.to, view?.most]).toEqual(['100', 95, 105, 1.3])
})

test('a side that is empty draws nothing', () => expect(depthOf(bids, [])).toBeNull())

test('the outline steps at each level and closes at the edge', () => {
  const view = depthOf(bids, asks)
  expect(view && outline(view, 'asks', { width: 100, height: 130 })).toBe('M60.0 130H60.0V80.0H80.0V30.0H100V130Z')
  expect(view && outline(view, 'bids', { width: 100, height: 130 })).toBe(
    'M40.0 130H40.0V30.0H30.0V20.0H0.0V0.0H0V130Z',
  )
})

test('what stands within a share of the middle', () => {
  const view = depthOf(bids, asks)
  expect(within(view?.bids ?? [], 100, 0.02)?.sumText).toBe('1.1')
  expect(within(view?.asks ?? [], 100, 0.001)).toBeNull()
})
