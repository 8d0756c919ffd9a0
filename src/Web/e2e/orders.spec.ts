import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { ask, expect, test } from './fixtures'
import { dialog } from './trading'

type List<T> = { items: T[] }
type Placed = { id: string; status: string }

const accountOf = async (page: Page): Promise<string> =>
  ((await ask(page, 'GET', '/accounts')).body as List<{ id: string }>).items[0]?.id ?? ''

async function lastPrice(page: Page, symbol: string): Promise<number> {
  const tickers = (await ask(page, 'GET', `/markets/tickers?symbols=${symbol}`)).body as List<{ last: string }>
  return Number(tickers.items[0]?.last)
}

async function place(page: Page, body: object): Promise<Placed> {
  const answer = await ask(page, 'POST', '/orders', { accountId: await accountOf(page), symbol: 'BTCUSDT', ...body })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body as Placed
}

const resting = async (page: Page, symbol = 'BTCUSDT', share = 0.5): Promise<Placed> =>
  place(page, {
    symbol,
    side: 'buy',
    type: 'limit',
    quantity: symbol === 'BTCUSDT' ? '0.01' : '1',
    price: String(Math.floor((await lastPrice(page, symbol)) * share)),
  })

const filled = (page: Page) => place(page, { side: 'buy', type: 'market', quoteQuantity: '500' })
const row = (page: Page, id: string) => page.locator(`[data-order="${id}"]`)

test('filters stand in the URL and come back with a reload and the back button (2.7.1)', async ({ member: page }) => {
  const [btc, eth] = [await resting(page), await resting(page, 'ETHUSDT')]
  await page.goto('/orders')
  await expect(row(page, btc.id)).toBeVisible()
  await page.getByLabel('Pair', { exact: true }).fill('ETHUSDT')
  await expect(row(page, btc.id)).toHaveCount(0)
  await expect(row(page, eth.id)).toBeVisible()
  await page.getByLabel('Side').selectOption('buy')
  await page.getByLabel('Type').selectOption('limit')
  await page.getByLabel('From').fill('2020-01-01')
  await expect(page).toHaveURL(/pair=ETHUSDT.*|from=2020-01-01/)
  await page.reload()
  await expect(page.getByLabel('Pair', { exact: true })).toHaveValue('ETHUSDT')
  await expect(page.getByLabel('Side')).toHaveValue('buy')
  await expect(page.getByLabel('From')).toHaveValue('2020-01-01')
  await expect(row(page, eth.id)).toBeVisible()
  await page.getByRole('tab', { name: 'Closed' }).click()
  await expect(page).toHaveURL(/tab=closed/)
  await page.goBack()
  await expect(page.getByRole('tab', { name: 'Open' })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByLabel('Pair', { exact: true })).toHaveValue('ETHUSDT')
  await page.getByLabel('To', { exact: true }).fill('2020-01-02')
  await expect(row(page, eth.id)).toHaveCount(0)
})

test('one order is canceled, and all of them, each after a question (2.7.2)', async ({ member: page }) => {
  const orders = [await resting(page), await resting(page, 'BTCUSDT', 0.51), await resting(page, 'BTCUSDT', 0.52)]
  await page.goto('/orders')
  const first = row(page, orders[0]?.id ?? '')
  await first.getByRole('button', { name: 'Cancel the BTC/USDT order' }).click()
  await expect(dialog(page)).toContainText('Cancel this order?')
  await expect(first).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Cancel order' }).click()
  await expect(first).toHaveCount(0)
  await page.getByRole('button', { name: 'Cancel all' }).click()
  await expect(dialog(page)).toContainText('Cancel 2 orders?')
  await dialog(page).getByRole('button', { name: 'Cancel all' }).click()
  await expect(page.getByText('No open orders here.')).toBeVisible()
  const open = (await ask(page, 'GET', '/orders?status=open')).body as List<Placed>
  expect(open.items).toEqual([])
})

