import { describe, expect, it } from 'vitest'
import { parseDecimal, toInput } from './parse'

const value = (text: string, locale: string) => {
  const parsed = parseDecimal(text, locale)
  return parsed.ok ? parsed.value : parsed.reason
}

describe('numbers as each locale writes them', () => {
  it.each([
    ['en', '1,234.56', '1234.56'],
    ['en', '1,234,567', '1234567'],
    ['en', '0.00001', '0.00001'],
    ['en', '1.234', '1.234'],
    ['pt-BR', '1.234,56', '1234.56'],
    ['pt-BR', '1.234.567', '1234567'],
    ['pt-BR', '0,00001', '0.00001'],
    ['pt-BR', '1,234', '1.234'],
    ['es', '1.234,56', '1234.56'],
    ['es', '12,5', '12.5'],
    ['ru', '1 234,56', '1234.56'],
    ['ru', '1\u00a0234\u00a0567,5', '1234567.5'],
    ['ru', '1\u202f234,5', '1234.5'],
    ['ru', '0,25', '0.25'],
  ])('%s %s', (locale, text, plain) => expect(value(text, locale)).toBe(plain))

  it.each(['en', 'pt-BR', 'es', 'ru'])('%s reads back what Intl writes', (locale) => {
    for (const number of [0.5, 12.75, 999.99, 1234.56, 65432.1, 1234567.89])
      expect(value(new Intl.NumberFormat(locale).format(number), locale)).toBe(String(number))
  })
})

describe('the other separator, where only one reading exists', () => {
  it.each([
    ['pt-BR', '64000.00', '64000'],
    ['pt-BR', '0.5', '0.5'],
    ['pt-BR', '0.123', '0.123'],
    ['pt-BR', '1,234.56', '1234.56'],
    ['es', '12.5', '12.5'],
    ['ru', '1.234', '1.234'],
    ['ru', '65000.5', '65000.5'],
    ['en', '0,5', '0.5'],
    ['en', '64000,25', '64000.25'],
    ['en', '1.234,56', '1234.56'],
    ['en', '1.234.567', '1234567'],
  ])('%s %s', (locale, text, plain) => expect(value(text, locale)).toBe(plain))
})

describe('refusals', () => {
  it.each([
    ['pt-BR', '1.234'],
    ['pt-BR', '12.345'],
    ['es', '1.234'],
    ['en', '1,234'],
    ['en', '123,456'],
  ])('%s %s has two readings', (locale, text) => {
    const digits = text.replace(/[.,]/, '')
    expect(parseDecimal(text, locale)).toEqual({
      ok: false,
      reason: 'ambiguous',
      readings: [digits, text.replace(',', '.')],
    })
  })

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['-1', 'negative'],
    ['−1', 'negative'],
    ['abc', 'notANumber'],
    ['1e5', 'notANumber'],
    ['.', 'notANumber'],
    ['1.2.3', 'notANumber'],
    ['1,234.5.6', 'notANumber'],
    ['12 34,5', 'notANumber'],
    ['1234,567.8', 'notANumber'],
    ['1 2', 'notANumber'],
    ['9'.repeat(39), 'tooLong'],
  ])('%s is %s', (text, reason) => expect(value(text, 'en')).toBe(reason))
})

describe('plain notation', () => {
  it.each([
    ['007', '7'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1.500', '1.5'],
    ['0.000', '0'],
    ['+3', '3'],
  ])('%s becomes %s', (text, plain) => expect(value(text, 'en')).toBe(plain))

  it('goes back into an input with the own separator and no grouping', () => {
    expect(toInput('1234.5', 'pt-BR')).toBe('1234,5')
    expect(toInput('1234.5', 'en')).toBe('1234.5')
  })
})
