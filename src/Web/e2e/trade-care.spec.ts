import { ask, expect, signIn, test } from './fixtures'
import { RunningServer } from './server'
import { amountField, book, dialog, form, openTrade, priceBelow, priceField } from './trading'

test('prices older than 5 s warn on the form and ask before sending (2.4.9)', async ({ browser }) => {
  test.setTimeout(120_000)
  const own = await RunningServer.begin(['--Market', 'demo'])
  const context = await browser.newContext({ baseURL: own.url, locale: 'en-US', timezoneId: 'UTC' })
  try {
    const page = await context.newPage()
    const { signUp } = await import('./fixtures')
    await signUp(page)
    await openTrade(page)
    await amountField(page).fill('0.01')

    // The question is fetched soon after the page stands, so that it can be asked when the server is away.
    const fetched = () => performance.getEntriesByType('resource').some((entry) => entry.name.includes('ConfirmOrder'))
    await page.waitForFunction(fetched)
    await own.stop()
    await expect(form(page)).toContainText(/No word from the server for \d+ s/, { timeout: 20_000 })
    await form(page).locator('button[type=submit]').click()
    await expect(dialog(page).getByRole('alert')).toContainText('The order may meet another price.')
  } finally {
    await context.close()
    await own.end()
  }
})

test('b, s, Esc and 1 to 9 work and can be switched off (2.4.10)', async ({ member: page }) => {
  await openTrade(page)
  const side = (name: string) => form(page).getByRole('button', { name, exact: true })
  const interval = (name: string) =>
    page.getByRole('group', { name: 'Chart interval' }).getByRole('button', { name, exact: true })
  await page.keyboard.press('s')
  await expect(side('Sell')).toHaveAttribute('aria-pressed', 'true')
  await expect(amountField(page)).toBeFocused()
  await page.keyboard.type('0.5')
  await page.keyboard.press('Escape')
  await expect(amountField(page)).toHaveValue('')
  await expect(amountField(page)).not.toBeFocused()
  await page.keyboard.press('b')
  await expect(side('Buy')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Escape')
  await page.keyboard.press('5')
  await expect(interval('1h')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('1')
  await expect(interval('1m')).toHaveAttribute('aria-pressed', 'true')
  const saved = async () => (await ask(page, 'GET', '/me/settings')).body
  await expect.poll(saved).toMatchObject({ chart: { interval: '1m' } })
  await page.goto('/settings')
  await page.getByRole('switch', { name: /shortcuts/i }).click()
  await expect.poll(saved).toMatchObject({ shortcuts: false })
  await openTrade(page)
  await page.keyboard.press('s')
  await page.keyboard.press('5')
  await expect(side('Buy')).toHaveAttribute('aria-pressed', 'true')
  await expect(interval('1m')).toHaveAttribute('aria-pressed', 'true')
})

test('"Don\'t ask again" is remembered, warned about and taken back', async ({ member: page }) => {
  await openTrade(page)
  const low = await priceBelow(page, 0.3)
  await priceField(page).fill(low)
  await amountField(page).fill('0.01')
  await form(page).locator('button[type=submit]').click()
  await dialog(page).getByRole('switch', { name: "Don't ask again" }).click()
  await dialog(page).getByRole('button', { name: 'Buy BTC' }).click()
  await expect(page.getByRole('tab', { name: '1 open order' })).toBeVisible()
  await expect(form(page)).toContainText('Orders are sent without asking.')
  await amountField(page).fill('0.02')
  await form(page).locator('button[type=submit]').click()
  await expect(page.getByRole('tab', { name: '2 open orders' })).toBeVisible()
  await form(page).getByRole('button', { name: 'Ask again' }).click()
  await page.getByRole('button', { name: 'Cancel all' }).click()
  await dialog(page).getByRole('button', { name: 'Cancel all' }).click()
  await expect(page.getByRole('tab', { name: '0 open orders' })).toBeVisible()
})

test('a star set on the trade page stands on its rail, first (2.3.1)', async ({ member: page }) => {
  await openTrade(page, 'SOLUSDT')
  await page.getByRole('button', { name: 'Add to the watchlist' }).click()
  const first = page.getByRole('navigation', { name: 'Pairs' }).getByRole('link').first()
  await expect(first).toContainText('SOL/USDT')
  await page.getByRole('searchbox', { name: 'Search pairs' }).fill('eth/us')
  await expect(first).toContainText('ETH/USDT')
  await first.click()
  await expect(page).toHaveURL(/\/trade\/ETHUSDT$/)
})

test('a visitor reads the market; signing in leads back to it', async ({ visitor: page }) => {
  const { signUp } = await import('./fixtures')
  const email = await signUp(page)
  await page.context().clearCookies()
  await page.goto('/trade/ETHUSDT')
  await expect(book(page).locator('tr[data-side="bid"]').first()).toBeVisible()
  await form(page).getByRole('link', { name: 'Sign in to trade' }).click()
  await signIn(page, email)
  await expect(page).toHaveURL(/\/trade\/ETHUSDT$/)
  await expect(form(page).getByRole('button', { name: 'Buy ETH' })).toBeEnabled()
})
