import { ask, expect, password, signIn, signUp, test } from './fixtures'

test('a palette is previewed and used at once', async ({ member: page }) => {
  await page.goto('/settings')
  const before = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--up'))
  await page.getByRole('radio', { name: /Blue and orange/ }).check()
  await expect(page.locator('html')).toHaveAttribute('data-palette', 'blueOrange')
  const after = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--up'))
  expect(after).not.toBe(before)
})

test('the zone changes the times shown', async ({ member: page }) => {
  await page.goto('/wallet?tab=statement')
  const table = page.getByRole('table', { name: 'Statement' })
  await expect(table).toContainText('(UTC)')
  const utc = await table.locator('time').first().innerText()
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await expect(table).toContainText('(Asia/Tokyo)')
  expect(await table.locator('time').first().innerText()).not.toBe(utc)
})

test('a new password ends the other sessions', async ({ page, secondBrowser }) => {
  const email = await signUp(page)
  const other = await (await secondBrowser()).newPage()
  await other.goto('/login?to=/settings')
  await signIn(other, email)
  await expect(other.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await page.goto('/settings')
  await page.getByLabel('Current password').fill('not-this-one')
  await page.getByLabel('New password').fill('Another-boat-8')
  await page.getByRole('button', { name: 'Change password' }).last().click()
  await expect(page.getByLabel('Current password')).toHaveAccessibleDescription('The current password is wrong.')
  await page.getByLabel('Current password').fill(password)
  await page.getByRole('button', { name: 'Change password' }).last().click()
  await expect(page.getByText('Changed. Other sessions have ended.')).toBeVisible()
  await expect.poll(async () => (await ask(other, 'GET', '/me')).status, { timeout: 6_000 }).toBe(401)
  expect((await ask(page, 'GET', '/me')).status).toBe(200)
})

test.describe('languages', () => {
  const headings = { en: 'Settings', 'pt-BR': 'Ajustes', ru: 'Настройки', es: 'Ajustes' }
  for (const [language, heading] of Object.entries(headings))
    test(`the app speaks ${language}`, async ({ visitor: page }) => {
      await page.goto('/settings')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.locator('main select').first().selectOption(language)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading)
      await expect(page.locator('html')).toHaveAttribute('lang', language)
    })
})
