import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { ask, expect, test } from './fixtures'

const cell = (page: Page, asset: string, column: string) =>
  page.locator(`tr[data-asset="${asset}"] [data-column="${column}"]`)

const number = async (page: Page, asset: string, column: string) =>
  Number((await cell(page, asset, column).innerText()).replaceAll(',', ''))

type List<T> = { items: T[] }

/** A limit buy far below the market, so that it rests. */
async function placeResting(page: Page): Promise<string> {
  const accounts = (await ask(page, 'GET', '/accounts')).body as List<{ id: string }>
  const tickers = (await ask(page, 'GET', '/markets/tickers?symbols=BTCUSDT')).body as List<{ last: string }>
  const price = Math.floor(Number(tickers.items[0]?.last) / 2)
  const order = await ask(page, 'POST', '/orders', {
    accountId: accounts.items[0]?.id,
    symbol: 'BTCUSDT',
    side: 'buy',
    type: 'limit',
    quantity: '0.01',
    price: String(price),
    timeInForce: 'gtc',
    clientOrderId: `wallet-${Date.now()}`,
  })
  expect(order.status, JSON.stringify(order.body)).toBe(201)
  return (order.body as { id: string }).id
}

test('available and in orders make the total; an order moves money there and back (2.5.1, 2.5.2)', async ({
  member: page,
}) => {
  await page.goto('/wallet')
  await expect(cell(page, 'USDT', 'total')).toHaveText('50,000.00')
  const id = await placeResting(page)
  await expect(cell(page, 'USDT', 'held')).not.toHaveText('0.00')
  const [total, available, held] = await Promise.all(
    ['total', 'available', 'held'].map((column) => number(page, 'USDT', column)),
  )
  expect((available ?? 0) + (held ?? 0)).toBeCloseTo(total ?? 0, 2)
  expect((await ask(page, 'DELETE', `/orders/${id}`)).status).toBe(200)
  await expect(cell(page, 'USDT', 'held')).toHaveText('0.00')
  await expect(cell(page, 'USDT', 'available')).toHaveText('50,000.00')
})

test('an average cost is told as finely as the market tells its price', async ({ member: page }) => {
  const accounts = (await ask(page, 'GET', '/accounts')).body as List<{ id: string }>
  const buy = { symbol: 'ADAUSDT', side: 'buy', type: 'market', quoteQuantity: '100', clientOrderId: 'wallet-ada' }
  expect((await ask(page, 'POST', '/orders', { accountId: accounts.items[0]?.id, ...buy })).status).toBe(201)
  await page.goto('/wallet')
  await expect(cell(page, 'ADA', 'averageCost')).toHaveText(/^\d+\.\d{4}$/)

  // Lines that add up are told to the last digit.
  await page.goto('/wallet?tab=statement')
  await expect(page.getByRole('row', { name: /USDT.*[+-]\d+\.\d{3,}/ }).first()).toBeVisible()
})

test('the statement adds up to the balance (2.5.4)', async ({ member: page }) => {
  await page.goto('/markets')
  const id = await placeResting(page)
  await ask(page, 'DELETE', `/orders/${id}`)
  await page.goto('/wallet?tab=statement')
  await expect(page.getByRole('table', { name: 'Statement' })).toContainText('Starting money')
  await expect(page.getByText(/lines? adds? up to the balance\.$/)).toBeVisible()
  await page.getByLabel('Asset', { exact: true }).selectOption('USDT')
  await expect(page).toHaveURL(/asset=USDT/)
  await expect(page.getByText(/lines? adds? up to the balance\.$/)).toBeVisible()
})

test('the CSV holds what the table shows (2.5.5)', async ({ member: page }) => {
  await page.goto('/wallet')
  await expect(cell(page, 'USDT', 'total')).toHaveText('50,000.00')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download CSV' }).click()
  const file = await (await download).path()
  const [header, ...rows] = readFileSync(file, 'utf8').split('\r\n')
  expect(header).toBe('asset,total,available,in_orders,value,share_percent,average_cost,pnl')
  const shown = await page
    .locator('tr[data-asset]')
    .evaluateAll((all) => all.map((row) => row.getAttribute('data-asset')))
  expect(rows.map((row) => row.split(',')[0])).toEqual(shown)
  expect(rows[0]).toMatch(/^USDT,50000(\.0+)?,50000(\.0+)?,0/)
})

test('hiding small balances is remembered (2.5.7)', async ({ member: page }) => {
  await page.goto('/wallet')
  const hide = page.getByRole('switch', { name: 'Hide small balances' })
  await hide.click()
  await expect(hide).toBeChecked()
  await expect
    .poll(async () => (await ask(page, 'GET', '/me/settings')).body)
    .toMatchObject({ hideSmallBalances: true })
  await page.reload()
  await expect(hide).toBeChecked()
})

test('a phone keeps the value column, and an asset opens its market (2.5.8, 2.5.9)', async ({ member: page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/wallet')
  await expect(cell(page, 'USDT', 'value')).toBeVisible()
  const box = await cell(page, 'USDT', 'value').boundingBox()
  expect((box?.x ?? 999) + (box?.width ?? 999)).toBeLessThanOrEqual(390)
  await page.locator('tr[data-asset="USDT"] a').click()
  await expect(page).toHaveURL(/\/trade\/[A-Z0-9]+$/)
})
