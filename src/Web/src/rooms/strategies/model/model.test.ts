import { expect, test } from 'vitest'
import type { IndicatorItem, StrategyDocument } from '@/api/strategies'
import type { Node } from '@/strategies/node'
import { print, textOf } from '@/strategies/print'
import {
  callOf,
  completionsAt,
  lagged,
  numberNode,
  numberText,
  onTimeframe,
  relationOf,
  roleOf,
  toggleNot,
  withRelation,
  wordsOf,
} from './blocks'
import { changesOf } from './diff'
import {
  blank,
  coarserThan,
  fileName,
  freeName,
  nameFault,
  percentOf,
  readJson,
  renamed,
  sizeKindOf,
  withRule,
  writeJson,
} from './document'
import { faultsOf, faultyBlocks, pieces } from './faults'
import { begin, change, redo, undo } from './history'

const indicator = (
  name: string,
  input: IndicatorItem['input'],
  defaults: number[],
  outputs = ['value'],
): IndicatorItem => ({
  name,
  title: name,
  group: 'momentum',
  input,
  parameters: defaults.map((each, index) => ({ name: `p${index}`, default: each, least: 1, most: 100, whole: true })),
  outputs: outputs.map((each) => ({ name: each, pane: 'own', warmUp: 0 })),
  formula: '',
  source: '',
  repaints: false,
})

const close: Node = { kind: 'name', name: 'close' }
const rsi = indicator('rsi', 'series', [14])
const macd = indicator('macd', 'series', [12, 26, 9], ['line', 'signal', 'histogram'])

test('undo and redo go back and forth; what is typed together is one step (2.11.5)', () => {
  let history = begin('')
  for (const [at, text] of ['r', 'rs', 'rsi'].entries()) history = change(history, text, 'enter', at * 100)
  history = change(history, 'rsi!', 'enter', 5_000)
  history = change(history, 'block', null, 5_001)
  expect(undo(history).now).toBe('rsi!')
  expect(undo(undo(history)).now).toBe('rsi')
  expect(undo(undo(undo(history))).now).toBe('')
  expect(undo(undo(undo(undo(history)))).now).toBe('')
  expect(redo(undo(history)).now).toBe('block')
  expect(redo(undo(undo(history))).now).toBe('rsi!')
  // A change after an undo ends the redo.
  expect(redo(change(undo(history), 'other', null, 9_000)).now).toBe('other')
  // Typing on after an undo is a step of its own.
  const typed = change(undo(history), 'rsi!!', 'enter', 5_010)
  expect(undo(typed).now).toBe('rsi!')
})

test('a document goes to a file and comes back equal (2.11.6)', () => {
  const document: StrategyDocument = {
    name: 'RSI: früh & спать',
    timeframe: '4h',
    inputs: { length: 14, low: 30.5 },
    define: { r: 'rsi(close, length)' },
    enter: 'r < low',
    exit: 'r > 70',
    size: { risk: '1%', stop: '2*atr(14)' },
    takeProfit: '15%',
    stopLoss: null,
    protections: { maxDrawdown: '20%', stopGuard: { stops: 3, bars: 48, pause: 24 } },
  }
  const back = readJson(writeJson(document))
  expect(back).toEqual({ ok: true, document })
  expect(Object.keys(back.ok ? back.document : {})).toEqual(Object.keys(document))
  for (const wrong of [
    '',
    '[]',
    '{"enter":1,"timeframe":"1h"}',
    '{"enter":"x"}',
    '{"enter":"x","timeframe":"1h","inputs":[1]}',
  ])
    expect(readJson(wrong).ok).toBe(false)
  expect(fileName(document)).toBe(
    'rsi-früh-спать.json'
      .normalize('NFKD')
      .replace(/[^\p{L}\p{N}.]+/gu, '-')
      .toLowerCase(),
  )
  expect(fileName({ ...document, name: '???' })).toBe('strategy.json')
})

test('two versions are compared field by field; what means the same is no change (2.11.7)', () => {
  const before: StrategyDocument = { ...blank('a'), inputs: { low: 30, length: 14 }, stopLoss: '3%' }
  const after: StrategyDocument = {
    ...before,
    exit: null,
    inputs: { low: 25, length: 14, high: 70 },
    size: { fixed: '500' },
  }
  expect(changesOf(before, after)).toEqual([
    { field: 'inputs.low', from: '30', to: '25' },
    { field: 'inputs.high', from: null, to: '70' },
    { field: 'exit', from: 'close < sma(close, 20)', to: null },
    { field: 'size.fixed', from: null, to: '500' },
  ])
  const { size: _size, cooldownBars: _bars, takeProfit: _profit, ...short } = before
  expect(changesOf(before, short)).toEqual([])
})

