import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { RunningServer } from './server'

export { expect }

export const password = 'Paperboat-7-river'

/** No limits per address: every test of the run comes from one. Tests of limits start a server of their own. */
const flags = ['--Market', 'demo', '--Limits:LoginPerMinutePerIp', '0', '--Limits:RegisterPerMinutePerIp', '0']

let counter = 0
export const freshEmail = (): string => `person${Date.now().toString(36)}${counter++}@example.com`

/** Asks the server from inside the page: cookies and browser headers are the real ones. */
export const ask = (
  page: Page,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> =>
  page.evaluate(
    async ([verb, where, what]) => {
      const init: RequestInit = { method: verb as string }
      if (what !== null) {
        init.headers = { 'Content-Type': 'application/json' }
        init.body = JSON.stringify(what)
      }
      const answer = await fetch(`/api/v1${where}`, init)
      const text = await answer.text()
      return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) }
    },
    [method, path, body ?? null] as const,
  )

/** Registers through the API in the page's own browser, which signs it in. */
export async function signUp(page: Page, email = freshEmail()): Promise<string> {
  await page.goto('/login')
  await expect(page.getByRole('button', { name: 'Sign in' }).last()).toBeVisible()
  const answer = await ask(page, 'POST', '/auth/register', { email, password, name: 'Ana Teste' })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return email
}

export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.locator('main').getByRole('button', { name: 'Sign in' }).click()
}

/** The page has nothing to scroll sideways. */
export const expectNoSidewaysScroll = async (page: Page): Promise<void> => {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(over).toBeLessThanOrEqual(0)
}

type Shared = { server: RunningServer }
type Each = { member: Page; visitor: Page; secondBrowser: () => Promise<BrowserContext> }

export const test = base.extend<Each, Shared>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the first argument
    async ({}, use) => {
      const server = await RunningServer.begin(flags)
      await use(server)
      await server.end()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  visitor: async ({ page }, use) => use(page),
  member: async ({ page }, use) => {
    await signUp(page)
    await use(page)
  },
  secondBrowser: async ({ browser, server }, use) => {
    const opened: BrowserContext[] = []
    await use(async () => {
      const context = await browser.newContext({ baseURL: server.url, locale: 'en-US', timezoneId: 'UTC' })
      opened.push(context)
      return context
    })
    for (const context of opened) await context.close()
  },
})
