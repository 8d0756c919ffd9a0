import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { ask, expect, signUp, test } from './fixtures'
import { looks } from './looks'
import { priceBelow } from './trading'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const screens = [
  { path: '/markets', ready: (page: Page) => page.locator('tr[data-index="0"]') },
  { path: '/trade/BTCUSDT', ready: (page: Page) => page.getByRole('table').first() },
  { path: '/orders/scheduled', ready: (page: Page) => page.locator('[data-order]').first() },
  { path: '/wallet', ready: (page: Page) => page.getByTestId('wallet-total') },
  { path: '/wallet?tab=statement', ready: (page: Page) => page.getByRole('table', { name: 'Statement' }) },
  { path: '/settings', ready: (page: Page) => page.getByRole('heading', { name: 'Password' }) },
  { path: '/nowhere', ready: (page: Page) => page.getByRole('heading', { name: 'Page not found' }) },
]
const outside = ['/login', '/register']

/** A stop that waits and an OCO, so that the tables of orders have rows of every kind. */
async function waitingOrders(page: Page): Promise<void> {
  const accounts = (await ask(page, 'GET', '/accounts')).body as { items: { id: string }[] }
  const price = async (share: number) => Number(await priceBelow(page, share)).toFixed(0)
  const order = { accountId: accounts.items[0]?.id, symbol: 'BTCUSDT' }
  const bodies = [
    ['/orders', { side: 'buy', type: 'takeProfit', quantity: '0.01', triggerPrice: await price(0.1) }],
    ['/orders/oco', { side: 'buy', quantity: '0.01', price: await price(0.1), triggerPrice: await price(-0.1) }],
  ] as const
  for (const [path, body] of bodies) {
    const answer = await ask(page, 'POST', path, {
      ...order,
      ...body,
      clientOrderId: `axe-${body.quantity}${path.length}`,
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  }
}

async function expectClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
}

for (const [theme, width] of looks)
  test(`nothing for axe to report, ${theme}, ${width} px`, async ({ page, context }) => {
    test.setTimeout(180_000)
    await page.setViewportSize({ width, height: 900 })
    await page.addInitScript((chosen) => localStorage.setItem('lastro.prefs', JSON.stringify({ theme: chosen })), theme)
    for (const path of outside) {
      await page.goto(path)
      await expect(page.getByLabel('E-mail')).toBeVisible()
      await expectClean(page)
    }
    await signUp(page)
    await page.evaluate(async (chosen) => {
      const settings = await (await fetch('/api/v1/me/settings')).json()
      await fetch('/api/v1/me/settings', {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...settings, theme: chosen }),
      })
    }, theme)
    await waitingOrders(page)
    for (const { path, ready } of screens) {
      await page.goto(path)
      await expect(ready(page)).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      await expectClean(page)
    }
    await page.goto('/orders/scheduled')
    await page
      .getByRole('button', { name: /^What happened/ })
      .first()
      .click()
    await expectClean(page)
    await page.getByRole('button', { name: 'New scheduled order' }).click()
    await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Trigger price' })).not.toHaveValue('')
    await expectClean(page)
    await page.goto('/trade/BTCUSDT')
    if (width < 640) await page.getByRole('tab', { name: 'Order', exact: true }).click()
    const kinds = page.getByRole('combobox', { name: 'More types' })
    for (const kind of ['stopLoss', 'trailing', 'oco', 'bracket']) {
      await kinds.selectOption(kind)
      await expect(page.getByRole('button', { name: 'Options' }).or(page.getByText('A buy with'))).toBeVisible()
      await expectClean(page)
    }
    await page.getByRole('button', { name: 'Change the BTC/USDT order' }).first().click()
    await expect(page.getByRole('dialog', { name: 'Change this order?' })).toBeVisible()
    await expectClean(page)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectClean(page)
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectClean(page)
    await context.clearCookies()
  })
