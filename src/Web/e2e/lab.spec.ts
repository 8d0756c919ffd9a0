import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { dayOf, fetchCandles, field, fillForm, finished, keep, lively, metric, press } from './lab'
import { textsOf } from './pdf'

/** A sweep that takes a while: many combinations of slow rules over a month of minutes. */
async function startLongSweep(page: Page): Promise<void> {
  const strategy = await keep(page, {
    ...lively,
    name: 'Slow',
    timeframe: '1m',
    enter:
      'zscore(close, slow) > stddev(hl2, fast) / close and correlation(close, volume, slow) > 0 and cci(fast) > 50 and aroon(slow).up > 50',
    exit: 'rsi(close, fast) > 80 and wma(close, slow) < hma(close, fast + 2)',
  })
  await fetchCandles(page, 'BTCUSDT', '1m', 15)
  await fillForm(page, strategy, 15)
  await page.getByRole('form').getByRole('radio', { name: 'Parameter sweep' }).click()
  await page.locator('[data-range="fast"]').getByRole('switch').click()
  await page.locator('[data-range="slow"]').getByRole('switch').click()
  for (const [name, from, to] of [
    ['fast', '3', '52'],
    ['slow', '10', '109'],
  ]) {
    await page.getByLabel(`From: ${name}`).fill(from ?? '')
    await page.getByLabel(`To: ${name}`).fill(to ?? '')
    await page.getByLabel(`Step: ${name}`).fill('1')
  }
  await expect(page.getByTestId('combinations')).toHaveText('5,000 combinations')
  await expect(page.getByText('Every candle of the span is stored.')).toBeVisible()
  await press(page, 'Run sweep')
}

test('a run shows its percent, goes on while one is away, and can be cancelled (2.12.1, 2.12.2)', async ({
  member: page,
}) => {
  test.setTimeout(150_000)
  await startLongSweep(page)
  await expect(page).toHaveURL(/\/lab\/sweep\//)
  const bar = page.getByRole('progressbar')
  const percent = async () => Number(await bar.getAttribute('aria-valuenow'))
  await expect.poll(percent, { timeout: 60_000 }).toBeGreaterThan(0)
  const before = await percent()
  await page.goto('/markets')
  await expect(page.getByRole('table').first()).toBeVisible()
  await page.goto('/lab')
  const row = page.locator('[data-run]').filter({ hasText: 'Slow' })
  await expect(row.getByRole('progressbar')).toBeVisible()
  expect(Number(await row.getByRole('progressbar').getAttribute('aria-valuenow'))).toBeGreaterThanOrEqual(before)
  await row.getByRole('button', { name: 'Cancel the run of Slow' }).click()
  await expect(row).toHaveAttribute('data-status', 'canceled')
  await row.getByRole('link', { name: 'Slow' }).click()
  await expect(page.getByText('This run was canceled.')).toBeVisible()
})

test('missing candles are named before the run, a press fetches them, and the report stays (2.12.2, 2.12.7)', async ({
  member: page,
}) => {
  const strategy = await keep(page)
  await fillForm(page, strategy, 70)
  await page.locator('[data-pair="BTCUSDT"]').getByRole('button').click()
  await field(page, 'Add a pair').fill('SOLUSDT')
  const missing = page.locator('[data-missing="SOLUSDT"]')
  await expect(missing).toContainText(/SOLUSDT 1h: .*candles.* missing\./)
  await expect(missing.locator('time').first()).toBeVisible()
  // Nothing runs over holes that nobody has accepted.
  await press(page, 'Run')
  await expect(page.getByRole('form').getByRole('alert')).toContainText('Candles are missing')
  await missing.getByRole('button', { name: 'Download SOLUSDT 1h' }).click()
  await expect(page.getByText('Every candle of the span is stored.')).toBeVisible({ timeout: 30_000 })
  await press(page, 'Run')
  await expect(metric(page, 'return')).toBeVisible({ timeout: 30_000 })
  const net = await metric(page, 'return').innerText()
  await page.goto('/markets')
  await page.goto('/lab')
  const row = page.locator('[data-run]').filter({ hasText: 'SOLUSDT' })
  await expect(row).toContainText(net)
  await row.getByRole('link', { name: 'Lively' }).click()
  await expect(metric(page, 'return')).toHaveText(net)
})

test('the trades sum up to the net result; the list is sorted and shown on the chart (2.12.4)', async ({
  member: page,
}) => {
  await fetchCandles(page, 'BTCUSDT', '1h', 61)
  const { id, report } = await finished(page, { split: 0.7 })
  const sum = report.trades.reduce((total, trade) => total + trade.pnl, 0)
  expect(sum).toBeCloseTo(report.final - report.start, 6)
  await page.goto(`/lab/${id}`)
  await expect(page.getByTestId('adds-up')).toHaveText('The trades add up to the net result.')
  await expect(page.getByTestId('curves')).toHaveAttribute('data-curves', 'Equity/solid | Buy and hold/dashed')
  await expect(page.locator('[data-doubt="probabilisticSharpe"]')).toContainText('%')
  await expect(page.getByTestId('split-parts').locator('[data-part]')).toHaveCount(2)
  await expect(page.locator('[data-year] [data-month]').filter({ hasText: '%' }).first()).toBeVisible()
  await page.getByRole('tab', { name: 'Trades' }).click()
  const shown = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  })
  await expect(page.getByTestId('trade-sum')).toContainText(
    `${report.trades.length} trades, sum ${shown.format(report.final - report.start)} USDT`,
  )
  await page.getByRole('button', { name: 'Result USDT' }).click()
  await expect(page).toHaveURL(/sort=pnl\.asc/)
  const worst = report.trades.reduce((least, trade) => (trade.pnl < least.pnl ? trade : least))
  await expect(page.locator('[data-trade]').first()).toHaveAttribute('data-trade', String(worst.entryTime))
  // Of a long list only what is on screen exists.
  expect(await page.locator('[data-trade]').count()).toBeLessThan(Math.max(60, report.trades.length))
  await page.locator('[data-trade]').first().getByRole('button', { name: 'Show on the chart' }).click()
  await expect(page.getByTestId('chart')).toHaveAttribute('data-arrows', /[1-9]/)
  await expect(page.getByTestId('explanation').first()).toBeVisible()
})