test('a note with tags and emotion is saved and found by search; fills are explained (2.7.3)', async ({
  member: page,
}) => {
  const order = await filled(page)
  const other = await resting(page)
  await page.goto('/orders?tab=closed')
  await row(page, order.id)
    .getByRole('button', { name: /^Details and note/ })
    .click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.locator('[data-fill-words]').first()).toContainText(
    /Bought .* at .* in all\. It took the book's level of .* \(taker\); the fee was .* BTC\./,
  )
  await sheet.getByLabel('Note').fill('Bought the dip, as planned')
  await sheet.getByLabel('Tags').fill('Plan, dip')
  await sheet.getByLabel('Emotion').selectOption('calm')
  await sheet.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Note saved')).toBeVisible()
  await expect(row(page, order.id).getByRole('button', { name: /has a note/ })).toBeVisible()
  await ask(page, 'PUT', `/orders/${other.id}/note`, { text: 'something else' })
  await page.getByRole('tab', { name: 'Journal' }).click()
  await expect(page.locator('[data-note]')).toHaveCount(2)
  await page.getByLabel('Search notes').fill('THE DIP')
  await expect(page.locator('[data-note]')).toHaveCount(1)
  await expect(page.locator('[data-note]')).toContainText('Bought the dip, as planned')
  await expect(page.locator('[data-note]')).toContainText('Calm')
  await expect(page).toHaveURL(/q=THE/)
  await page.getByLabel('Search notes').fill('')
  await page.getByRole('button', { name: '#Plan' }).click()
  await expect(page.locator('[data-note]')).toHaveCount(1)
})

test('the CSV has a time zone column and plain decimals whatever the language (2.7.4)', async ({ member: page }) => {
  const order = await filled(page)
  const settings = (await ask(page, 'GET', '/me/settings')).body as object
  await ask(page, 'PUT', '/me/settings', { ...settings, language: 'pt-BR', timeZone: 'America/Sao_Paulo' })
  await page.goto('/orders?tab=closed')
  await expect(row(page, order.id)).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Baixar CSV' }).click()
  const [head = '', line = ''] = readFileSync(await (await download).path(), 'utf8').split('\r\n')
  const cells = Object.fromEntries(head.split(',').map((name, index) => [name, line.split(',')[index]]))
  const truth = (await ask(page, 'GET', `/orders/${order.id}`)).body as Record<string, string>
  expect(cells.time_zone).toBe('America/Sao_Paulo')
  expect(cells.order_id).toBe(order.id)
  expect(cells.average_price).toBe(truth.averagePrice)
  expect(cells.filled_quantity).toMatch(/^\d+\.\d+$/)
  expect(Date.parse(`${cells.time?.replace(' ', 'T')}-03:00`)).toBe(
    Math.floor(Date.parse(truth.createdAt ?? '') / 1000) * 1000,
  )
})

const invented = (id: number, more: object = {}) => ({
  id: String(id),
  accountId: 'x',
  clientOrderId: `c${id}`,
  symbol: 'BTCUSDT',
  base: 'BTC',
  quote: 'USDT',
  side: 'buy',
  type: 'limit',
  status: 'filled',
  price: '60000',
  quantity: '1',
  quoteQuantity: null,
  filledQuantity: '1',
  filledQuote: '60000',
  averagePrice: '60000',
  timeInForce: 'gtc',
  triggerPrice: null,
  postOnly: false,
  holdWhen: 'placed',
  fillModel: 'default',
  fees: [],
  held: null,
  reason: null,
  createdAt: '2026-01-05T12:00:00.000Z',
  updatedAt: '2026-01-05T12:00:00.000Z',
  ...more,
})

