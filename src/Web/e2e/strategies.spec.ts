import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { block, document, type Kept, keep, open, rule, sentence, text } from './builder'
import { ask, expect, test } from './fixtures'

/** Chooses in the dialog what stands in a place. */
async function choose(page: Page, section: string, place: RegExp, what: RegExp | string, search = ''): Promise<void> {
  await rule(page, section).getByRole('button', { name: place }).first().click()
  const dialog = page.getByRole('dialog')
  if (search !== '') await dialog.getByRole('searchbox').fill(search)
  await dialog.getByRole('button', { name: what }).first().click()
  await expect(dialog).toHaveCount(0)
}

test('RSI below 30 buys and above 70 sells, built without typing code; the sentences say so (2.11.1, 2.11.2)', async ({
  member: page,
}) => {
  await page.goto('/strategies')
  await page.getByRole('link', { name: 'New strategy' }).click()
  await expect(rule(page, 'enter').locator('[data-condition]').first()).toBeVisible()
  await choose(page, 'enter', /Change left side/, /^RSI /, 'rsi')
  await expect(text(page, 'enter')).toHaveValue('rsi(close, 14) > sma(close, 20)')
  await rule(page, 'enter').getByLabel('Relation of the condition').selectOption('<')
  await choose(page, 'enter', /Change right side/, 'A number')
  await expect(text(page, 'enter')).toHaveValue('rsi(close, 14) < 30')
  await choose(page, 'exit', /Change left side/, /^RSI /, 'relative strength')
  await rule(page, 'exit').getByLabel('Relation of the condition').selectOption('>')
  await choose(page, 'exit', /Change right side/, 'A number')
  await rule(page, 'exit').getByRole('textbox', { name: 'right side of the condition' }).fill('70')
  await expect(text(page, 'exit')).toHaveValue('rsi(close, 14) > 70')
  await expect(sentence(page, 'enter')).toContainText(/RSI\(14\).*below 30/)
  await expect(sentence(page, 'exit')).toContainText(/RSI\(14\).*above 70/)
  await rule(page, 'enter').getByRole('textbox', { name: 'n of RSI' }).fill('9')
  await expect(text(page, 'enter')).toHaveValue('rsi(close, 9) < 30')
  await expect(sentence(page, 'enter')).toContainText('RSI(9)')
  await page.getByLabel('Name', { exact: true }).fill('Mine')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByTestId('save-status')).toHaveText('Version 1')
  await expect(page).toHaveURL(/\/strategies\/[0-9a-f-]{36}$/)
  const id = page.url().split('/').at(-1)
  const saved = (await ask(page, 'GET', `/strategies/${id}`)).body as { document: { enter: string; exit: string } }
  expect([saved.document.enter, saved.document.exit]).toEqual(['rsi(close, 9) < 30', 'rsi(close, 14) > 70'])
})

test('text and blocks follow each other (2.11.2)', async ({ member: page }) => {
  await open(page, (await keep(page)).id)
  await text(page, 'enter').fill('r < low and crosses_above(close, on("4h", ema(close, 9))[1]) or not volume > 100')
  const parts = rule(page, 'enter').locator('[data-condition]')
  await expect(parts.filter({ hasText: 'Any of these' }).first()).toBeVisible()
  await expect(rule(page, 'enter').getByText('candles ago')).toBeVisible()
  await expect(rule(page, 'enter').getByText('4h', { exact: true })).toBeVisible()
  await rule(page, 'enter').getByRole('button', { name: 'Remove “not”' }).click()
  await expect(text(page, 'enter')).toHaveValue(
    'r < low and crosses_above(close, on("4h", ema(close, 9))[1]) or volume > 100',
  )
})

test('the preview marks the signals on the last 500 candles and says that only closed candles count (2.11.3, 2.11.8)', async ({
  member: page,
}) => {
  await open(page, (await keep(page)).id)
  await expect(page.getByTestId('signals')).toHaveText(/Last 500 candles: \d+ × enter, \d+ × exit/)
  const answer = await ask(page, 'POST', '/strategies/preview', { document, symbol: 'BTCUSDT', limit: 500 })
  const { signals } = answer.body as { signals: { kind: string; openTime: string }[] }
  expect(signals.length).toBeGreaterThan(2)
  await expect(page.getByTestId('chart')).toHaveAttribute('data-arrows', String(signals.length))
  await expect(page.getByText('Rules see closed candles only')).toBeVisible()
  // What the chart shows ends with the last closed candle.
  const last = signals.at(-1)
  expect(Date.parse(last?.openTime ?? '') + 3_600_000).toBeLessThanOrEqual(Date.now())
  // Why at that candle: the rule with the value of each part.
  const entry = await page
    .getByLabel('Signal', { exact: true })
    .locator('option', { hasText: /^Enter/ })
    .first()
    .innerText()
  await page.getByLabel('Signal', { exact: true }).selectOption(entry)
  await expect(page.getByTestId('explanation').first()).toContainText('true')
  await page.getByRole('button', { name: 'One candle earlier' }).click()
  await expect(page.getByTestId('explanation').first()).toContainText('false')
})