test('fees of 0.1 % change the result by exactly what they cost (2.12.5)', async ({ member: page }) => {
  await fetchCandles(page, 'BTCUSDT', '1h', 61)
  const document = { ...lively, size: { fixed: '500' } }
  const [free, paid] = [await finished(page, { document, fee: '0' }), await finished(page, { document, fee: '0.001' })]
  expect(free.report.trades.length).toBe(paid.report.trades.length)
  expect(free.report.trades.length).toBeGreaterThan(10)
  // 500 spent each time: fee leaves the quantity at (1 - f) of what it was, so result + fees = (1 - f) * free result.
  paid.report.trades.forEach((trade, index) => {
    expect(trade.pnl + trade.fees).toBeCloseTo(0.999 * (free.report.trades[index]?.pnl ?? Number.NaN), 6)
  })
  const fees = paid.report.trades.reduce((total, trade) => total + trade.fees, 0)
  await page.goto(`/lab/${paid.id}`)
  const shown = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  await expect(metric(page, 'fees')).toHaveText(shown.format(fees))
  await page.goto(`/lab/${free.id}`)
  await expect(metric(page, 'fees')).toHaveText('0.00')
})

test('up to four runs are compared, each with a dash and a letter of its own (2.12.6)', async ({ member: page }) => {
  await fetchCandles(page, 'BTCUSDT', '1h', 61)
  for (const fee of ['0', '0.001', '0.002', '0.003', '0.004']) await finished(page, { fee })
  await page.goto('/lab')
  const boxes = page.locator('[data-run]').getByRole('checkbox')
  await expect(boxes).toHaveCount(5)
  for (const index of [0, 1, 2, 3]) await boxes.nth(index).click()
  await expect(page.getByTestId('curves')).toHaveAttribute('data-curves', 'A/solid | B/dashed | C/dotted | D/long')
  await expect(boxes.nth(4)).toBeDisabled()
  await expect(page.locator('[data-compared]')).toHaveCount(4)
  await expect(page).toHaveURL(/compare=/)
  await page.reload()
  await expect(page.locator('[data-compared="D"]')).toContainText('Lively')
  await page.getByRole('button', { name: 'Take B out' }).click()
  await expect(page.getByTestId('curves')).toHaveAttribute('data-curves', 'A/solid | B/dashed | C/dotted')
})

