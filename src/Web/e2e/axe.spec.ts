import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, signUp, test } from './fixtures'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const screens = [
  { path: '/markets', ready: (page: Page) => page.locator('tr[data-index="0"]') },
  { path: '/trade/BTCUSDT', ready: (page: Page) => page.getByRole('table').first() },
  { path: '/wallet', ready: (page: Page) => page.getByTestId('wallet-total') },
  { path: '/wallet?tab=statement', ready: (page: Page) => page.getByRole('table', { name: 'Statement' }) },
  { path: '/settings', ready: (page: Page) => page.getByRole('heading', { name: 'Password' }) },
  { path: '/nowhere', ready: (page: Page) => page.getByRole('heading', { name: 'Page not found' }) },
]
const outside = ['/login', '/register']

async function expectClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
}

for (const theme of ['dark', 'light'] as const)
  for (const width of [1440, 390])
    test(`nothing for axe to report, ${theme}, ${width} px`, async ({ page, context }) => {
      test.setTimeout(180_000)
      await page.setViewportSize({ width, height: 900 })
      await page.addInitScript(
        (chosen) => localStorage.setItem('lastro.prefs', JSON.stringify({ theme: chosen })),
        theme,
      )
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
      for (const { path, ready } of screens) {
        await page.goto(path)
        await expect(ready(page)).toBeVisible()
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
        await expectClean(page)
      }
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectClean(page)
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectClean(page)
      await context.clearCookies()
    })
