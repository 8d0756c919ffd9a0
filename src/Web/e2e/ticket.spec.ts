import type { Page } from '@playwright/test'
import { ask, expect, signUp, test } from './fixtures'
import { calm, replaying } from './recording'
import { chart, dialog, openOrders, openTrade, placeLimit, priceBelow, setInterval } from './trading'

const ticket = (page: Page) => page.locator('form').filter({ has: page.getByRole('combobox', { name: 'More types' }) })
const field = (page: Page, name: string) => ticket(page).getByRole('textbox', { name, exact: true })

async function choose(page: Page, kind: string): Promise<void> {
  await ticket(page).getByRole('combobox', { name: 'More types' }).selectOption({ label: kind })
  await expect(field(page, 'Amount')).toBeVisible()
}

/** Sends what is written and gives the sentence of the question. */
async function place(page: Page, side: 'Buy' | 'Sell'): Promise<string> {
  await ticket(page).locator('button[type=submit]').click()
  const sentence = await dialog(page).getByTestId('sentence').innerText()
  await dialog(page)
    .getByRole('button', { name: `${side} BTC` })
    .click()
  await expect(dialog(page)).toHaveCount(0)
  return sentence
}

async function buyBitcoin(page: Page, quantity: string): Promise<void> {
  const accounts = (await ask(page, 'GET', '/accounts')).body as { items: { id: string }[] }
  const order = { accountId: accounts.items[0]?.id, symbol: 'BTCUSDT', side: 'buy', type: 'market', quantity }
  expect((await ask(page, 'POST', '/orders', { ...order, clientOrderId: 'stock' })).status).toBe(201)
}

type Replay = Awaited<ReturnType<typeof replaying>>
const onReplay = test.extend<{ desk: Page }, { replay: Replay }>({
  replay: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the first argument
    async ({}, use) => {
      const replay = await replaying(calm(50_000), ['--Limits:RegisterPerMinutePerIp', '0'])
      await use(replay)
      await replay.end()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  desk: async ({ browser, replay }, use) => {
    const context = await browser.newContext({ baseURL: replay.server.url, locale: 'en-US', timezoneId: 'UTC' })
    const page = await context.newPage()
    await signUp(page)
    await use(page)
    await context.close()
  },
})

onReplay(
  'every kind of order is placed with fields that fit it and a sentence that says what will happen',
  async ({ desk: page }) => {
    test.setTimeout(120_000)
    await buyBitcoin(page, '0.5')
    await openTrade(page)
    await ticket(page).getByRole('button', { name: 'Sell', exact: true }).click()
    await choose(page, 'Stop-loss')
    await expect(field(page, 'Trigger price')).toHaveValue('49000.00')
    await field(page, 'Amount').fill('0.01')
    expect(await place(page, 'Sell')).toBe('When a trade reaches 49,000 or lower, sell 0.01 BTC at market.')

    await choose(page, 'Take-profit')
    await ticket(page).getByRole('button', { name: 'At a limit' }).click()
    await field(page, 'Limit price').fill('50900')
    await field(page, 'Amount').fill('0.01')
    expect(await place(page, 'Sell')).toBe('When a trade reaches 51,000 or higher, sell 0.01 BTC at 50,900 or higher.')

    await choose(page, 'Trailing stop')
    await field(page, 'Distance').fill('1.5')
    await expect(field(page, 'Distance')).toHaveAccessibleDescription(/150 bps; now it would fire at 49,250/)
    await field(page, 'Amount').fill('0.01')
    expect(await place(page, 'Sell')).toBe('When the price has fallen 1.5% from its highest, sell 0.01 BTC at market.')

    await choose(page, 'OCO')
    await field(page, 'Amount').fill('0.01')
    expect(await place(page, 'Sell')).toBe(
      'Either sell 0.01 BTC at 51,000 or higher, or when a trade reaches 49,000 or lower, sell at market. The first cancels the other.',
    )

    await choose(page, 'Bracket')
    await expect(ticket(page).getByRole('button', { name: 'Sell', exact: true })).toBeDisabled()
    await ticket(page).getByRole('button', { name: 'At a limit' }).click()
    await field(page, 'Entry price').fill('49900')
    await field(page, 'Amount').fill('0.01')
    expect(await place(page, 'Buy')).toContain('Now: buy 0.01 BTC at 49,900 or lower. Then sell it at ')

    const table = openOrders(page)
    await expect(table.getByRole('row')).toHaveCount(9)
    for (const words of ['OCO · target', 'OCO · stop', 'Bracket · entry', 'Bracket · target', 'Waits for its entry'])
      await expect(table.getByText(words).first()).toBeVisible()
    await expect(table.locator('tr', { hasText: 'Trailing stop' })).toContainText('1.5%')
    const roles = ((await chart(page).getAttribute('data-roles')) ?? '').split(' ')
    for (const role of ['stop', 'target', 'after', 'limit']) expect(roles).toContain(role)
    const pair = 'BTC/USDT'
    const stop = table
      .locator('tr', { hasText: 'Stop-loss' })
      .filter({ hasNotText: 'OCO' })
      .filter({ hasNotText: 'Bracket' })
    await stop.getByRole('button', { name: `Pause the ${pair} order` }).click()
    await expect(stop).toContainText('Paused')
    await stop.getByRole('button', { name: `Resume the ${pair} order` }).click()
    await expect(stop).toContainText('Waiting')
  },
)

onReplay('options: time in force, post-only, start and hold are sent as chosen', async ({ desk: page }) => {
  await openTrade(page)
  await ticket(page)
    .getByRole('button', { name: /^Options/ })
    .click()
  await field(page, 'Limit price').fill('49000')
  await field(page, 'Amount').fill('0.01')
  await ticket(page).getByRole('switch', { name: 'Post-only' }).click()
  await ticket(page).getByRole('combobox', { name: 'Stays' }).selectOption('gtd')
  expect(await place(page, 'Buy')).toMatch(/It ends on .* It is refused if it would fill at once\.$/)
  await expect(openOrders(page).getByRole('row')).toHaveCount(2)
  const placed = (await ask(page, 'GET', '/orders?status=open')).body as { items: object[] }
  expect(placed.items[0]).toMatchObject({ type: 'limit', timeInForce: 'gtd', postOnly: true, price: '49000' })
  await expect(openOrders(page).getByRole('row').nth(1)).toContainText('2026')

  await field(page, 'Limit price').fill('50100')
  await field(page, 'Amount').fill('0.01')
  await ticket(page).locator('button[type=submit]').click()
  await dialog(page).getByRole('button', { name: 'Buy BTC' }).click()
  await expect(ticket(page).getByRole('alert')).toContainText('This order would fill at once.')
})

/** Where the pointer finds a line that may be moved: the chart shows it by its cursor. */
async function findLine(page: Page): Promise<{ x: number; y: number }> {
  const found = await chart(page).evaluate((box) => {
    const { left, top, width, height } = box.getBoundingClientRect()
    const clientX = left + width / 3
    for (let clientY = top + 2; clientY < top + height; clientY += 2) {
      box.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY, pointerType: 'mouse' }))
      if (box.style.cursor === 'ns-resize') return { x: clientX, y: clientY + 3 }
    }
    return null
  })
  if (found === null) throw new Error('no line to move')
  await page.mouse.move(found.x, found.y)
  await expect(chart(page)).toHaveCSS('cursor', 'ns-resize')
  return found
}