test('CSV and print contain the figures (2.12.8)', async ({ member: page }) => {
  await fetchCandles(page, 'BTCUSDT', '1h', 61)
  const { id, report } = await finished(page)
  await page.goto(`/lab/${id}`)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Trades CSV' }).click()
  const [head, ...rows] = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split(/\r?\n/)
  expect(rows.length).toBe(report.trades.length)
  const at = (head ?? '').split(',').indexOf('pnl')
  expect(rows.reduce((sum, row) => sum + Number(row.split(',')[at]), 0)).toBeCloseTo(report.final - report.start, 6)
  const equity = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Equity CSV' }).click()
  const lines = readFileSync(await (await equity).path(), 'utf8')
    .trim()
    .split(/\r?\n/)
  expect(Number(lines.at(-1)?.split(',')[1])).toBeCloseTo(report.final, 6)
  // On paper: no chrome, every trade, and the figures.
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden()
  await expect(page.getByRole('button', { name: 'Trades CSV' })).toBeHidden()
  await expect(metric(page, 'return')).toBeVisible()
  await expect(page.getByTestId('assumptions')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Trades' }).locator('tbody tr')).toHaveCount(report.trades.length)
  const pdf = await page.pdf({ format: 'A4' })
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  const texts = textsOf(pdf)
  const figures = await page.locator('[data-metric] dd').allInnerTexts()
  for (const figure of figures.filter((each) => each.length > 3))
    expect(
      texts.some((text) => text.includes(figure.replaceAll(/\s/g, ''))),
      figure,
    ).toBe(true)
  // More than one sheet: the page is not cut off where the screen ends.
  expect((pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length).toBeGreaterThan(1)
})

test('few trades and in-sample only are warned of; bots are told to come later (2.12.9, 2.12.10)', async ({
  member: page,
}) => {
  await fetchCandles(page, 'BTCUSDT', '1h', 61)
  const rare = { ...lively, enter: 'close > highest(high, 300)[1]', exit: 'close < lowest(low, 300)[1]' }
  const { id, report } = await finished(page, { document: rare })
  expect(report.trades.length).toBeLessThan(30)
  await page.goto(`/lab/${id}`)
  await expect(page.locator('[data-warning="tooFewTrades"]')).toContainText(`Only ${report.trades.length} trades.`)
  await expect(page.locator('[data-warning="inSampleOnly"]')).toContainText('In-sample only')
  await page.getByRole('button', { name: 'Create a bot from this run' }).click()
  await expect(page.getByRole('dialog')).toContainText('Bots are not part of Lastro yet')
  await page.keyboard.press('Escape')
  const split = await finished(page, { split: 0.7 })
  await page.goto(`/lab/${split.id}`)
  await expect(metric(page, 'return')).toBeVisible()
  await expect(page.locator('[data-warning="inSampleOnly"]')).toHaveCount(0)
})

test('a sweep becomes a heat map and a list that say the same as the runs', async ({ member: page }) => {
  await fetchCandles(page, 'BTCUSDT', '1h', 61)
  const strategy = await keep(page)
  await fillForm(page, strategy, 60)
  await page.getByRole('form').getByRole('radio', { name: 'Parameter sweep' }).click()
  await press(page, 'Run sweep')
  await expect(page.getByTestId('combinations')).toContainText('Switch on at least one input')
  for (const [name, from, to, step] of [
    ['fast', '2', '5', '1'],
    ['slow', '8', '16', '4'],
  ]) {
    await page.locator(`[data-range="${name}"]`).getByRole('switch').click()
    await page.getByLabel(`From: ${name}`).fill(from ?? '')
    await page.getByLabel(`To: ${name}`).fill(to ?? '')
    await page.getByLabel(`Step: ${name}`).fill(step ?? '')
  }
  await expect(page.getByTestId('combinations')).toHaveText('12 combinations')
  await press(page, 'Run sweep')
  await expect(page.getByTestId('heat')).toBeVisible({ timeout: 30_000 })
  await expect(page.locator('[data-cell]')).toHaveCount(12)
  await page.getByLabel('Figure').selectOption('return')
  const { report } = await finished(page, { from: `${dayOf(60)}T00:00:00Z`, to: `${dayOf(0)}T00:00:00Z` })
  const percent = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  })
  await expect(page.locator('[data-cell="3/8"]')).toHaveText(`${percent.format(100 * (report.metrics.return ?? 0))}%`)
  await expect(page.getByText('The best of 12 trials is partly luck')).toBeVisible()
})
