import { readFileSync } from 'node:fs'
import { ask, expect, test } from './fixtures'
import { openTrade, placeLimit, priceBelow } from './trading'

type List<T> = { items: T[] }
type Account = { id: string; name: string; fillModel: string; latencyMs: number; slippageBps: number | null }

const accounts = async (page: import('@playwright/test').Page) =>
  ((await ask(page, 'GET', '/accounts')).body as List<Account>).items

test('reset asks for the word, ends orders, gives the chosen money and writes the statement (2.5.3)', async ({
  member: page,
}) => {
  const [account] = await accounts(page)
  const price = await priceBelow(page, 0.5)
  const order = await ask(page, 'POST', '/orders', {
    accountId: account?.id,
    symbol: 'BTCUSDT',
    side: 'buy',
    type: 'limit',
    quantity: '0.01',
    price,
  })
  expect(order.status).toBe(201)
  await page.goto('/wallet')
  await page.getByRole('button', { name: 'Reset' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('New virtual money').fill('12,000.50')
  await sheet.getByLabel('Type RESET to confirm').fill('reset')
  await sheet.getByRole('button', { name: 'Start anew' }).click()
  await expect(sheet).toContainText('Type the word RESET, in capitals.')
  await sheet.getByLabel('Type RESET to confirm').fill('RESET')
  await sheet.getByRole('button', { name: 'Start anew' }).click()
  await expect(page.getByText('Season 2 has begun; orders ended: 1.')).toBeVisible()
  await expect(page.getByTestId('wallet-total')).toContainText('12,000.50')
  const open = (await ask(page, 'GET', '/orders?status=open')).body as List<unknown>
  expect(open.items).toEqual([])
  await page.getByRole('tab', { name: 'Statement' }).click()
  await expect(page.getByRole('table', { name: 'Statement' })).toContainText('Returned at a reset')
  await page.getByRole('tab', { name: 'Seasons' }).click()
  const seasons = page.getByRole('table', { name: 'Seasons' })
  await expect(seasons.locator('[data-season="2"]')).toContainText('Running')
  await expect(seasons.locator('[data-season="1"]')).toContainText('50,000.00')
})

test('a second account is opened, set up, renamed, remembered and traded with', async ({ member: page }) => {
  await page.goto('/wallet')
  await page.getByRole('button', { name: 'New account' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Careful')
  await page.getByRole('dialog').getByRole('button', { name: 'Open account' }).click()
  const choice = page.getByLabel('Account', { exact: true })
  await expect(choice.locator('option:checked')).toHaveText('Careful')
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Name').fill('Very careful')
  await sheet.getByRole('radio', { name: 'Through' }).check()
  await expect(sheet.getByText('Filled only when a trade goes beyond your price')).toBeVisible()
  await sheet.getByLabel('Latency').fill('9000')
  await sheet.getByLabel('Slippage').fill('7')
  await sheet.getByRole('button', { name: 'Save' }).click()
  await expect(sheet).toContainText('Enter a whole number from 0 to 5000.')
  await sheet.getByLabel('Latency').fill('120')
  await sheet.getByRole('button', { name: 'Save' }).click()
  await expect(choice.locator('option:checked')).toHaveText('Very careful')
  const second = (await accounts(page)).find((each) => each.name === 'Very careful')
  expect(second).toMatchObject({ fillModel: 'through', latencyMs: 120, slippageBps: 7 })
  await page.reload()
  await expect(choice.locator('option:checked')).toHaveText('Very careful')
  await openTrade(page)
  await placeLimit(page, await priceBelow(page, 0.5), '0.01')
  await expect
    .poll(async () => ((await ask(page, 'GET', '/orders?status=open')).body as List<{ accountId: string }>).items[0])
    .toMatchObject({ accountId: second?.id })
})

test('figures: worth in three monies, realised, unrealised and fees apart, adding up', async ({ member: page }) => {
  const [account] = await accounts(page)
  for (const side of ['buy', 'sell'])
    await ask(page, 'POST', '/orders', {
      accountId: account?.id,
      symbol: 'BTCUSDT',
      side,
      type: 'market',
      quantity: side === 'buy' ? '0.1' : '0.04',
    })
  await page.goto('/wallet')
  const figure = async (name: string) =>
    Number((await page.locator(`[data-figure="${name}"] dd`).innerText()).replace(/[^\d.-]/g, ''))
  await expect(page.locator('[data-figure="fees"] dd')).not.toHaveText('0.00')
  await expect(page.locator('[data-worth="usd"]')).toContainText('USD')
  const sum = (await figure('realised')) + (await figure('unrealised')) - (await figure('fees'))
  expect(Math.abs((await figure('change')) - sum)).toBeLessThan(0.05)
  await page.getByRole('tab', { name: 'Performance' }).click()
  await expect(page.getByTestId('equity-chart')).toHaveAttribute('data-dots', /[2-9]/)
  await page.getByRole('radio', { name: 'Table' }).click()
  await expect(page.getByRole('table', { name: 'Equity and drawdown' })).toContainText('50,000.00')
})

test('the statement filters by kind and day, and its file is the filter (2.5.5)', async ({ member: page }) => {
  const [account] = await accounts(page)
  const body = { accountId: account?.id, symbol: 'BTCUSDT', side: 'buy', type: 'market', quoteQuantity: '500' }
  expect((await ask(page, 'POST', '/orders', body)).status).toBe(201)
  await page.goto('/wallet?tab=statement')
  await page.getByLabel('Change', { exact: true }).selectOption('grant')
  await expect(page).toHaveURL(/kind=grant/)
  const table = page.getByRole('table', { name: 'Statement' })
  await expect(table.locator('tbody tr')).toHaveCount(1)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download CSV' }).click()
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\r\n')
  expect(lines[0]).toContain('time_zone')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatch(/,UTC,grant,USDT,50000,0,50000,0,/)
  await page.getByLabel('To', { exact: true }).fill('2020-01-01')
  await expect(page.getByText('No changes yet.')).toBeVisible()
})

test('the depth chart draws both sides of the book and says them in figures', async ({ visitor: page }) => {
  await page.goto('/trade/BTCUSDT')
  await page.getByRole('button', { name: 'Depth', exact: true }).click()
  const depth = page.getByTestId('depth')
  for (const side of ['bids', 'asks'])
    await expect(depth.locator(`path[data-side="${side}"]`)).toHaveAttribute('d', /^M[\d.]+ [\d.]+(H[\d.]+V[\d.]+){5,}/)
  await expect(depth.getByRole('img', { name: /^Depth of BTC\/USDT/ })).toBeVisible()
  await expect(depth.getByRole('table', { name: 'Depth in figures' })).toContainText('BTC')
  await page.getByRole('button', { name: 'Price', exact: true }).click()
  await expect(page.getByTestId('chart')).toBeVisible()
})
