import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ask, expect, test } from './fixtures'
import { dayOf, fetchCandles, fillForm, finished, keep, lively, metric, press } from './lab'

test('the same inputs give the same numbers (2.12.3)', async ({ member: page }) => {
  await fetchCandles(page, 'BTCUSDT', '1h', 61)
  const strategy = await keep(page)
  const read = async () => {
    await fillForm(page, strategy, 60)
    await press(page, 'Run')
    await expect(metric(page, 'return')).toBeVisible({ timeout: 30_000 })
    return [
      await page.locator('[data-metric] dd').allInnerTexts(),
      await page.getByTestId('assumptions').locator('code').innerText(),
    ]
  }
  const [first, second] = [await read(), await read()]
  expect(second).toEqual(first)
  expect(first[0]?.length).toBeGreaterThan(15)
})

test('the command line makes the same report of the same candles', async ({ member: page }) => {
  await fetchCandles(page, 'BTCUSDT', '1h', 61)
  // Highest and lowest are exact whatever came before the first row, so that not a digit may differ.
  const rules = { ...lively, enter: 'close > highest(high, fast)[1]', exit: 'close < lowest(low, fast)[1]' }
  const span = { from: `${dayOf(40)}T00:00:00Z`, to: `${dayOf(1)}T00:00:00Z` }
  const { id, report } = await finished(page, { ...span, document: rules })
  const rows: string[] = []
  for (let before = Date.parse(span.to); before > Date.parse(span.from) - 5 * 86_400_000; ) {
    const path = `/markets/BTCUSDT/candles?interval=1h&limit=500&before=${before}`
    const { items } = (await ask(page, 'GET', path)).body as { items: Record<string, string>[] }
    const lines = items.map((each) => {
      const { openTime = '', open, high, low, close, volume } = each
      return [Date.parse(openTime), open, high, low, close, volume].join(',')
    })
    rows.unshift(...lines)
    before = Date.parse(items[0]?.openTime ?? '')
  }
  const folder = mkdtempSync(join(tmpdir(), 'lastro-same-'))
  writeFileSync(join(folder, 'rules.json'), JSON.stringify(rules))
  writeFileSync(join(folder, 'BTCUSDT.csv'), `open_time_ms,open,high,low,close,volume\n${rows.join('\n')}\n`)
  const program = resolve(import.meta.dirname, '../../../artifacts/cli/Lastro.Cli.dll')
  const asked = ['--strategy', join(folder, 'rules.json'), '--candles', join(folder, 'BTCUSDT.csv'), '--json']
  const said = execFileSync('dotnet', [program, 'backtest', ...asked, '--from', span.from, '--to', span.to], {
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  })
  rmSync(folder, { recursive: true })
  const own = JSON.parse(said) as typeof report
  expect(own.trades.length).toBeGreaterThan(10)
  expect(own.trades).toEqual(report.trades)
  expect(own.metrics).toEqual(report.metrics)
  await page.goto(`/lab/${id}`)
  await expect(metric(page, 'trades')).toHaveText(String(own.trades.length))
})
