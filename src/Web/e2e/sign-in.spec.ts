import { ask, expect, freshEmail, password, signIn, signUp, test } from './fixtures'
import { RunningServer } from './server'

test('registering signs in, and a wallet of virtual money exists (2.1.1)', async ({ visitor: page }) => {
  await page.goto('/register')
  await page.getByLabel('Name').fill('Ana Teste')
  await page.getByLabel('E-mail').fill(freshEmail())
  await page.getByLabel('Password', { exact: true }).fill(password)
  await expect(page.getByText('Strong')).toBeVisible()
  await page.locator('main').getByRole('button', { name: 'Create account' }).click()
  await expect(page).toHaveURL(/\/markets$/)
  await page.getByRole('link', { name: 'Wallet' }).first().click()
  await expect(page.getByTestId('wallet-total')).toContainText('50,000.00')
})

test('what is wrong with a registration is said at its field', async ({ visitor: page }) => {
  await page.goto('/register')
  await page.locator('main').getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByLabel('Name')).toHaveAccessibleDescription('Enter your name.')
  await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription('Enter a valid e-mail.')
  await page.getByLabel('Name').fill('Ana')
  await page.getByLabel('E-mail').fill(freshEmail())
  await page.getByLabel('Password', { exact: true }).fill('password1')
  await page.locator('main').getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(/not a common password/)
})

test('a wrong password is refused neutrally and keeps the e-mail; after some tries there is a wait (2.1.2, 2.1.3)', async ({
  page,
  context,
}) => {
  const email = await signUp(page)
  await context.clearCookies()
  await page.goto('/login')
  const submit = page.locator('main').getByRole('button', { name: 'Sign in' })
  const alert = page.locator('main').getByRole('alert')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill('wrong-wrong')
  await submit.click()
  await expect(alert).toHaveText('E-mail or password is wrong.')
  await expect(page.getByLabel('E-mail')).toHaveValue(email)
  for (let attempt = 2; attempt <= 6; attempt++) {
    if (await submit.isDisabled()) break
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/auth/login'))
    await submit.click()
    await answered
  }
  await expect(alert).toHaveText(/Too many tries\. Wait \d+ seconds?\./)
  await expect(submit).toBeDisabled()
})

test('no token is where scripts can read it (2.1.6)', async ({ member: page }) => {
  await page.goto('/markets')
  await expect(page.getByRole('link', { name: 'BTC/USDT' })).toBeVisible()
  const readable = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  )
  expect(readable).not.toMatch(/eyJ|token|access|refresh/i)
  const cookies = await page.context().cookies()
  expect(cookies.length).toBeGreaterThanOrEqual(2)
  for (const cookie of cookies) expect(cookie.httpOnly, cookie.name).toBe(true)
})

test('a deep link returns after signing in (2.1.7)', async ({ page, context }) => {
  const email = await signUp(page)
  await context.clearCookies()
  await page.goto('/wallet?tab=statement')
  await expect(page).toHaveURL(/\/login\?to=/)
  await signIn(page, email)
  await expect(page).toHaveURL(/\/wallet\?tab=statement$/)
})

test('a return address elsewhere is not followed', async ({ member: page, server }) => {
  await page.goto('/login?to=//example.com/')
  await expect.poll(() => page.url()).not.toContain('/login')
  expect(page.url().startsWith(server.url)).toBe(true)
})

test('password managers know the fields (2.1.8)', async ({ visitor: page }) => {
  await page.goto('/login')
  await expect(page.getByLabel('E-mail')).toHaveAttribute('autocomplete', 'username')
  const field = page.getByLabel('Password', { exact: true })
  await expect(field).toHaveAttribute('autocomplete', 'current-password')
  await expect(field).toHaveAttribute('type', 'password')
  await page.getByRole('button', { name: 'Show password' }).click()
  await expect(field).toHaveAttribute('type', 'text')
  await page.goto('/register')
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('autocomplete', 'new-password')
})

test('signing out ends the other tab within five seconds (2.1.9)', async ({ member: page, context }) => {
  await page.goto('/settings')
  const other = await context.newPage()
  await other.goto('/wallet')
  await expect(other.getByTestId('wallet-total')).toContainText('50,000')
  await page.getByRole('button', { name: 'Account and preferences' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/login/)
  await expect(other.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible({ timeout: 5_000 })
  expect((await ask(other, 'GET', '/me')).status).toBe(401)
})

test('where sign-up is closed the page says so', async ({ browser }) => {
  test.setTimeout(120_000)
  const server = await RunningServer.begin(['--Market', 'demo', '--Accounts:SignUp', 'false'])
  const context = await browser.newContext({ baseURL: server.url, locale: 'en-US' })
  try {
    const page = await context.newPage()
    await page.goto('/register')
    await expect(page.getByText('Sign-up is closed on this server.')).toBeVisible()
    await expect(page.getByLabel('E-mail')).toHaveCount(0)
  } finally {
    await context.close()
    await server.end()
  }
})