test('a partial fill shows x of y and its average (2.7.5)', async ({ member: page }) => {
  const partial = invented(7, {
    status: 'canceled',
    filledQuantity: '0.4',
    filledQuote: '24000.4',
    averagePrice: '60001',
  })
  await page.route(/\/api\/v1\/orders\?.*status=closed/, (route) =>
    route.fulfill({ json: { items: [partial], nextCursor: null } }),
  )
  await page.goto('/orders?tab=closed')
  await expect(row(page, '7').locator('[data-filled]')).toHaveText(/0\.40 \/ 1\.00\sBTC/)
  await expect(row(page, '7')).toContainText('60,001.00')
})

test('10,000 rows: few in the document, the end is reached, frames stay short (2.7.6)', async ({ member: page }) => {
  test.setTimeout(90_000)
  await page.route(/\/api\/v1\/orders\?.*status=closed/, (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 10_001)
    const items = Array.from({ length: 500 }, (_, index) => invented(from - 1 - index))
    return route.fulfill({ json: { items, nextCursor: from - 500 > 1 ? String(from - 500) : null } })
  })
  await page.goto('/orders?tab=closed')
  await expect(row(page, '10000')).toBeVisible()
  const rows = page.getByTestId('rows')
  await expect
    .poll(
      async () => {
        await rows.evaluate((box) => box.scrollTo(0, box.scrollHeight))
        return page.getByRole('status').filter({ hasText: 'rows' }).innerText()
      },
      { timeout: 60_000, intervals: [100] },
    )
    .toMatch(/^10000 rows/)
  await expect(row(page, '1')).toBeVisible()
  expect(await page.locator('[data-order]').count()).toBeLessThan(80)
  const frames = await rows.evaluate(async (box) => {
    const lengths: number[] = []
    let before = performance.now()
    for (let step = 0; step < 60; step++) {
      box.scrollTo(0, (box.scrollHeight * step) / 60)
      await new Promise((next) => requestAnimationFrame(next))
      lengths.push(performance.now() - before)
      before = performance.now()
    }
    return lengths.sort((a, b) => a - b)
  })
  // Jumps of 170 rows each on a machine that other work shares: the middle frame says whether the list is virtual.
  expect(frames[30]).toBeLessThan(100)
})

test('an order that ends leaves the open ones at once and stands among the closed (2.7.7)', async ({
  member: page,
}) => {
  const order = await resting(page)
  await page.goto('/orders')
  await expect(row(page, order.id)).toBeVisible()
  await ask(page, 'DELETE', `/orders/${order.id}`)
  await expect(row(page, order.id)).toHaveCount(0)
  await page.getByRole('tab', { name: 'Closed' }).click()
  await expect(row(page, order.id)).toContainText('Canceled')
  const later = await filled(page)
  await expect(row(page, later.id)).toContainText('Filled')
  await page.getByRole('tab', { name: 'Fills' }).click()
  await expect(page.locator('[data-fill]').first()).toBeVisible()
  const fills = await page.locator('[data-fill]').count()
  await filled(page)
  await expect.poll(() => page.locator('[data-fill]').count()).toBeGreaterThan(fills)
})

test('the id of a trade is copied (2.7.8)', async ({ member: page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await filled(page)
  await page.goto('/orders?tab=fills')
  const fill = page.locator('[data-fill]').first()
  const id = await fill.getAttribute('data-fill')
  await fill.getByRole('button', { name: `Copy trade id ${id}` }).click()
  await expect(page.getByText(`Id ${id} copied`)).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(id)
})

test('one coin: its orders and what came of it (2.7.9)', async ({ member: page }) => {
  const [btc, eth] = [await filled(page), await resting(page, 'ETHUSDT')]
  await page.goto('/orders?tab=closed&coin=BTC')
  await expect(row(page, btc.id)).toBeVisible()
  const card = page.getByRole('region', { name: 'BTC this season' })
  await expect(card).toContainText('Average cost')
  await expect(card).toContainText(/Owned\s*0\.\d+\sBTC/)
  await page.getByRole('tab', { name: 'Open' }).click()
  await expect(row(page, eth.id)).toHaveCount(0)
  await page.getByLabel('Coin').fill('ETH')
  await expect(row(page, eth.id)).toBeVisible()
})