test('an invalid rule points at the block and at its letters (2.11.4)', async ({ member: page }) => {
  await open(page, (await keep(page, { enter: 'rsi(close, 14) < 30' })).id)
  await rule(page, 'enter').getByRole('textbox', { name: 'n of RSI' }).fill('0')
  await expect(block(page, 'enter:0.1')).toHaveAttribute('data-faulty', '')
  await expect(block(page, 'enter:1')).not.toHaveAttribute('data-faulty', '')
  await expect(text(page, 'enter')).toHaveAccessibleDescription(/n.* of rsi must be from 1/)
  await rule(page, 'enter').getByRole('button', { name: 'Line 1, column 12' }).click()
  const marked = await text(page, 'enter').evaluate((box: HTMLTextAreaElement) =>
    box.value.slice(box.selectionStart, box.selectionEnd),
  )
  expect(marked).toBe('0')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Only rules without an error are kept.')).toBeVisible()
  await expect(page.getByTestId('save-status')).toHaveText('Not saved')
  await text(page, 'enter').fill('rsi(close, 14) < nope')
  await expect(rule(page, 'enter').locator('[data-fault]')).toContainText('nope')
  await expect(block(page, 'enter:1')).toHaveAttribute('data-faulty', '')
  await expect(page.getByRole('region', { name: 'Why, or why not' })).toHaveCount(0)
  // Back to what was right before: it is right again.
  await text(page, 'enter').fill('rsi(close, 14) < 30')
  await expect(rule(page, 'enter').locator('[data-fault]')).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Why, or why not' })).toBeVisible()
})

test('a word that is begun can be completed', async ({ member: page }) => {
  await open(page, (await keep(page)).id)
  await text(page, 'enter').fill('')
  await text(page, 'enter').pressSequentially('r < low and cros')
  await page.getByRole('button', { name: 'crosses_above(' }).click()
  await expect(text(page, 'enter')).toHaveValue('r < low and crosses_above(')
  await expect(text(page, 'enter')).toBeFocused()
  await page.keyboard.type('close, open)')
  await expect(sentence(page, 'enter')).toContainText('open')
})

test('undo and redo, by button and by key (2.11.5)', async ({ member: page }) => {
  await open(page, (await keep(page)).id)
  await page.getByLabel('Stop loss').fill('5')
  await rule(page, 'enter').getByLabel('Relation of the condition').selectOption('<=')
  await expect(text(page, 'enter')).toHaveValue('r <= low')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(text(page, 'enter')).toHaveValue('r < low')
  await expect(page.getByLabel('Stop loss')).toHaveValue('5')
  await text(page, 'enter').press('Control+z')
  await expect(page.getByLabel('Stop loss')).toHaveValue('3')
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
  await text(page, 'enter').press('Control+Shift+z')
  await page.getByRole('button', { name: 'Redo' }).click()
  await expect(text(page, 'enter')).toHaveValue('r <= low')
  await expect(page.getByLabel('Stop loss')).toHaveValue('5')
})

test('a strategy goes out as JSON and comes back equal (2.11.6)', async ({ member: page }) => {
  const kept = await keep(page, { define: { r: 'rsi(close, length)', calm: 'atr(14) / close < 0.02' } })
  await open(page, kept.id)
  await page.getByRole('button', { name: /^JSON/ }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  const file = await (await download).path()
  const exported = JSON.parse(readFileSync(file, 'utf8')) as object
  expect(exported).toEqual(kept.document)
  const copy = join(tmpdir(), `lastro-strategy-${Date.now()}.json`)
  writeFileSync(copy, readFileSync(file))
  await page.goto('/strategies')
  await page.getByRole('button', { name: 'Import JSON' }).click()
  await page.locator('input[type=file]').setInputFiles(copy)
  await page.getByRole('button', { name: 'Use this' }).click()
  await expect(text(page, 'enter')).toHaveValue('r < low')
  await expect(page.getByTestId('save-status')).toHaveText('Not saved')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByTestId('save-status')).toHaveText('Version 1')
  const again = (await ask(page, 'GET', `/strategies/${page.url().split('/').at(-1)}`)).body as Kept
  expect(again.id).not.toBe(kept.id)
  expect(again.document).toEqual(kept.document)
})

