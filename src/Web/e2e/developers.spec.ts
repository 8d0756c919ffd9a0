import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { ask, expect, expectNoSidewaysScroll, test } from './fixtures'

type Key = { key: string; secret: string }

/** A signed call from outside the browser, like every client's. */
async function call(page: Page, { key, secret }: Key, method: string, path: string, query = ''): Promise<number> {
  const payload = `${query}${query === '' ? '' : '&'}timestamp=${Date.now()}`
  const signature = createHmac('sha256', secret).update(payload).digest('hex')
  const url = `${new URL(page.url()).origin}/binance/api/v3/${path}?${payload}&signature=${signature}`
  return (await fetch(url, { method, headers: { 'X-MBX-APIKEY': key } })).status
}

async function openForm(page: Page, label: string) {
  await page.goto('/settings/developers')
  await page.getByRole('button', { name: 'Create key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Label' }).fill(label)
  return dialog
}

/** What the dialog shows under a name, once. */
const read = (page: Page, name: string) =>
  page
    .getByRole('dialog')
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('code')
    .innerText()

async function make(page: Page, label: string, rights = 'Read and trade'): Promise<Key> {
  const dialog = await openForm(page, label)
  await dialog.getByRole('radio', { name: rights, exact: true }).click()
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(page.getByRole('heading', { name: 'Key created' })).toBeVisible()
  const made = { key: await read(page, 'API key'), secret: await read(page, 'Secret') }
  await dialog.getByRole('button', { name: 'Copy Secret' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toBeHidden()
  return made
}

const row = (page: Page, label: string) => page.getByRole('row').filter({ hasText: label })

test.beforeEach(async ({ member: page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
})

test('a secret is shown once, with copy and download (2.22.1)', async ({ member: page }) => {
  const dialog = await openForm(page, 'shown once')
  await dialog.getByRole('textbox', { name: 'Addresses' }).fill('127.0.0.1\n10.0.0.0/8')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  const [key, secret] = [await read(page, 'API key'), await read(page, 'Secret')]
  expect([key, secret].every((each) => /^[A-Za-z0-9]{64}$/.test(each))).toBe(true)
  await page.keyboard.press('Escape')
  await expect(dialog.getByRole('alert')).toContainText('neither copied nor downloaded')
  await dialog.getByRole('button', { name: 'Copy Secret' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret)
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download' }).click()
  expect(readFileSync(await (await download).path(), 'utf8')).toContain(`apiKey: ${key}\nsecret: ${secret}\n`)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(row(page, 'shown once')).toContainText('127.0.0.1 and 1 more')
  await page.reload()
  await expect(row(page, 'shown once')).toContainText(key.slice(0, 12))
  expect(await page.content()).not.toContain(secret)
  expect(JSON.stringify((await ask(page, 'GET', '/api-keys')).body)).not.toMatch(new RegExp(`${secret}|${key}`))
})

test('a call shows in last used and on the meter; revoking stops the key (2.22.2, 3, 9)', async ({ member: page }) => {
  const key = await make(page, 'trader')
  expect(await call(page, key, 'GET', 'account')).toBe(200)
  await expect(row(page, 'trader')).toContainText('from 127.0.0.1')
  await expect
    .poll(async () => Number(await page.locator('[data-calls]').getAttribute('data-calls')))
    .toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Revoke trader' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(row(page, 'trader')).toHaveCount(0)
  expect(await call(page, key, 'GET', 'account')).toBe(401)
})

test('a key that may only read can not trade (2.22.4)', async ({ member: page }) => {
  const key = await make(page, 'reader', 'Read')
  await expect(row(page, 'reader').getByRole('cell', { name: 'Read', exact: true })).toBeVisible()
  const order = 'symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001'
  expect(await call(page, key, 'GET', 'account')).toBe(200)
  expect(await call(page, key, 'POST', 'order/test', order)).toBe(401)
  expect(await call(page, await make(page, 'trader'), 'POST', 'order/test', order)).toBe(200)
})

test('an Ed25519 key takes the public half only', async ({ member: page }) => {
  const pair = generateKeyPairSync('ed25519')
  const dialog = await openForm(page, 'own pair')
  await dialog.getByRole('radio', { name: 'Ed25519' }).click()
  await dialog.getByRole('textbox', { name: 'Public key' }).fill('nonsense')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Public key' })).toHaveAccessibleDescription(/no Ed25519 public key/)
  const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  await dialog.getByRole('textbox', { name: 'Public key' }).fill(pem)
  await dialog.getByRole('button', { name: 'Create key' }).click()
  const key = await read(page, 'API key')
  await expect(dialog.getByText('Secret', { exact: true })).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Done' }).click()
  const payload = `timestamp=${Date.now()}`
  const signature = encodeURIComponent(sign(null, Buffer.from(payload), pair.privateKey).toString('base64'))
  const url = `${new URL(page.url()).origin}/binance/api/v3/account?${payload}&signature=${signature}`
  expect((await fetch(url, { headers: { 'X-MBX-APIKEY': key } })).status).toBe(200)
})

test('found in the palette; samples name this server; nothing for axe, also on a phone', async ({ member: page }) => {
  await page.goto('/settings')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Search markets and commands').fill('api keys')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/settings\/developers$/)
  await make(page, 'a program with quite a long name')
  await page.getByRole('combobox', { name: 'Code samples' }).selectOption('curl')
  await expect(page.getByRole('region', { name: 'Code for curl' })).toContainText(
    `${new URL(page.url()).origin}/binance`,
  )
  for (const theme of ['dark', 'light'])
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 })
      await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme)
      await expectNoSidewaysScroll(page)
      await expectClean(page)
      await page.getByRole('button', { name: 'Create key' }).click()
      await page.getByRole('dialog').getByRole('radio', { name: 'Ed25519' }).click()
      await expectClean(page)
      await page.keyboard.press('Escape')
    }
})

async function expectClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
}
