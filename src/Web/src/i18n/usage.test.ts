import { expect, test } from 'vitest'
import openapi from '../../openapi.json'

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.*'], {
  eager: true,
  query: '?raw',
  import: 'default',
})
const catalogs = import.meta.glob<Record<string, string>>('./en/*.json', { eager: true, import: 'default' })
const keysOf = (room: string) => Object.keys(catalogs[`./en/${room}.json`] ?? {})

const has = (room: string, key: string): boolean =>
  keysOf(room).some((known) => known === key || known === `${key}_other`)
const hasPrefix = (room: string, prefix: string): boolean => keysOf(room).some((known) => known.startsWith(prefix))

test('every text asked for by name is in the English catalog', () => {
  const missing: string[] = []
  for (const [path, source] of Object.entries(sources)) {
    const rooms = [...source.matchAll(/useTranslation\(\[?([^)]*?)\]?\)/g)].map(
      (match) => match[1]?.split(',')[0] ?? '',
    )
    const own = [...new Set(rooms.map((room) => room.replaceAll(/['\s]/g, '')))]
    for (const [, name = '', ns] of source.matchAll(/\bt\(\s*'([^']+)'(?:,\s*\{\s*ns:\s*'(\w+)')?/g)) {
      const [room, key] = name.includes(':') ? name.split(':') : [ns ?? null, name]
      const candidates = room === null ? own : [room ?? '']
      if (!candidates.some((each) => has(each, key ?? ''))) missing.push(`${path}: ${name}`)
    }
    for (const [, prefix = ''] of source.matchAll(/\bt\(\s*`([\w:]+)\$\{/g)) {
      const [room, key] = prefix.includes(':') ? prefix.split(':') : [null, prefix]
      const candidates = room === null ? own : [room ?? '']
      if (!candidates.some((each) => hasPrefix(each, key ?? ''))) missing.push(`${path}: ${prefix}…`)
    }
  }
  expect(missing).toEqual([])
})

test('every state and reason an order can have has a word', () => {
  const { status, reason, type } = openapi.components.schemas.OrderView.properties
  expect(reason.enum.length).toBeGreaterThan(5)
  const wanted = [
    ...status.enum.map((each) => `status_${each}`),
    ...reason.enum.filter((each) => each !== null).map((each) => `reason_${each}`),
    ...type.enum.map((each) => `type_${each}`),
  ]
  expect(wanted.filter((key) => !has('words', key))).toEqual([])
})
