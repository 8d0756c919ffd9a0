import { ask, expect, expectNoSidewaysScroll, test } from './fixtures'

test('the palette opens with Ctrl K; "btc" and Enter land on Bitcoin (2.0.1)', async ({ member: page }) => {
  await page.goto('/markets')
  await expect(page.getByRole('link', { name: 'BTC/USDT' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Search markets and commands').fill('btc')
  await expect(page.getByRole('option', { name: /^BTC\/USDT/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/trade\/BTCUSDT$/)
})

test('the server away turns the dot to Reconnecting and back (2.0.2)', async ({ member: page, server }) => {
  test.setTimeout(120_000)
  await page.goto('/markets')
  const words = page.getByRole('banner').getByRole('status').first()
  await expect(words).toHaveText('Live', { timeout: 15_000 })
  await server.stop()
  await expect(words).toHaveText(/^Reconnecting \(\d+\)$/, { timeout: 5_000 })
  await server.start()
  await expect(words).toHaveText('Live', { timeout: 10_000 })
})

test('the money mode is written on every page, and prices that nobody made are called simulated (2.0.3)', async ({
  member: page,
}) => {
  for (const path of ['/markets', '/trade/BTCUSDT', '/wallet', '/settings', '/nowhere']) {
    await page.goto(path)
    const shell = page.getByRole('banner')
    await expect(shell.getByText('Paper', { exact: true }).filter({ visible: true })).toHaveCount(1)
    await expect(shell.getByText('Simulated prices').filter({ visible: true })).toHaveCount(1)
  }
})

test('a page stays marked in the way around on all its tabs', async ({ member: page }) => {
  await page.goto('/orders?tab=journal')
  const orders = page.getByRole('navigation').getByRole('link', { name: 'Orders', exact: true })
  await expect(orders).toHaveAttribute('aria-current', 'page')
  await page.goto('/orders/scheduled')
  await expect(orders).not.toHaveAttribute('aria-current')
})

test('theme, language, zone and number format survive a reload and another browser (2.0.4)', async ({
  page,
  secondBrowser,
}) => {
  const { signUp, signIn } = await import('./fixtures')
  const email = await signUp(page)
  await page.goto('/settings')
  await page.getByRole('radio', { name: 'Light' }).click()
  await page.getByLabel('Time zone').last().selectOption('America/Sao_Paulo')
  await page.getByLabel('Number format').selectOption('de-DE')
  await page.getByLabel('Language', { exact: true }).last().selectOption('pt-BR')
  await expect(page.getByRole('heading', { name: 'Ajustes' })).toBeVisible()
  await expect
    .poll(async () => (await ask(page, 'GET', '/me/settings')).body)
    .toMatchObject({ language: 'pt-BR', theme: 'light', timeZone: 'America/Sao_Paulo', numberFormat: 'de-DE' })
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect(page.getByRole('heading', { name: 'Ajustes' })).toBeVisible()

  const other = await (await secondBrowser()).newPage()
  await other.goto('/login?to=/settings')
  await signIn(other, email)
  await expect(other.getByRole('heading', { name: 'Ajustes' })).toBeVisible()
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect(other.getByText('1.234.567,89 ', { exact: false }).filter({ visible: true }).first()).toBeVisible()
})

test('hiding amounts masks money everywhere and says so (2.0.5)', async ({ member: page }) => {
  await page.goto('/wallet')
  const total = page.getByTestId('wallet-total')
  await expect(total).toContainText('50,000.00')
  await page.keyboard.press('h')
  await expect(total).not.toContainText('50,000.00')
  await expect(page.locator('main')).not.toContainText('50,000')
  await expect(page.getByText('Amounts are hidden')).toBeAttached()
  await page.reload()
  await expect(total).toContainText('amount hidden')
  await page.getByRole('button', { name: 'Hide amounts' }).click()
  await expect(total).toContainText('50,000.00')
})

test('? lists the shortcuts, which can be switched off (2.0.6)', async ({ member: page }) => {
  await page.goto('/markets')
  await expect(page.getByRole('link', { name: 'BTC/USDT' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('w')
  await expect(page).toHaveURL(/\/wallet$/)
  await page.goto('/settings')
  await page.getByRole('switch', { name: 'Single-key shortcuts' }).click()
  await page.getByRole('heading', { name: 'Settings' }).click()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('an ended session asks for the password over the page and keeps what was typed (2.0.7)', async ({
  page,
  context,
}) => {
  const { password, signUp } = await import('./fixtures')
  await signUp(page)
  await page.goto('/settings')
  await page.getByLabel('Current password').fill('half typed')
  await context.clearCookies()
  await page.getByRole('switch', { name: 'Confirm orders' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await expect(dialog).toBeVisible()
  await dialog.getByLabel('Password', { exact: true }).fill(password)
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByLabel('Current password')).toHaveValue('half typed')
  expect((await ask(page, 'GET', '/me')).status).toBe(200)
})

test('a phone has its bar at the bottom and nothing to scroll sideways (2.0.8)', async ({ member: page }) => {
  for (const width of [390, 360]) {
    await page.setViewportSize({ width, height: 844 })
    for (const path of ['/markets', '/trade/BTCUSDT', '/wallet', '/wallet?tab=statement', '/settings', '/nowhere']) {
      await page.goto(path)
      await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()
      await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
      await expectNoSidewaysScroll(page)
    }
  }
})

test('the first Tab stop skips to the content (2.0.9)', async ({ visitor: page }) => {
  await page.goto('/markets')
  await expect(page.getByRole('link', { name: 'BTC/USDT' })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('#main')).toBeFocused()
})

test('an unknown address is a 404 page with search (2.0.10)', async ({ visitor: page }) => {
  await page.goto('/nowhere/at/all')
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  await page.getByLabel('Find a market').fill('eth')
  await page.locator('main').getByRole('button', { name: 'Search' }).click()
  await expect(page).toHaveURL(/\/markets\?.*q=eth/)
  await expect(page.getByRole('link', { name: 'ETH/USDT' })).toBeVisible()
})
