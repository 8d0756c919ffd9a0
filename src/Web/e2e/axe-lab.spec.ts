import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { keep as keepRules, open, rule, text } from './builder'
import { ask, expect, expectNoSidewaysScroll, test } from './fixtures'
import { dayOf, fetchCandles, finished, keep, lively, type Run } from './lab'
import { looks } from './looks'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function expectClean(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  const found = violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' | ')}`)
  expect(found, what).toEqual([])
  await expectNoSidewaysScroll(page)
}

for (const [theme, width] of looks)
  test(`strategies: nothing for axe to report, ${theme}, ${width} px`, async ({ member: page }) => {
    test.setTimeout(120_000)
    await page.setViewportSize({ width, height: 900 })
    const settings = (await ask(page, 'GET', '/me/settings')).body as object
    await ask(page, 'PUT', '/me/settings', { ...settings, theme })
    const rules = { enter: 'not (r < low and close > ema(close, 50)[2]) or on("4h", close > open)' }
    const kept = await keepRules(page, rules)
    await page.goto('/strategies')
    await expect(page.locator('[data-strategy]')).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await expectClean(page, 'list')
    await open(page, kept.id)
    await expect(page.getByTestId('chart')).toHaveAttribute('data-arrows', /\d/)
    await page.getByRole('button', { name: 'Last candle' }).click()
    await expect(page.getByTestId('explanation').first()).toBeVisible()
    await expectClean(page, 'editor')
    await rule(page, 'exit')
      .getByRole('button', { name: /Change left side/ })
      .first()
      .click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectClean(page, 'chooser')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Versions' }).click()
    await expect(page.getByText('No difference.')).toBeVisible()
    await expectClean(page, 'versions')
    await page.keyboard.press('Escape')
    await page.mouse.move(0, 0)
    await text(page, 'enter').fill('r < nope')
    await expect(rule(page, 'enter').locator('[data-fault]')).toBeVisible()
    await expectClean(page, 'fault')
  })

for (const [theme, width] of looks)
  test(`lab: nothing for axe to report, ${theme}, ${width} px`, async ({ member: page }) => {
    test.setTimeout(150_000)
    await page.setViewportSize({ width, height: 900 })
    const settings = (await ask(page, 'GET', '/me/settings')).body as object
    await ask(page, 'PUT', '/me/settings', { ...settings, theme })
    await fetchCandles(page, 'BTCUSDT', '1h', 61)
    const strategy = await keep(page)
    const [one, two] = [await finished(page, { split: 0.7 }), await finished(page, { fee: '0' })]
    const set = { fast: { from: 2, to: 4, step: 1 }, slow: { from: 8, to: 12, step: 2 } }
    const span = { from: `${dayOf(60)}T00:00:00Z`, to: `${dayOf(1)}T00:00:00Z` }
    const sweep = await ask(page, 'POST', '/backtests/sweeps', {
      document: lively,
      symbols: ['BTCUSDT'],
      ...span,
      set,
    })
    expect(sweep.status, JSON.stringify(sweep.body)).toBe(201)
    await page.goto(`/lab?strategy=${strategy}&pair=ADAUSDT&compare=${one.id},${two.id}`)
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await expect(page.locator('[data-missing]')).toBeVisible()
    await expect(page.getByTestId('curves')).toHaveAttribute('data-curves', /A.*B/)
    await page.getByRole('form').getByRole('radio', { name: 'Parameter sweep' }).click()
    await page.locator('[data-range="fast"]').getByRole('switch').click()
    await expectClean(page, 'lab')
    for (const [path, ready] of [
      [`/lab/${one.id}`, '[data-curves]'],
      [`/lab/${one.id}?tab=trades`, '[data-trade]'],
      [`/lab/${one.id}?tab=chart&at=${(one.report.trades[0]?.entryTime ?? 0) / 1000}`, '[data-testid="explanation"]'],
      [`/lab/${one.id}?tab=conventions`, 'tbody'],
      [`/lab/sweep/${(sweep.body as Run).id}`, '[data-cell]'],
    ] as const) {
      await page.goto(path)
      await expect(page.locator(ready).first()).toBeVisible({ timeout: 20_000 })
      await expectClean(page, path)
    }
  })
