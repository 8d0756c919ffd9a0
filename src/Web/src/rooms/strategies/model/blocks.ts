import type { IndicatorItem, StrategyDocument } from '@/api/strategies'
import {
  type CompareOperator,
  compareOperators,
  type Direction,
  type Node,
  type Path,
  pathKey,
  priceNames,
} from '@/strategies/node'

/** What stands between the two sides of a condition. */
export const relations = [...compareOperators, 'above', 'below'] as const
export type Relation = (typeof relations)[number]

const isOperator = (relation: Relation): relation is CompareOperator =>
  (compareOperators as readonly string[]).includes(relation)

export function relationOf(node: Node): Relation | null {
  if (node.kind === 'compare') return node.operator
  return node.kind === 'cross' ? node.direction : null
}

/** The same two sides with another relation; a number to cross or to compare with stays. */
export function withRelation(node: Node, relation: Relation): Node {
  if (node.kind !== 'compare' && node.kind !== 'cross') return node
  const { left, right } = node
  return isOperator(relation)
    ? { kind: 'compare', operator: relation, left, right }
    : { kind: 'cross', direction: relation as Direction, left, right }
}

const number = (value: number): Node => ({ kind: 'number', text: String(value) })
const name = (text: string): Node => ({ kind: 'name', name: text })

/** A first condition to change: the momentum of the close against a number. */
export const firstCondition = (): Node => ({
  kind: 'compare',
  operator: '<',
  left: { kind: 'call', name: 'rsi', arguments: [name('close'), number(14)] },
  right: number(30),
})

const seriesCount = { series: 1, twoSeries: 2, candles: 0 } as const
export const seriesOf = (indicator: IndicatorItem): number => seriesCount[indicator.input]

/** What a name means in this document: inputs hide definitions, definitions hide candle values. */
export function roleOf(document: StrategyDocument, text: string): 'input' | 'definition' | 'price' | 'unknown' {
  if (text in (document.inputs ?? {})) return 'input'
  if (text in (document.define ?? {})) return 'definition'
  return (priceNames as readonly string[]).includes(text) ? 'price' : 'unknown'
}

/** Candle values that no input or definition hides. */
export const pricesOf = (document: StrategyDocument): string[] =>
  priceNames.filter((each) => roleOf(document, each) === 'price')

/** The call under a value, where there is one, with the output it names. */
export function indicatorOf(node: Node): { call: Extract<Node, { kind: 'call' }>; output: string | null } | null {
  if (node.kind === 'call') return { call: node, output: null }
  if (node.kind === 'output' && node.of.kind === 'call') return { call: node.of, output: node.name }
  return null
}

/** An indicator with its defaults. What it replaces becomes its series where that makes sense. */
export function callOf(indicator: IndicatorItem, replaced: Node): Node {
  const before = indicatorOf(replaced)?.call.arguments[0]
  const usable = (node: Node | undefined): Node | null =>
    node === undefined || node.kind === 'number' || node.kind === 'raw' ? null : node
  const inherited = usable(before) ?? (replaced.kind === 'name' ? replaced : null) ?? name('close')
  const series = Array.from({ length: seriesOf(indicator) }, (_, index) => (index === 0 ? inherited : name('volume')))
  const call: Node = {
    kind: 'call',
    name: indicator.name,
    arguments: [...series, ...indicator.parameters.map((parameter) => number(parameter.default))],
  }
  const [first] = indicator.outputs
  return indicator.outputs.length > 1 && first !== undefined ? { kind: 'output', of: call, name: first.name } : call
}

/** The same indicator with another of its outputs. */
export function withOutput(node: Node, output: string): Node {
  const found = indicatorOf(node)
  return found === null ? node : { kind: 'output', of: found.call, name: output }
}

/** Where the call itself stands below a value's path. */
export const callPath = (node: Node, path: Path): Path => (node.kind === 'output' ? [...path, 0] : path)

/** A value some candles ago; 0 takes the lag away. */
export function lagged(node: Node, rows: number): Node {
  const of = node.kind === 'lag' ? node.of : node
  return rows === 0 ? of : { kind: 'lag', of, rows: number(rows) }
}

/** A value of a coarser timeframe; null takes it back to the document's own. */
export function onTimeframe(node: Node, timeframe: string | null): Node {
  const of = node.kind === 'on' ? node.of : node
  return timeframe === null ? of : { kind: 'on', timeframe, of }
}

export const calculation = (operator: '+' | '-' | '*' | '/', left: Node): Node => ({
  kind: 'math',
  operator,
  left,
  right: number(operator === '+' || operator === '-' ? 1 : 2),
})

export const toggleNot = (node: Node): Node => (node.kind === 'not' ? node.of : { kind: 'not', of: node })

/** Whether typed text is a number the language writes: 12, 1.5, 1e-3. A sign is a block of its own. */
export const isNumber = (text: string): boolean => /^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)

/** A typed number as a node: a minus sign stands in front of it as the language has it. */
export function numberNode(text: string): Node | null {
  const plain = text.trim().replace('\u2212', '-').replace(/^\+/, '')
  if (plain.startsWith('-') && isNumber(plain.slice(1)))
    return { kind: 'negate', of: { kind: 'number', text: plain.slice(1) } }
  return isNumber(plain) ? { kind: 'number', text: plain } : null
}

/** "30" or "-5"; null where the value is not a plain number. */
export function numberText(node: Node): string | null {
  if (node.kind === 'number') return node.text
  return node.kind === 'negate' && node.of.kind === 'number' ? `-${node.of.text}` : null
}

export const keyOf = (field: string, path: Path): string => `${field}:${pathKey(path)}`

/** What rules of this document may name, for whoever types: short names first. */
export const wordsOf = (document: StrategyDocument, catalog: ReadonlyMap<string, IndicatorItem>): string[] => [
  ...Object.keys(document.inputs ?? {}),
  ...Object.keys(document.define ?? {}),
  ...pricesOf(document),
  ...['crosses_above(', 'crosses_below(', 'on("'],
  ...[...catalog.values()].filter((each) => !each.repaints).map((each) => `${each.name}(`),
]

const mostOffered = 6

/** How the word before the caret may go on, and where it begins. */
export function completionsAt(
  text: string,
  caret: number,
  words: readonly string[],
): { from: number; words: string[] } {
  const typed = /[A-Za-z_][A-Za-z0-9_]*$/.exec(text.slice(0, caret))?.[0] ?? ''
  const from = caret - typed.length
  // Behind a dot stands an output, behind a digit an exponent.
  if (typed.length < 2 || /[.\d]$/.test(text.slice(0, from))) return { from, words: [] }
  // A whole word may mean itself: nobody wants to be asked whether low is lowest.
  if (words.some((word) => word.replace(/[("]+$/, '') === typed)) return { from, words: [] }
  const fitting = words.filter((word) => word.startsWith(typed))
  return { from, words: fitting.slice(0, mostOffered) }
}
