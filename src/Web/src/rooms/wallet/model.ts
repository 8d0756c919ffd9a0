import Big from 'big.js'
import type { Balance, FillModel, StatementLine } from '@/api/types'
import { isDay } from '@/i18n/days'
import { toBig } from '@/money/format'

export const columns = ['asset', 'total', 'available', 'held', 'value', 'share', 'averageCost', 'pnl'] as const
export type Column = (typeof columns)[number]
export type Sort = { column: Column; direction: 'asc' | 'desc' }

/** One asset of the wallet; money stays decimal strings, unknown stays null. */
export type Holding = {
  asset: string
  total: string
  available: string
  held: string
  value: string | null
  share: string | null
  averageCost: string | null
  pnl: string | null
}

const smallBelow = new Big('1')

const quotient = (part: Big, whole: Big): string | null => (whole.eq(0) ? null : part.div(whole).times(100).toFixed(4))

/** Average cost times what is held, against its value now. Unknown where the server knows no average cost. */
function pnlOf(balance: Balance): string | null {
  const cost = toBig(balance.averageCost)
  const value = toBig(balance.value)
  return cost === null || value === null ? null : value.minus(cost.times(balance.total)).toFixed()
}

/** What the wallet is worth: only assets with a known value count. */
export const totalValue = (balances: readonly Balance[]): Big =>
  balances.reduce((sum, balance) => sum.plus(toBig(balance.value) ?? 0), new Big(0))

export function holdingsOf(balances: readonly Balance[]): Holding[] {
  const whole = totalValue(balances)
  return balances.map((balance) => {
    const value = toBig(balance.value)
    return {
      asset: balance.asset,
      total: balance.total,
      available: balance.available,
      held: balance.held,
      value: balance.value,
      share: value === null ? null : quotient(value, whole),
      averageCost: balance.averageCost,
      pnl: pnlOf(balance),
    }
  })
}

/** Small is what is worth less than one unit of the value asset, or worth nothing known and empty. */
export const isSmall = (holding: Holding): boolean => {
  const value = toBig(holding.value)
  return value === null ? new Big(holding.total).eq(0) : value.lt(smallBelow)
}

export function readSort(text: string | undefined): Sort {
  const [name, direction] = (text ?? '').split('.')
  const column = columns.find((each) => each === name)
  return column ? { column, direction: direction === 'asc' ? 'asc' : 'desc' } : { column: 'value', direction: 'desc' }
}

export function nextSort(now: Sort, column: Column): string {
  const first = column === 'asset' ? 'asc' : 'desc'
  const direction = now.column === column ? (now.direction === 'asc' ? 'desc' : 'asc') : first
  return `${column}.${direction}`
}

export function sortHoldings(holdings: readonly Holding[], sort: Sort): Holding[] {
  const turn = sort.direction === 'asc' ? 1 : -1
  return [...holdings].sort((a, b) => {
    if (sort.column === 'asset') return a.asset < b.asset ? -turn : turn
    const left = toBig(a[sort.column])
    const right = toBig(b[sort.column])
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1
    return left.cmp(right) * turn
  })
}

export type Slice = { asset: string; share: string }

/** The five largest and the rest, for the allocation bar. */
export function slicesOf(holdings: readonly Holding[], most = 4): Slice[] {
  const known = sortHoldings(
    holdings.filter((holding) => (toBig(holding.share)?.cmp(0) ?? 0) > 0),
    { column: 'share', direction: 'desc' },
  )
  const slices = known.slice(0, most).map(({ asset, share }) => ({ asset, share: share ?? '0' }))
  const rest = known.slice(most).reduce((sum, holding) => sum.plus(holding.share ?? 0), new Big(0))
  return rest.gte('0.01') ? [...slices, { asset: '', share: rest.toFixed(4) }] : slices
}

export type SumCheck = { asset: string; available: string; held: string; matches: boolean }