test('versions are compared and restored (2.11.7)', async ({ member: page }) => {
  const kept = await keep(page)
  await open(page, kept.id)
  await page.getByLabel('Stop loss').fill('5')
  await page.getByRole('textbox', { name: 'Value of low' }).fill('25')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByTestId('save-status')).toHaveText('Version 2')
  await page.getByRole('button', { name: 'Versions' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Compare', { exact: true }).selectOption('1')
  await expect(dialog.locator('[data-change="stopLoss"]')).toContainText(/3%.*5%/)
  await expect(dialog.locator('[data-change="inputs.low"]')).toContainText(/30.*25/)
  await expect(dialog.locator('[data-change]')).toHaveCount(2)
  await dialog.getByRole('button', { name: 'Restore version 1' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByLabel('Stop loss')).toHaveValue('3')
  await expect(page.getByTestId('save-status')).toHaveText('Version 3')
  const now = (await ask(page, 'GET', `/strategies/${kept.id}`)).body as Kept
  expect(now.version).toBe(3)
  expect(now.document).toEqual(kept.document)
})

test('conditions are moved by keyboard, and the focus goes along (2.11.9)', async ({ member: page }) => {
  await open(page, (await keep(page, { enter: 'r < low and close > open and volume > 10' })).id)
  const item = (index: number) => page.locator(`[data-item="enter:${index}"]`)
  await item(2).getByRole('button', { name: 'Move condition 3 up' }).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(text(page, 'enter')).toHaveValue('r < low and volume > 10 and close > open')
  await expect(item(1).getByRole('button', { name: 'Move condition 2 up' })).toBeFocused()
  await expect(page.getByText('Moved to place 2 of 3')).toBeAttached()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(text(page, 'enter')).toHaveValue('volume > 10 and r < low and close > open')
  await page.keyboard.press('Enter')
  await expect(text(page, 'enter')).toHaveValue('r < low and volume > 10 and close > open')
  await page.keyboard.press('Control+z')
  await expect(text(page, 'enter')).toHaveValue('volume > 10 and r < low and close > open')
})

test('bots are told to come later; saving and testing fills in the lab (2.11.10)', async ({ member: page }) => {
  const kept = await keep(page)
  await open(page, kept.id)
  await page.getByRole('button', { name: 'Use in a bot' }).click()
  await expect(page.getByRole('dialog')).toContainText('Bots are not part of Lastro yet')
  await page.keyboard.press('Escape')
  await page.getByLabel('Take profit').fill('12')
  await page.getByRole('button', { name: 'Save and backtest' }).click()
  await expect(page).toHaveURL(new RegExp(`/lab\\?strategy=${kept.id}`))
  await expect(page.getByLabel('Strategy', { exact: true })).toHaveValue(kept.id)
  await expect(page.locator('[data-pair="BTCUSDT"]')).toBeVisible()
})

test('a built-in strategy is a start; leaving without saving asks', async ({ member: page }) => {
  await page.goto('/strategies')
  await expect(page.getByText('You have no strategy yet.')).toBeVisible()
  await page.getByRole('link', { name: 'Start from Mean reversion with trend filter' }).click()
  await expect(text(page, 'enter')).toHaveValue('uptrend and r < low')
  await expect(rule(page, 'define.uptrend')).toContainText('on 1d candles:')
  await page.getByLabel('Stop loss').fill('7')
  await page.getByRole('link', { name: 'Back to the strategies' }).click()
  await expect(page.getByRole('alertdialog')).toContainText('Leave without saving?')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByLabel('Stop loss')).toHaveValue('7')
  await page.getByRole('link', { name: 'Back to the strategies' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByRole('heading', { name: 'Starting points' })).toBeVisible()
})

test('a list that cannot be loaded says so, and a press tries again', async ({ member: page }) => {
  let broken = true
  await page.route('**/api/v1/strategies*', (route) =>
    broken ? route.fulfill({ status: 500, json: { code: 'internal_error', traceId: 'abc' } }) : route.continue(),
  )
  await page.goto('/strategies')
  await expect(page.getByText('The strategies could not be loaded.')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('abc')).toBeVisible()
  broken = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('You have no strategy yet.')).toBeVisible()
})