test('a dragged line asks with the old and the new price, Escape cancels, and it changes the order once (2.4.5)', async ({
  member: page,
}) => {
  test.setTimeout(90_000)
  await openTrade(page)
  const first = await priceBelow(page, 0.02)
  await placeLimit(page, first, '0.01')
  await setInterval(page, '1d')
  await expect(chart(page)).toHaveAttribute('data-lines', '1')
  let patches = 0
  page.on('request', (request) => {
    if (request.method() === 'PATCH') patches++
  })
  const amend = page.getByRole('dialog', { name: 'Change this order?' })
  const priceOf = async () =>
    ((await ask(page, 'GET', '/orders?status=open')).body as { items: { price: string }[] }).items[0]?.price

  const from = await findLine(page)
  await page.mouse.down()
  await page.mouse.move(from.x, from.y + 40, { steps: 6 })
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(amend).toHaveCount(0)

  const dragDown = async () => {
    const at = await findLine(page)
    await page.mouse.down()
    await page.mouse.move(at.x, at.y + 40, { steps: 6 })
    await page.mouse.up()
    await expect(amend).toBeVisible()
  }
  await dragDown()
  await page.keyboard.press('Escape')
  await expect(amend).toHaveCount(0)
  expect([patches, await priceOf()]).toEqual([0, first])

  await dragDown()
  const wanted = await amend.getByRole('textbox', { name: 'Limit price' }).inputValue()
  expect(Number(wanted)).toBeLessThan(Number(first))
  await expect(amend).toContainText(Number(first).toLocaleString('en-US', { minimumFractionDigits: 2 }))
  await expect(amend).toContainText((Number(first) / 100).toLocaleString('en-US', { minimumFractionDigits: 2 }))
  await amend.getByRole('button', { name: 'Change order' }).dblclick()
  await expect(amend).toHaveCount(0)
  await expect.poll(priceOf).toBe(String(Number(wanted)))
  expect(patches).toBe(1)

  const lower = await priceBelow(page, 0.1)
  await openOrders(page).getByRole('button', { name: 'Change the BTC/USDT order' }).press('Enter')
  await amend.getByRole('textbox', { name: 'Limit price' }).fill(lower)
  await page.keyboard.press('Enter')
  await expect.poll(priceOf).toBe(lower)
})
