import type { Fill, Order } from '@/api/types'
import { downloadCsv, toCsv } from '@/ui/csv'
import { type Asked, type OrderQuery, readFills, readOrders } from './api'
import { fillCsvHeader, fillCsvRow, orderCsvHeader, orderCsvRow } from './model'

/** A file ends here; whoever has more narrows the dates. */
const mostRows = 50_000

async function all<T>(
  read: (cursor: string | null) => Promise<{ items: T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const rows: T[] = []
  let cursor: string | null = null
  do {
    const page = await read(cursor)
    rows.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null && rows.length < mostRows)
  return rows
}

/** Every row of the filter, not only those on screen. */
export async function saveOrders(query: OrderQuery, zone: string): Promise<void> {
  const rows = await all<Order>((cursor) => readOrders(query, cursor))
  downloadCsv(
    'lastro-orders.csv',
    toCsv(
      orderCsvHeader,
      rows.map((row) => orderCsvRow(row, zone)),
    ),
  )
}

export async function saveFills(query: Asked, zone: string): Promise<void> {
  const rows = await all<Fill>((cursor) => readFills(query, cursor))
  downloadCsv(
    'lastro-fills.csv',
    toCsv(
      fillCsvHeader,
      rows.map((row) => fillCsvRow(row, zone)),
    ),
  )
}
