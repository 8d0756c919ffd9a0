import { describe, expect, it } from 'vitest'
import type { RuleTree } from '@/api/strategies'
import { addBeside, moveAt, type Node, nodeAt, pathOf, removeAt, replaceAt, tidy } from './node'
import { blockAt, offsetOf, print, textOf } from './print'
import { readTree } from './readTree'

const name = (text: string): Node => ({ kind: 'name', name: text })
const number = (text: string): Node => ({ kind: 'number', text })
const math = (operator: '+' | '-' | '*' | '/', left: Node, right: Node): Node => ({
  kind: 'math',
  operator,
  left,
  right,
})
const less = (left: Node, right: Node): Node => ({ kind: 'compare', operator: '<', left, right })
const all = (...items: Node[]): Node => ({ kind: 'all', items })
const any = (...items: Node[]): Node => ({ kind: 'any', items })
const [a, b, c] = [name('a'), name('b'), name('c')]

describe('brackets stand only where the tree needs them', () => {
  it.each<[Node, string]>([
    [math('*', math('+', a, b), c), '(a + b) * c'],
    [math('+', math('*', a, b), c), 'a * b + c'],
    [math('-', a, math('-', b, c)), 'a - (b - c)'],
    [math('-', math('-', a, b), c), 'a - b - c'],
    [math('/', a, math('*', b, c)), 'a / (b * c)'],
    [{ kind: 'negate', of: math('*', a, b) }, '-(a * b)'],
    [{ kind: 'negate', of: { kind: 'lag', of: a, rows: number('1') } }, '-a[1]'],
    [{ kind: 'lag', of: { kind: 'negate', of: a }, rows: number('1') }, '(-a)[1]'],
    [{ kind: 'negate', of: { kind: 'negate', of: a } }, '-(-a)'],
    [math('*', { kind: 'negate', of: a }, b), '-a * b'],
    [{ kind: 'lag', of: math('+', a, b), rows: number('2') }, '(a + b)[2]'],
    [
      { kind: 'output', of: { kind: 'call', name: 'macd', arguments: [a, number('12')] }, name: 'signal' },
      'macd(a, 12).signal',
    ],
    [less(math('+', a, b), c), 'a + b < c'],
    [less(less(a, b), c), '(a < b) < c'],
    [all(any(less(a, b), less(b, c)), less(a, c)), '(a < b or b < c) and a < c'],
    [any(all(less(a, b), less(b, c)), less(a, c)), 'a < b and b < c or a < c'],
    [{ kind: 'not', of: less(a, b) }, 'not a < b'],
    [{ kind: 'not', of: all(less(a, b), less(b, c)) }, 'not (a < b and b < c)'],
    [all({ kind: 'not', of: less(a, b) }, less(b, c)), 'not a < b and b < c'],
    [less({ kind: 'not', of: a }, b), '(not a) < b'],
    [{ kind: 'lag', of: less(a, b), rows: number('1') }, '(a < b)[1]'],
    [{ kind: 'on', timeframe: '4h', of: less(a, b) }, 'on("4h", a < b)'],
    [{ kind: 'cross', direction: 'above', left: a, right: math('+', b, c) }, 'crosses_above(a, b + c)'],
    [all({ kind: 'raw', text: 'x or y' }, less(a, b)), '(x or y) and a < b'],
  ])('%#: %s', (node, text) => expect(textOf(node)).toBe(text))
})

describe('places', () => {
  const rule = all(
    less({ kind: 'call', name: 'rsi', arguments: [name('close'), number('14')] }, number('30')),
    less(a, b),
  )
  const { text, spans } = print(rule)
  it('every part knows where it stands', () => {
    for (const [key, span] of spans) {
      const node = nodeAt(rule, pathOf(key))
      expect(node).not.toBeNull()
      if (node !== null) expect(text.slice(span.from, span.end)).toBe(textOf(node))
    }
    expect(spans.size).toBe(9)
  })
  it('a refused place points at the smallest block around it', () => {
    const at = text.indexOf('14')
    expect(blockAt(spans, at, at + 2)).toBe('0.0.1')
    expect(blockAt(spans, text.indexOf('rsi'), text.indexOf('rsi') + 3)).toBe('0.0')
    expect(blockAt(spans, text.indexOf('and'), text.indexOf('and') + 3)).toBe('')
  })
  it('lines and columns count from one', () => {
    expect(offsetOf('a\nbc\nd', 2, 2)).toBe(3)
    expect(offsetOf('a', 1, 99)).toBe(1)
    expect(offsetOf('a', 9, 1)).toBe(0)
  })
})

