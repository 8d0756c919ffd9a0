import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RunningServer } from './server'

const everyMs = 250
const depth = 40
const gap = 5
const firstMs = Date.UTC(2026, 0, 5, 12, 0, 0)

const amount = (value: number): string => value.toFixed(8)
const levels = (from: number, direction: number): string =>
  Array.from({ length: depth }, (_, i) => `["${amount(from + direction * gap * i)}","${amount(2 + (i % 3))}"]`).join()

const gone = (from: number, direction: number): string =>
  Array.from({ length: depth }, (_, i) => `["${amount(from + direction * gap * i)}","0.00000000"]`).join()

/** Lines of a recorded combined stream: a trade at each of these prices, a quarter of a second apart, in a book around it. */
export function recordingOf(prices: readonly number[]): string {
  const lines: string[] = []
  let bid = 0
  prices.forEach((price, index) => {
    const ms = firstMs + index * everyMs
    const received = `${ms}000000`
    const id = 1_000 + index
    const before = bid
    bid = price - 1
    if (index === 0)
      lines.push(`${received} {"lastUpdateId":${id},"bids":[${levels(bid, -1)}],"asks":[${levels(bid + 2, 1)}]}`)
    const best = `["${amount(bid)}","${amount(2 + (index % 2))}"]`
    // A feed gives its picture once; from then on a price that moves takes the old levels away and brings new ones.
    const moved = index > 0 && before !== bid
    const bids = moved ? `${gone(before, -1)},${levels(bid, -1)}` : best
    const asks = moved ? `${gone(before + 2, 1)},${levels(bid + 2, 1)}` : ''
    const change = `"E":${ms},"s":"BTCUSDT","U":${id},"u":${id},"b":[${bids}],"a":[${asks}]`
    lines.push(`${received} {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate",${change}}}`)
    const top = `"u":${id},"s":"BTCUSDT","b":"${amount(bid)}","B":"${amount(2 + (index % 2))}","a":"${amount(bid + 2)}","A":"2.00000000"`
    lines.push(`${received} {"stream":"btcusdt@bookTicker","data":{${top}}}`)
    const trade = `"E":${ms},"s":"BTCUSDT","t":${index + 1},"p":"${amount(price)}","q":"0.01000000","T":${ms},"m":${index % 2 === 0},"M":true`
    lines.push(`${received} {"stream":"btcusdt@trade","data":{"e":"trade",${trade}}}`)
  })
  return `${lines.join('\n')}\n`
}

/** A server of its own that plays these prices at their own pace. */
export async function replaying(prices: readonly number[], flags: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'lastro-recording-'))
  const file = join(folder, 'BTCUSDT.txt')
  writeFileSync(file, recordingOf(prices))
  const server = await RunningServer.begin(['--Market', `replay:${file}`, ...flags])
  return {
    server,
    async end() {
      await server.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Ten minutes at one price. */
export const calm = (price: number): number[] => Array.from({ length: 2_400 }, () => price)
