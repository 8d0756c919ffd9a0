import { expect, test } from 'vitest'
import { decimalsOfStep, formatCompact, formatDecimal } from './format'

test('keeps every digit of a long decimal', () => {
  expect(formatDecimal('12345678901234567.12345678', { locale: 'en-US', max: 8 })).toBe(
    '12,345,678,901,234,567.12345678',
  )
})

test.each([
  ['en-US', '1,234.50'],
  ['pt-BR', '1.234,50'],
  ['ru-RU', '1\u00a0234,50'],
  ['es-ES', '1.234,50'],
])('writes 1234.5 in %s', (locale, expected) => {
  expect(formatDecimal('1234.5', { locale, min: 2, max: 2 })).toBe(expected)
})

test('rounds what one owns down and what one reads to the nearest', () => {
  expect(formatDecimal('0.999', { locale: 'en-US', min: 2, max: 2, rounding: 'down' })).toBe('0.99')
  expect(formatDecimal('0.999', { locale: 'en-US', min: 2, max: 2 })).toBe('1.00')
})

test('signs only what is not zero', () => {
  expect(formatDecimal('2', { locale: 'en-US', sign: true })).toBe('+2')
  expect(formatDecimal('-2', { locale: 'en-US', sign: true })).toBe('-2')
  expect(formatDecimal('0', { locale: 'en-US', sign: true })).toBe('0')
})

test('says nothing about what is unknown', () => {
  expect(formatDecimal(null, { locale: 'en-US' })).toBe('')
  expect(formatDecimal('abc', { locale: 'en-US' })).toBe('')
})

test('reads decimals from a step', () => {
  expect([decimalsOfStep('0.01000000'), decimalsOfStep('1.00000000'), decimalsOfStep('1e-8')]).toEqual([2, 0, 8])
})

test('shortens a volume', () => {
  expect(formatCompact('1234567.8', 'en-US')).toBe('1.235M')
})