describe('editing', () => {
  const [x, y, z] = [less(a, b), less(b, c), less(a, c)]
  it('adds beside, joins a group of its kind, and takes away again', () => {
    const two = addBeside(x, [], 'all', y)
    expect(textOf(two)).toBe('a < b and b < c')
    const three = addBeside(two, [], 'all', z)
    expect(textOf(three)).toBe('a < b and b < c and a < c')
    expect(textOf(addBeside(three, [1], 'any', x))).toBe('a < b and (b < c or a < b) and a < c')
    expect(removeAt(removeAt(three, [1]), [1])).toEqual(x)
    expect(removeAt(x, [])).toBe(x)
  })
  it('adding an and beside a member of an and group stays one group', () => {
    expect(addBeside(all(x, y), [0], 'all', z)).toEqual(all(x, z, y))
  })
  it('moves within its group and stops at its ends', () => {
    const three = all(x, y, z)
    expect(moveAt(three, [2], -1)).toEqual({ root: all(x, z, y), path: [1] })
    expect(moveAt(three, [0], -1)).toBeNull()
    expect(moveAt(three, [2], 1)).toBeNull()
    expect(moveAt(x, [0], 1)).toBeNull()
  })
  it('replaces deep inside without touching the rest', () => {
    const rule = all(x, y)
    const next = replaceAt(rule, [1, 0], number('5'))
    expect(textOf(next)).toBe('a < b and 5 < c')
    expect(nodeAt(next, [0])).toBe(x)
  })
  it('tidies groups in groups', () => expect(tidy(all(all(x, y), any(z)))).toEqual(all(x, y, z)))
})

/** A tree as the server sends it, made from ours with the places of the printed text. */
function serverTree(node: Node): { tree: RuleTree; text: string } {
  const { text, spans } = print(node)
  const make = (each: Node, path: readonly number[]): RuleTree => {
    const span = spans.get(path.join('.')) ?? { from: 0, end: 0 }
    const base = { text: text.slice(span.from, span.end), line: 1, column: span.from + 1, length: span.end - span.from }
    const child = (index: number, of: Node) => make(of, [...path, index])
    switch (each.kind) {
      case 'number':
        return { kind: 'number', number: Number(each.text), ...base }
      case 'name':
        return { kind: 'price', name: each.name, ...base }
      case 'call':
        return {
          kind: 'indicator',
          name: each.name,
          children: each.arguments.map((value, index) => child(index, value)),
          ...base,
        }
      case 'compare':
        return {
          kind: 'compare',
          operators: [each.operator],
          children: [child(0, each.left), child(1, each.right)],
          ...base,
        }
      case 'cross':
        return {
          kind: 'cross',
          name: `crosses_${each.direction}`,
          children: [child(0, each.left), child(1, each.right)],
          ...base,
        }
      case 'math': {
        // As the server has it: one part for a chain of one rank.
        const left = child(0, each.left)
        const chain = each.left.kind === 'math' ? [left.children, left.operators] : [[left], []]
        const [children = [], operators = []] = chain as [RuleTree[], string[]]
        return {
          kind: 'arithmetic',
          operators: [...operators, each.operator],
          children: [...children, child(1, each.right)],
          ...base,
        }
      }
      case 'on': {
        const quoted: RuleTree = { kind: 'text', name: each.timeframe, text: '', line: 1, column: 1, length: 0 }
        return { kind: 'on', children: [quoted, child(0, each.of)], ...base }
      }
      case 'all':
      case 'any':
        return {
          kind: each.kind === 'all' ? 'and' : 'or',
          children: each.items.map((item, index) => child(index, item)),
          ...base,
        }
      default:
        return { kind: 'something new', ...base }
    }
  }
  return { tree: make(node, []), text }
}

describe('the server’s tree becomes blocks', () => {
  it('chains are laid flat, with every place kept', () => {
    const rule = all(
      less(a, b),
      less({ kind: 'call', name: 'ema', arguments: [name('close'), number('9')] }, c),
      any(less(b, c), less(c, a)),
    )
    const { tree, text } = serverTree(rule)
    const blocks = readTree(tree, text)
    expect(blocks.node).toEqual(rule)
    expect(textOf(blocks.node)).toBe(text)
    expect(Object.fromEntries(blocks.spans)).toEqual(Object.fromEntries(print(rule).spans))
  })
  it('a chain of signs is counted from the left, on() loses its quotes', () => {
    const rule = less(math('+', math('-', a, b), c), { kind: 'on', timeframe: '4h', of: a })
    const { tree, text } = serverTree(rule)
    const blocks = readTree(tree, text)
    expect(blocks.node).toEqual(rule)
    expect(Object.fromEntries(blocks.spans)).toEqual(Object.fromEntries(print(rule).spans))
  })
  it('a group inside a group of its kind joins it', () => {
    const place = (column: number, length: number) => ({ text: '', line: 1, column, length })
    const leaf = (text: string, column: number): RuleTree => ({ kind: 'name', name: text, ...place(column, 1) })
    // (a and b) and c
    const inner: RuleTree = { kind: 'and', children: [leaf('a', 2), leaf('b', 8)], ...place(1, 9) }
    const tree: RuleTree = { kind: 'and', children: [inner, leaf('c', 15)], ...place(1, 15) }
    const blocks = readTree(tree, '(a and b) and c')
    expect(blocks.node).toEqual(all(a, b, c))
    expect([...blocks.spans].map(([key, span]) => [key, span.from])).toEqual([
      ['', 0],
      ['0', 1],
      ['1', 7],
      ['2', 14],
    ])
  })
  it('what it does not know stays as its text', () => {
    const rule = all(less(a, b), { kind: 'not', of: less(b, c) })
    const { tree, text } = serverTree(rule)
    const blocks = readTree(tree, text)
    expect(blocks.node).toEqual(all(less(a, b), { kind: 'raw', text: 'not b < c' }))
    expect(textOf(blocks.node)).toBe('a < b and (not b < c)')
  })
})
