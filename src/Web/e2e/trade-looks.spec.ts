import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { ask, expect, expectNoSidewaysScroll, signUp, test } from './fixtures'
import { amountField, dialog, form, openTrade, priceBelow, priceField } from './trading'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function expectClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
}

async function prefer(page: Page, patch: object): Promise<void> {
  const settings = (await ask(page, 'GET', '/me/settings')).body as object
  expect((await ask(page, 'PUT', '/me/settings', { ...settings, ...patch })).status).toBe(200)
}

for (const theme of ['dark', 'light'] as const)
  test(`the trade page, its errors and its question have nothing for axe, ${theme}, 1440 px`, async ({ page }) => {
    test.setTimeout(120_000)
    await signUp(page)
    await prefer(page, { theme })
    await openTrade(page)
    await expect(form(page).locator('button[type=submit]')).toBeEnabled()
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await expectClean(page)
    await priceField(page).fill('60000.005')
    await amountField(page).fill('99')
    await expectClean(page)
    await priceField(page).fill(await priceBelow(page, 0.3))
    await amountField(page).fill('0.01')
    await form(page).locator('button[type=submit]').click()
    await expect(dialog(page)).toBeVisible()
    await expectClean(page)
    await dialog(page).getByRole('button', { name: 'Buy BTC' }).click()
    await expect(page.getByRole('tab', { name: '1 open order' })).toBeVisible()
    await expectClean(page)
  })

for (const theme of ['dark', 'light'] as const)
  test(`the trade page on a phone, ${theme}, 390 px`, async ({ page }) => {
    test.setTimeout(120_000)
    await page.setViewportSize({ width: 390, height: 844 })
    await signUp(page)
    await prefer(page, { theme })
    await page.goto('/trade/BTCUSDT')
    await expect(page.getByTestId('chart')).toHaveAttribute('data-lines', '0', { timeout: 20_000 })
    await expectNoSidewaysScroll(page)
    await expectClean(page)
    await page.getByRole('tab', { name: 'Order book' }).click()
    await page.getByRole('table', { name: 'Order book' }).locator('tr[data-side="bid"]').first().waitFor()
    await expectNoSidewaysScroll(page)
    await expectClean(page)
    await page.getByRole('tab', { name: 'Chart' }).click()
    await page.getByRole('button', { name: 'Sell', exact: true }).click()
    await expect(form(page).getByRole('button', { name: 'Sell', exact: true })).toHaveAttribute('aria-pressed', 'true')
    await expectNoSidewaysScroll(page)
    await expectClean(page)
    await page.setViewportSize({ width: 360, height: 740 })
    await expectNoSidewaysScroll(page)
  })

test('a Brazilian types commas and is answered with commas', async ({ member: page }) => {
  await prefer(page, { language: 'pt-BR' })
  await page.goto('/trade/BTCUSDT')
  const fields = page.locator('form input[inputmode=decimal]')
  await fields.nth(0).fill('60000,50')
  await fields.nth(1).fill('0,5')
  await expect(page.getByText('≈ 30.000,25')).toBeVisible()
  await fields.nth(1).fill('1.234')
  await expect(fields.nth(1)).toHaveAccessibleDescription(/Você quer dizer 1234 ou 1,234\?/)
})
