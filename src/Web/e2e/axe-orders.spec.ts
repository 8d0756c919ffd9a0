import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { ask, expect, expectNoSidewaysScroll, signUp, test } from './fixtures'
import { looks } from './looks'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
type List<T> = { items: T[] }

async function expectClean(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  const found = violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' | ')}`)
  expect(found, what).toEqual([])
}

async function someOrders(page: Page): Promise<void> {
  const accountId = ((await ask(page, 'GET', '/accounts')).body as List<{ id: string }>).items[0]?.id
  const place = (body: object) => ask(page, 'POST', '/orders', { accountId, symbol: 'BTCUSDT', side: 'buy', ...body })
  const filled = await place({ type: 'market', quoteQuantity: '500' })
  for (const price of ['20000', '21000']) await place({ type: 'limit', quantity: '0.01', price })
  const { id } = filled.body as { id: string }
  await ask(page, 'PUT', `/orders/${id}/note`, { text: 'why', tags: ['plan'], emotion: 'calm' })
}

const screens = [
  ['/orders', '[data-order]'],
  ['/orders?tab=closed&coin=BTC', '[data-order]'],
  ['/orders?tab=fills', '[data-fill]'],
  ['/orders?tab=journal', '[data-note]'],
  ['/wallet', '[data-figure]'],
  ['/wallet?tab=performance', '[data-dots]'],
  ['/wallet?tab=statement', 'table'],
  ['/wallet?tab=seasons', '[data-season]'],
] as const

for (const [theme, width] of looks)
  test(`orders, wallet and depth: nothing for axe to report, ${theme}, ${width} px`, async ({ page }) => {
    test.setTimeout(180_000)
    await page.setViewportSize({ width, height: 900 })
    await signUp(page)
    const settings = (await ask(page, 'GET', '/me/settings')).body as object
    await ask(page, 'PUT', '/me/settings', { ...settings, theme })
    await someOrders(page)
    for (const [path, ready] of screens) {
      await page.goto(path)
      await expect(page.locator(ready).first()).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      await expectClean(page, path)
      await expectNoSidewaysScroll(page)
    }
    for (const name of ['New account', 'Settings', 'Reset']) {
      await page.locator('main').getByRole('button', { name, exact: true }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectClean(page, name)
      await page.keyboard.press('Escape')
    }
    await page.goto('/orders')
    await page
      .getByRole('button', { name: /^Details and note/ })
      .first()
      .click()
    await expect(page.getByRole('dialog').getByLabel('Note')).toBeVisible()
    await expectClean(page, 'note')
    await page.keyboard.press('Escape')
    await page.goto('/trade/BTCUSDT')
    await page.getByRole('button', { name: 'Depth', exact: true }).click()
    await expect(page.getByRole('table', { name: 'Depth in figures' })).toBeVisible()
    await expectClean(page, 'depth')
  })
