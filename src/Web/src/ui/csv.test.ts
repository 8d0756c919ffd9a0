import { expect, test } from 'vitest'
import { toCsv } from './csv'

test('quotes what needs it and leaves unknown cells empty', () => {
  expect(
    toCsv(
      ['a', 'b'],
      [
        ['x, "y"', null],
        ['1.5', '-2'],
      ],
    ),
  ).toBe('a,b\r\n"x, ""y""",\r\n1.5,-2')
})

test('does not hand a formula to a spreadsheet', () => {
  expect(toCsv(['note'], [['=1+1'], ['@SUM(A1)'], ['-cmd']])).toBe("note\r\n'=1+1\r\n'@SUM(A1)\r\n'-cmd")
})
