import type { RuleTree } from '@/api/strategies'
import { compareOperators, mathOperators, type Node } from './node'
import { offsetOf, print, type Span } from './print'

/** A rule as blocks, and where each block stands in the text it was read from. */
export type Blocks = { node: Node; spans: ReadonlyMap<string, Span> }

type Read = { node: Node; spans: ReadonlyMap<string, Span> }

export const isTree = (value: unknown): value is RuleTree =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'

const word = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The parts of a part, in the order written. */
export const partsOf = (tree: RuleTree): RuleTree[] =>
  Array.isArray(tree.children) ? tree.children.filter(isTree) : []

/** The server's syntax tree as blocks. What this page has no block for becomes one that shows its text. */
export function readTree(tree: RuleTree, text: string): Blocks {
  const from = offsetOf(text, tree.line, tree.column)
  const own: Span = { from, end: from + tree.length }
  if (tree.kind === 'on') return onOf(tree, own, text)
  const children = partsOf(tree).map((part) => readTree(part, text))
  const node = nodeOf(
    tree,
    text.slice(own.from, own.end),
    children.map((child) => child.node),
  )
  if (node === null) return raw(own, text)
  return tree.kind === 'arithmetic' ? fold(tree, children) : gather(node, own, children)
}

/** The blocks of a text that blocks themselves printed. */
export const blocksOf = (node: Node): Blocks => ({ node, spans: print(node).spans })

const raw = (own: Span, text: string): Read => ({
  node: { kind: 'raw', text: text.slice(own.from, own.end) },
  spans: new Map([['', own]]),
})

function onOf(tree: RuleTree, own: Span, text: string): Read {
  const [timeframe, of] = partsOf(tree)
  if (timeframe === undefined || of === undefined) return raw(own, text)
  const inner = readTree(of, text)
  return gather({ kind: 'on', timeframe: word(timeframe.name), of: inner.node }, own, [inner])
}

/** Puts the children's places below their parent; a group in a group of its kind joins it. */
function gather(node: Node, own: Span, children: readonly Read[]): Read {
  const spans = new Map<string, Span>([['', own]])
  const items: Node[] = []
  const add = (child: Read) => {
    for (const [key, span] of child.spans) spans.set(key === '' ? String(items.length) : `${items.length}.${key}`, span)
    items.push(child.node)
  }
  for (const child of children) {
    const joined = child.node
    if ((node.kind === 'all' || node.kind === 'any') && joined.kind === node.kind)
      for (const [index, item] of joined.items.entries()) add({ node: item, spans: below(child.spans, index) })
    else add(child)
  }
  return { node: node.kind === 'all' || node.kind === 'any' ? { kind: node.kind, items } : node, spans }
}

function below(spans: ReadonlyMap<string, Span>, index: number): Map<string, Span> {
  const found = new Map<string, Span>()
  for (const [key, span] of spans)
    if (key === String(index)) found.set('', span)
    else if (key.startsWith(`${index}.`)) found.set(key.slice(`${index}.`.length), span)
  return found
}

const signsOf = (tree: RuleTree): string[] => (Array.isArray(tree.operators) ? tree.operators.map(word) : [])

/** a - b + c is (a - b) + c: blocks have two sides. */
function fold(tree: RuleTree, children: readonly Read[]): Read {
  const signs = signsOf(tree)
  return children.slice(1).reduce<Read>(
    (left, right, index) => {
      const operator = mathOperators.find((each) => each === signs[index]) ?? '+'
      const from = left.spans.get('')?.from ?? 0
      const end = right.spans.get('')?.end ?? from
      return gather({ kind: 'math', operator, left: left.node, right: right.node }, { from, end }, [left, right])
    },
    children[0] ?? { node: { kind: 'raw', text: '' }, spans: new Map() },
  )
}

/** As it was written where that is a plain number, so that 1e3 stays 1e3. */
function numberOf(tree: RuleTree, written: string): string {
  const plain = written.replaceAll(/[()\s]/g, '')
  return /^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(plain) ? plain : String(tree.number)
}

/** Null where the web has no block for it. */
function nodeOf(tree: RuleTree, written: string, parts: readonly Node[]): Node | null {
  const [left, right] = parts
  switch (tree.kind) {
    case 'number':
      return { kind: 'number', text: numberOf(tree, written) }
    case 'price':
    case 'input':
    case 'definition':
    case 'name':
      return { kind: 'name', name: word(tree.name) }
    case 'and':
    case 'or':
      return parts.length < 2 ? null : { kind: tree.kind === 'and' ? 'all' : 'any', items: parts }
    case 'indicator':
    case 'call':
      return { kind: 'call', name: word(tree.name), arguments: parts }
    default:
  }
  if (left === undefined) return null
  switch (tree.kind) {
    case 'not':
    case 'negate':
      return { kind: tree.kind, of: left }
    case 'output':
      return { kind: 'output', of: left, name: word(tree.name) }
    default:
  }
  if (right === undefined) return null
  if (tree.kind === 'lag') return { kind: 'lag', of: left, rows: right }
  if (tree.kind === 'arithmetic')
    return signsOf(tree).every((sign) => mathOperators.some((each) => each === sign)) ? left : null
  if (tree.kind === 'cross')
    return { kind: 'cross', direction: word(tree.name).endsWith('below') ? 'below' : 'above', left, right }
  const operator = compareOperators.find((each) => each === signsOf(tree)[0])
  return tree.kind === 'compare' && operator !== undefined ? { kind: 'compare', operator, left, right } : null
}
