import type { Node, Path } from './node'
import { pathKey } from './node'

/** Where a part stands in the text: from (included) to end (excluded). */
export type Span = { from: number; end: number }
export type Printed = { text: string; spans: ReadonlyMap<string, Span> }

/** Weakest first: or, and, not, comparison, + -, * /, unary minus, [n] and .name, atoms. */
const strength = { any: 1, all: 2, not: 3, compare: 4, sum: 5, product: 6, negate: 7, postfix: 8, atom: 9 } as const

function strengthOf(node: Node): number {
  switch (node.kind) {
    case 'any':
    case 'all':
      return node.items.length === 1 ? 0 : strength[node.kind]
    case 'not':
    case 'compare':
    case 'negate':
      return strength[node.kind]
    case 'math':
      return node.operator === '+' || node.operator === '-' ? strength.sum : strength.product
    case 'lag':
    case 'output':
      return strength.postfix
    // Nobody here knows what stands in it.
    case 'raw':
      return 0
    default:
      return strength.atom
  }
}

class Printer {
  text = ''
  readonly spans = new Map<string, Span>()

  put(node: Node, path: Path, atLeast: number): void {
    // A rule that is nothing but unknown text needs no brackets of ours.
    const brackets = strengthOf(node) < atLeast
    if (brackets) this.text += '('
    const from = this.text.length
    this.inside(node, path)
    this.spans.set(pathKey(path), { from, end: this.text.length })
    if (brackets) this.text += ')'
  }

  private inside(node: Node, path: Path): void {
    switch (node.kind) {
      case 'number':
      case 'raw':
        this.text += node.text
        return
      case 'name':
        this.text += node.name
        return
      case 'call':
        this.call(node.name, node.arguments, path)
        return
      case 'cross':
        this.call(`crosses_${node.direction}`, [node.left, node.right], path)
        return
      case 'on':
        this.text += `on("${node.timeframe}", `
        this.put(node.of, [...path, 0], 0)
        this.text += ')'
        return
      case 'output':
        this.put(node.of, [...path, 0], strength.postfix)
        this.text += `.${node.name}`
        return
      case 'lag':
        this.put(node.of, [...path, 0], strength.postfix)
        this.text += '['
        this.put(node.rows, [...path, 1], 0)
        this.text += ']'
        return
      case 'negate':
        this.text += '-'
        // Two signs side by side read badly, so the inner one gets brackets.
        this.put(node.of, [...path, 0], strength.postfix)
        return
      case 'not':
        this.text += 'not '
        this.put(node.of, [...path, 0], strength.not)
        return
      case 'all':
      case 'any':
        node.items.forEach((item, index) => {
          if (index > 0) this.text += node.kind === 'all' ? ' and ' : ' or '
          this.put(item, [...path, index], strength[node.kind] + 1)
        })
        return
      case 'compare':
        // Comparisons do not chain: one inside another stands in brackets.
        this.sides(node.left, node.operator, node.right, path, strength.sum, strength.sum)
        return
      case 'math': {
        const own = strengthOf(node)
        this.sides(node.left, node.operator, node.right, path, own, own + 1)
      }
    }
  }

  private sides(left: Node, operator: string, right: Node, path: Path, leftNeeds: number, rightNeeds: number): void {
    this.put(left, [...path, 0], leftNeeds)
    this.text += ` ${operator} `
    this.put(right, [...path, 1], rightNeeds)
  }

  private call(name: string, values: readonly Node[], path: Path): void {
    this.text += `${name}(`
    values.forEach((value, index) => {
      if (index > 0) this.text += ', '
      this.put(value, [...path, index], 0)
    })
    this.text += ')'
  }
}

/** A rule's text, with brackets only where the tree needs them, and where each part of it stands. */
export function print(node: Node): Printed {
  const printer = new Printer()
  printer.put(node, [], 0)
  return { text: printer.text, spans: printer.spans }
}

export const textOf = (node: Node): string => print(node).text

/** The offset of a line and column, both from 1, as refusals name them. */
export function offsetOf(text: string, line: number, column: number): number {
  let start = 0
  for (let row = 1; row < line; row++) {
    const next = text.indexOf('\n', start)
    if (next < 0) break
    start = next + 1
  }
  return Math.max(0, Math.min(text.length, start + column - 1))
}

/** The smallest part a refused place lies in: the block to point at. */
export function blockAt(spans: ReadonlyMap<string, Span>, from: number, end: number): string | null {
  let found: { key: string; size: number; depth: number } | null = null
  for (const [key, span] of spans) {
    if (span.from > from || span.end < Math.max(end, from)) continue
    const depth = key === '' ? 0 : key.split('.').length
    const size = span.end - span.from
    if (found === null || size < found.size || (size === found.size && depth > found.depth))
      found = { key, size, depth }
  }
  return found?.key ?? null
}
