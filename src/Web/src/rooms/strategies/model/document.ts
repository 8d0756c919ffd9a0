import type { Size, StrategyDocument } from '@/api/strategies'

/** Timeframes a document may name, finest first. */
export const timeframes: readonly string[] = [
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '3d',
  '1w',
  '1M',
]

/** Those that on() may name beside a document's own. */
export function coarserThan(timeframe: string): string[] {
  const at = timeframes.indexOf(timeframe)
  return timeframes.slice(at + 1)
}

export const blank = (name: string): StrategyDocument => ({
  name,
  timeframe: '1h',
  inputs: {},
  define: {},
  enter: 'close > sma(close, 20)',
  exit: 'close < sma(close, 20)',
  size: '100%',
  takeProfit: null,
  stopLoss: null,
  trailingStop: null,
  maxBars: null,
  cooldownBars: 0,
})

const plain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A document from a file. Only what this page could not draw is refused here; everything else is for the server, which
 * names the field.
 */
export function readJson(text: string): { ok: true; document: StrategyDocument } | { ok: false } {
  try {
    const value: unknown = JSON.parse(text)
    if (!plain(value) || typeof value.enter !== 'string' || typeof value.timeframe !== 'string') return { ok: false }
    for (const group of ['inputs', 'define'] as const)
      if (value[group] !== undefined && value[group] !== null && !plain(value[group])) return { ok: false }
    return { ok: true, document: value as StrategyDocument }
  } catch {
    return { ok: false }
  }
}

/** The document as a file: what comes back in through `readJson` is equal to it. */
export const writeJson = (document: StrategyDocument): string => `${JSON.stringify(document, null, 2)}\n`

export const fileName = (document: StrategyDocument): string => {
  const slug = (document.name ?? '')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
  return `${slug === '' ? 'strategy' : slug}.json`
}

/** "3%" -> "3"; null for anything else. */
export const percentOf = (text: string | null | undefined): string | null =>
  /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(text ?? '')?.[1] ?? null

export const sizeKinds = ['percent', 'fixed', 'risk', 'kelly'] as const
export type SizeKind = (typeof sizeKinds)[number]

export function sizeKindOf(size: Size | null | undefined): SizeKind {
  if (typeof size !== 'object' || size === null) return 'percent'
  return 'fixed' in size ? 'fixed' : 'risk' in size ? 'risk' : 'kelly'
}

/** What a kind of sizing begins with. */
export const firstSize: Record<SizeKind, Size> = {
  percent: '100%',
  fixed: { fixed: '500' },
  risk: { risk: '1%', stop: '2 * atr(14)' },
  kelly: { kelly: '25%', trades: 30, start: '5%' },
}

const nameShape = /^[A-Za-z_][A-Za-z0-9_]*$/
const reserved = new Set(['and', 'or', 'not'])

export type NameFault = 'empty' | 'shape' | 'taken'

/** Whether an input or definition may be called so. */
export function nameFault(document: StrategyDocument, name: string, except: string | null): NameFault | null {
  if (name === '') return 'empty'
  if (!nameShape.test(name) || reserved.has(name)) return 'shape'
  if (name === except) return null
  return name in (document.inputs ?? {}) || name in (document.define ?? {}) ? 'taken' : null
}

/** Keeps the order of the names; a new one goes last. */
export function renamed<T>(map: Record<string, T>, from: string, to: string): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key === from ? to : key, value]))
}

export function without<T>(map: Record<string, T>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== name))
}

/** The first free name such as "input2". */
export function freeName(document: StrategyDocument, stem: string): string {
  for (let n = 1; ; n++) {
    const name = `${stem}${n}`
    if (nameFault(document, name, null) === null) return name
  }
}

/** The text of a field as refusals name it: "enter", "define.r". */
export function ruleText(document: StrategyDocument, field: string): string {
  if (field === 'enter') return document.enter
  if (field === 'exit') return document.exit ?? ''
  if (field.startsWith('define.')) return document.define?.[field.slice('define.'.length)] ?? ''
  if (field === 'size.stop') {
    const { size } = document
    return typeof size === 'object' && size !== null && 'risk' in size ? size.stop : ''
  }
  return ''
}

export function withRule(document: StrategyDocument, field: string, text: string): StrategyDocument {
  if (field === 'enter') return { ...document, enter: text }
  if (field === 'exit') return { ...document, exit: text === '' ? null : text }
  if (field.startsWith('define.'))
    return { ...document, define: { ...document.define, [field.slice('define.'.length)]: text } }
  return document
}