test('names of inputs and definitions are free, well formed and not taken', () => {
  const document = { ...blank('a'), inputs: { low: 1 }, define: { r: 'close' } }
  expect(['', '2x', 'not', 'low', 'r', 'ok_1'].map((name) => nameFault(document, name, null))).toEqual([
    'empty',
    'shape',
    'shape',
    'taken',
    'taken',
    null,
  ])
  expect(nameFault(document, 'low', 'low')).toBeNull()
  expect(freeName({ ...document, inputs: { input1: 1 } }, 'input')).toBe('input2')
  expect(Object.keys(renamed({ a: 1, b: 2, c: 3 }, 'b', 'x'))).toEqual(['a', 'x', 'c'])
  expect(roleOf(document, 'low')).toBe('input')
  expect(roleOf(document, 'high')).toBe('price')
})

test('percentages, sizes and timeframes are read as documents write them', () => {
  expect(['3%', ' 1.5 % ', '3', null].map(percentOf)).toEqual(['3', '1.5', null, null])
  expect(
    ['50%', { fixed: '5' }, { risk: '1%', stop: 'x' }, { kelly: '25%', trades: 1, start: '5%' }, null].map(sizeKindOf),
  ).toEqual(['percent', 'fixed', 'risk', 'kelly', 'percent'])
  expect(coarserThan('8h')).toEqual(['12h', '1d', '3d', '1w', '1M'])
  expect(withRule(blank('a'), 'exit', '').exit).toBeNull()
})

test('an indicator comes with its defaults and takes over the series it replaces (2.11.1)', () => {
  expect(textOf(callOf(rsi, close))).toBe('rsi(close, 14)')
  expect(textOf(callOf(macd, callOf(rsi, { kind: 'name', name: 'hl2' })))).toBe('macd(hl2, 12, 26, 9).line')
  expect(textOf(callOf(indicator('atr', 'candles', [14]), close))).toBe('atr(14)')
  expect(textOf(callOf(indicator('correlation', 'twoSeries', [20]), close))).toBe('correlation(close, volume, 20)')
  expect(textOf(callOf(rsi, { kind: 'number', text: '30' }))).toBe('rsi(close, 14)')
})

test('relations, lags, timeframes and not are put on and taken off', () => {
  const node: Node = { kind: 'compare', operator: '<', left: close, right: { kind: 'number', text: '30' } }
  const crossing = withRelation(node, 'above')
  expect(textOf(crossing)).toBe('crosses_above(close, 30)')
  expect(relationOf(withRelation(crossing, '>='))).toBe('>=')
  expect(textOf(lagged(lagged(close, 3), 2))).toBe('close[2]')
  expect(lagged(lagged(close, 3), 0)).toBe(close)
  expect(textOf(onTimeframe(close, '4h'))).toBe('on("4h", close)')
  expect(onTimeframe(onTimeframe(close, '4h'), null)).toBe(close)
  expect(toggleNot(toggleNot(node))).toBe(node)
})

test('numbers are typed as the language writes them', () => {
  expect(numberNode('-2.5')).toEqual({ kind: 'negate', of: { kind: 'number', text: '2.5' } })
  expect(numberText({ kind: 'negate', of: { kind: 'number', text: '2.5' } })).toBe('-2.5')
  for (const wrong of ['', '.5', '5.', '1,5', 'x', '--1']) expect(numberNode(wrong)).toBeNull()
})

test('a refusal points at its block and at its letters (2.11.4)', () => {
  const rule: Node = {
    kind: 'all',
    items: [{ kind: 'compare', operator: '<', left: close, right: { kind: 'name', name: 'nope' } }, close],
  }
  const { text, spans } = print(rule)
  const error = {
    code: 'unknown_name',
    field: 'enter',
    line: 1,
    column: text.indexOf('nope') + 1,
    length: 4,
    message: '',
    arguments: {},
  }
  const faults = faultsOf([error, { ...error, field: 'exit' }], 'enter', text)
  expect([...faultyBlocks(faults, spans).keys()]).toEqual(['0.1'])
  expect(pieces(text, faults)).toEqual([
    { text: 'close < ', faulty: false },
    { text: 'nope', faulty: true },
    { text: ' and close', faulty: false },
  ])
  // A rule that ends too early is refused behind its last letter.
  const [end] = faultsOf([{ ...error, column: 8, length: 0 }], 'enter', 'close <')
  expect([end?.from, end?.end]).toEqual([6, 7])
})

test('what is typed is offered to go on, from the document and the catalog', () => {
  const document = { ...blank('a'), inputs: { slow: 9 }, define: { strong: 'close > open' } }
  const words = wordsOf(document, new Map([rsi, macd].map((each) => [each.name, each])))
  expect(completionsAt('st', 2, words)).toEqual({ from: 0, words: ['strong'] })
  expect(completionsAt('r < 3 and cros', 14, words).words).toEqual(['crosses_above(', 'crosses_below('])
  expect(completionsAt('close > ma', 10, words)).toEqual({ from: 8, words: ['macd('] })
  expect(completionsAt('rsi', 3, words).words).toEqual([])
  expect(completionsAt('x.si', 4, words).words).toEqual([])
  expect(completionsAt('s', 1, words).words).toEqual([])
})
