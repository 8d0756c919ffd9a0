import { expect, test } from 'vitest'
import { checkRegister, strengthOf } from './model'

test.each([
  ['', 0],
  ['short', 1],
  ['aaaaaaaaaaaaaaaa', 1],
  ['paperboat', 2],
  ['Paperboat7', 3],
  ['Paperboat7-river-stone', 4],
] as const)('%s has strength %i', (password, strength) => expect(strengthOf(password)).toBe(strength))

test('names every field that is wrong', () => {
  expect(checkRegister({ name: ' ', email: 'a@b', password: '1234567' })).toEqual({
    name: true,
    email: true,
    password: true,
  })
  expect(checkRegister({ name: 'Ana', email: 'ana@example.com', password: '12345678' })).toEqual({})
})
