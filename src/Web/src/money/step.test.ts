import Big from 'big.js'
import { describe, expect, it } from 'vitest'
import { ceilToStep, floorToStep, isOnStep } from './step'

const floor = (value: string, step: string) => floorToStep(new Big(value), step).toFixed()

describe('floorToStep', () => {
  it.each([
    ['0.123456789', '0.00001', '0.12345'],
    ['0.12345', '0.00001', '0.12345'],
    ['7.9', '0.25', '7.75'],
    ['0.00000999', '0.00001', '0'],
    ['123456789012345678.99', '0.1', '123456789012345678.9'],
    ['5.5', '0', '5.5'],
  ])('%s by %s is %s', (value, step, floored) => expect(floor(value, step)).toBe(floored))

  it('never exceeds the value and never loses a whole step', () => {
    let seed = 20240808
    const next = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return seed / 2147483648
    }
    for (let i = 0; i < 500; i++) {
      const value = new Big((next() * 1000).toFixed(8))
      const step = ['0.01', '0.00001', '0.1', '1', '0.5'][i % 5] ?? '1'
      const floored = floorToStep(value, step)
      expect(floored.lte(value)).toBe(true)
      expect(value.minus(floored).lt(step)).toBe(true)
      expect(isOnStep(floored, step)).toBe(true)
    }
  })
})

it('ceilToStep goes up only when it must', () => {
  expect(ceilToStep(new Big('1.01'), '0.5').toFixed()).toBe('1.5')
  expect(ceilToStep(new Big('1.5'), '0.5').toFixed()).toBe('1.5')
})

it('sees what is off the grid, exactly', () => {
  expect(isOnStep(new Big('0.3'), '0.1')).toBe(true)
  expect(isOnStep(new Big('64000.01'), '0.01')).toBe(true)
  expect(isOnStep(new Big('64000.015'), '0.01')).toBe(false)
})
