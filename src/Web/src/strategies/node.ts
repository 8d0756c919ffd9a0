/** The web's picture of a rule: what the server's syntax tree says, with chains of and / or laid flat. */
export type Node =
  | { kind: 'number'; text: string }
  | { kind: 'name'; name: string }
  | { kind: 'call'; name: string; arguments: readonly Node[] }
  | { kind: 'output'; of: Node; name: string }
  | { kind: 'lag'; of: Node; rows: Node }
  | { kind: 'on'; timeframe: string; of: Node }
  | { kind: 'negate'; of: Node }
  | { kind: 'math'; operator: MathOperator; left: Node; right: Node }
  | { kind: 'compare'; operator: CompareOperator; left: Node; right: Node }
  | { kind: 'cross'; direction: Direction; left: Node; right: Node }
  | { kind: 'not'; of: Node }
  | { kind: 'all' | 'any'; items: readonly Node[] }
  /** What the web does not know is shown and kept as its text. */
  | { kind: 'raw'; text: string }

export const mathOperators = ['+', '-', '*', '/'] as const
export type MathOperator = (typeof mathOperators)[number]
export const compareOperators = ['<', '<=', '>', '>=', '==', '!='] as const
export type CompareOperator = (typeof compareOperators)[number]
export const directions = ['above', 'below'] as const
export type Direction = (typeof directions)[number]

export const priceNames = ['open', 'high', 'low', 'close', 'volume', 'hl2', 'hlc3'] as const

/** Which child of which child: [] is the rule itself. */
export type Path = readonly number[]
export const pathKey = (path: Path): string => path.join('.')
export const pathOf = (key: string): Path => (key === '' ? [] : key.split('.').map(Number))

export type Group = Extract<Node, { kind: 'all' | 'any' }>
export const isGroup = (node: Node): node is Group => node.kind === 'all' || node.kind === 'any'

export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'number':
    case 'name':
    case 'raw':
      return []
    case 'call':
      return node.arguments
    case 'all':
    case 'any':
      return node.items
    case 'lag':
      return [node.of, node.rows]
    case 'math':
    case 'compare':
    case 'cross':
      return [node.left, node.right]
    default:
      return [node.of]
  }
}

export function withChildren(node: Node, children: readonly Node[]): Node {
  const [first, second] = children
  switch (node.kind) {
    case 'number':
    case 'name':
    case 'raw':
      return node
    case 'call':
      return { ...node, arguments: children }
    case 'all':
    case 'any':
      return { ...node, items: children }
    case 'lag':
      return { ...node, of: first ?? node.of, rows: second ?? node.rows }
    case 'math':
    case 'compare':
    case 'cross':
      return { ...node, left: first ?? node.left, right: second ?? node.right }
    default:
      return { ...node, of: first ?? node.of }
  }
}

export function nodeAt(root: Node, path: Path): Node | null {
  let node: Node | undefined = root
  for (const index of path) node = node === undefined ? undefined : childrenOf(node)[index]
  return node ?? null
}

export function replaceAt(root: Node, path: Path, next: Node): Node {
  const [index, ...rest] = path
  if (index === undefined) return next
  return withChildren(
    root,
    childrenOf(root).map((child, at) => (at === index ? replaceAt(child, rest, next) : child)),
  )
}

/** A group of one is that one; a group inside a group of its own kind joins it. Else a reprint would change the tree. */
export function tidy(node: Node): Node {
  const whole = withChildren(node, childrenOf(node).map(tidy))
  if (!isGroup(whole)) return whole
  const items = whole.items.flatMap((item) => (item.kind === whole.kind ? item.items : [item]))
  const [only] = items
  return items.length === 1 && only !== undefined ? only : { kind: whole.kind, items }
}

/** Puts another condition beside this one; where this one stands in such a group already, into that group. */
export function addBeside(root: Node, path: Path, kind: Group['kind'], fresh: Node): Node {
  const at = nodeAt(root, path)
  if (at === null) return root
  if (at.kind === kind) return replaceAt(root, path, { kind, items: [...at.items, fresh] })
  return tidy(replaceAt(root, path, { kind, items: [at, fresh] }))
}

/** Takes a condition out of its group; the rule itself and both sides of a comparison cannot go. */
export function removeAt(root: Node, path: Path): Node {
  const parentPath = path.slice(0, -1)
  const parent = nodeAt(root, parentPath)
  if (parent === null || !isGroup(parent) || parent.items.length < 2) return root
  const items = parent.items.filter((_, index) => index !== path.at(-1))
  return tidy(replaceAt(root, parentPath, { kind: parent.kind, items }))
}

/** Moves a condition among those of its group; null where it cannot go further. */
export function moveAt(root: Node, path: Path, by: -1 | 1): { root: Node; path: Path } | null {
  const parentPath = path.slice(0, -1)
  const parent = nodeAt(root, parentPath)
  const from = path.at(-1)
  if (parent === null || from === undefined || !isGroup(parent)) return null
  const to = from + by
  const items = [...parent.items]
  const [moved, other] = [items[from], items[to]]
  if (moved === undefined || other === undefined) return null
  items[to] = moved
  items[from] = other
  return { root: replaceAt(root, parentPath, { kind: parent.kind, items }), path: [...parentPath, to] }
}

const booleans: readonly Node['kind'][] = ['compare', 'cross', 'not', 'all', 'any']

/** Whether it is a condition; a name is one when its definition is. Null where nobody here can tell. */
export function isCondition(node: Node, conditions: ReadonlySet<string> = new Set()): boolean | null {
  if (booleans.includes(node.kind)) return true
  if (node.kind === 'name') return conditions.has(node.name)
  if (node.kind === 'lag' || node.kind === 'on') return isCondition(node.of, conditions)
  return node.kind === 'raw' ? null : false
}