/** The statement's changes added up per asset, against the balances. Only meaningful once every line is loaded. */
export function checkSums(lines: readonly StatementLine[], balances: readonly Balance[]): SumCheck[] {
  const sums = new Map<string, { available: Big; held: Big }>()
  for (const line of lines) {
    const sum = sums.get(line.asset) ?? { available: new Big(0), held: new Big(0) }
    sums.set(line.asset, { available: sum.available.plus(line.available), held: sum.held.plus(line.held) })
  }
  const zero = { available: new Big(0), held: new Big(0) }
  const assets = new Set([...sums.keys(), ...balances.map((balance) => balance.asset)])
  return [...assets].sort().map((asset) => {
    const sum = sums.get(asset) ?? zero
    const balance = balances.find((each) => each.asset === asset)
    const matches = sum.available.eq(balance?.available ?? 0) && sum.held.eq(balance?.held ?? 0)
    return { asset, available: sum.available.toFixed(), held: sum.held.toFixed(), matches }
  })
}

export const csvHeader = ['asset', 'total', 'available', 'in_orders', 'value', 'share_percent', 'average_cost', 'pnl']

export const csvRow = (row: Holding): (string | null)[] => [
  row.asset,
  row.total,
  row.available,
  row.held,
  row.value,
  row.share,
  row.averageCost,
  row.pnl,
]

export const statementKinds = ['grant', 'hold', 'release', 'fill', 'reset'] as const
export type StatementFilter = { asset: string; kind: string; from: string; to: string }

export const readStatementFilter = (search: Partial<Record<string, string>>): StatementFilter => ({
  asset: search.asset ?? '',
  kind: statementKinds.find((each) => each === search.kind) ?? '',
  from: isDay(search.from) ? search.from : '',
  to: isDay(search.to) ? search.to : '',
})

/** The URL of the statement with some filters changed; what is empty is left out. */
export function statementSearch(
  search: Partial<Record<string, string>>,
  patch: Partial<StatementFilter>,
): { tab: string } & Partial<StatementFilter> {
  const next = Object.entries({ ...readStatementFilter(search), ...patch }).filter(([, word]) => word !== '')
  return { tab: 'statement', ...Object.fromEntries(next) }
}

/** The lines add up to the balance only where no line is left out. */
export const isWhole = (filter: StatementFilter): boolean =>
  filter.kind === '' && filter.from === '' && filter.to === ''

export const ranges = { day: ['5m', 1], week: ['15m', 7], month: ['1h', 30], all: ['1d', null] } as const
export type Range = keyof typeof ranges
export const readRange = (word: string | undefined): Range =>
  (Object.keys(ranges) as Range[]).find((each) => each === word) ?? 'week'

/** Where a range begins, cut to a minute so that asking again is the same question. */
export function startOf(range: Range, now: number): string | null {
  const days = ranges[range][1]
  return days === null ? null : new Date(Math.floor(now / 60_000) * 60_000 - days * 86_400_000).toISOString()
}

/** The new account's settings, or what is wrong with them. */
export type SettingsDraft = { name: string; fillModel: FillModel; latency: string; slippage: string }
export type SettingsFault = 'name' | 'latencyMs' | 'slippageBps'
export const mostLatency = 5_000
export const mostSlippage = 500

const wholeUpTo = (text: string, most: number): number | null =>
  /^\d{1,4}$/.test(text.trim()) && Number(text) <= most ? Number(text) : null

export function readSettings(draft: SettingsDraft): { fault: SettingsFault } | { fault: null; change: AccountChange } {
  const name = draft.name.trim()
  if (name === '' || name.length > 80) return { fault: 'name' }
  const latencyMs = wholeUpTo(draft.latency, mostLatency)
  if (latencyMs === null) return { fault: 'latencyMs' }
  const slippageBps = draft.slippage.trim() === '' ? null : wholeUpTo(draft.slippage, mostSlippage)
  if (slippageBps === null && draft.slippage.trim() !== '') return { fault: 'slippageBps' }
  return { fault: null, change: { name, fillModel: draft.fillModel, latencyMs, slippageBps } }
}

export type AccountChange = { name: string; fillModel: FillModel; latencyMs: number; slippageBps: number | null }
