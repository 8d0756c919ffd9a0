import type { Browser, Page } from '@playwright/test'
import { ask, expect, expectNoSidewaysScroll, signUp, test } from './fixtures'
import { calm, replaying } from './recording'
import { chart, dialog, openTrade } from './trading'

const secondMs = 1_000
const perSecond = 4
const hold = (price: number, seconds: number) => Array.from({ length: seconds * perSecond }, () => price)

/** A person on a server of its own that plays these prices. */
async function onReplay(
  browser: Browser,
  prices: readonly number[],
  run: (page: Page) => Promise<void>,
): Promise<void> {
  const { server, end } = await replaying(prices)
  const context = await browser.newContext({ baseURL: server.url, locale: 'en-US', timezoneId: 'UTC' })
  try {
    const page = await context.newPage()
    await signUp(page)
    await page.goto('/orders/scheduled')
    await expect(page.getByRole('heading', { name: 'Scheduled orders' })).toBeVisible()
    await run(page)
  } finally {
    await context.close()
    await end()
  }
}

const sheet = (page: Page) => page.getByRole('dialog', { name: 'New scheduled order' })
const rows = (page: Page) => page.getByRole('table', { name: 'Scheduled orders' }).locator('tr[data-order]')
const newest = (page: Page) => rows(page).first()

async function openForm(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New scheduled order' }).click()
  await expect(sheet(page).getByRole('textbox', { name: 'Trigger price' })).not.toHaveValue('')
}

async function schedule(page: Page, trigger: string, amount: string): Promise<void> {
  await openForm(page)
  await sheet(page).getByRole('textbox', { name: 'Trigger price' }).fill(trigger)
  await sheet(page).getByRole('textbox', { name: 'Amount' }).fill(amount)
  await sheet(page).getByRole('button', { name: 'Schedule order' }).click()
  await dialog(page).getByRole('button', { name: 'Buy BTC' }).click()
  await expect(newest(page)).toBeVisible()
}

test('a buy below the price waits, fires once when the replay crosses, and says how it went (2.6.1, 2.6.2, 2.6.9, 2.6.10)', async ({
  browser,
}) => {
  test.setTimeout(150_000)
  await onReplay(browser, [...hold(50_000, 45), ...calm(49_000)], async (page) => {
    await expect(page.getByText('A scheduled order buys or sells by itself')).toBeVisible()
    await openForm(page)
    await sheet(page).getByRole('textbox', { name: 'Trigger price' }).fill('49500')
    await sheet(page).getByRole('textbox', { name: 'Amount' }).fill('0.01')
    await sheet(page).getByRole('button', { name: 'Schedule order' }).click()
    await expect(dialog(page).getByTestId('sentence')).toHaveText(
      'When a trade reaches 49,500 or lower, buy 0.01 BTC at market.',
    )
    await dialog(page).getByRole('button', { name: 'Buy BTC' }).click()
    await expect(newest(page)).toContainText('Waiting')
    await expect(newest(page)).toContainText('≤ 49,500.00')
    await expect(newest(page)).toContainText('-1.00%')

    await page.getByRole('link', { name: 'BTC/USDT' }).click()
    await expect(chart(page)).toHaveAttribute('data-lines', '1', { timeout: 20_000 })
    await expect(chart(page)).toHaveAttribute('data-roles', 'target')
    await page.goBack()

    await expect(newest(page)).toContainText('Filled', { timeout: 60_000 })
    await newest(page)
      .getByRole('button', { name: /^What happened/ })
      .click()
    const moments = page.getByRole('list', { name: 'What happened' }).getByRole('listitem')
    await expect(moments).toHaveCount(3)
    await expect(moments.nth(0)).toContainText('Placed')
    await expect(moments.nth(1)).toContainText(/Triggered: Trade \d+ at 49,000\.00/)
    await expect(moments.nth(2)).toContainText(/Filled 0\.01 BTC at 49,00\d\.\d\d: /)
    const outcome = page.getByTestId('outcome')
    await expect(outcome).toContainText(/Trigger price\s*49,500\.00/)
    await expect(outcome).toContainText(/Slippage\s*\+1\.01%|Slippage\s*\+1\.00%/)
    const took = Number(/Trigger to fill\s*([\d,]+) ms/.exec(await outcome.innerText())?.[1]?.replace(',', ''))
    expect(took).toBeLessThan(2 * secondMs)
    const fills = (await ask(page, 'GET', '/fills')).body as { items: unknown[] }
    expect(fills.items).toHaveLength(1)
  })
})

test('it is cancelled while it waits, paused so that it does not fire, and resumed (2.6.3, 2.6.4)', async ({
  browser,
}) => {
  test.setTimeout(150_000)
  await onReplay(browser, [...hold(50_000, 30), ...hold(49_000, 10), ...calm(50_000)], async (page) => {
    await schedule(page, '49000.5', '0.01')
    await newest(page).getByRole('button', { name: 'Cancel the BTC/USDT order' }).click()
    await dialog(page).getByRole('button', { name: 'Cancel order' }).click()
    await expect(newest(page)).toContainText('Canceled')

    await schedule(page, '49500', '0.02')
    await newest(page).getByRole('button', { name: 'Pause the BTC/USDT order' }).click()
    await expect(newest(page)).toContainText('Paused')
    await page.getByRole('combobox', { name: 'Status' }).selectOption({ label: 'Waiting' })
    await expect(page).toHaveURL(/status=waiting/)
    await expect(rows(page)).toHaveCount(1)

    const last = async () =>
      ((await ask(page, 'GET', '/markets/tickers?symbols=BTCUSDT')).body as { items: { last: string }[] }).items[0]
        ?.last
    await expect.poll(last, { timeout: 60_000 }).toBe('49000')
    await expect.poll(last, { timeout: 60_000 }).toBe('50000')
    await expect(newest(page)).toContainText('Paused')
    await newest(page).getByRole('button', { name: 'Resume the BTC/USDT order' }).click()
    await expect(newest(page)).toContainText('Waiting')
    await newest(page).getByRole('button', { name: 'Change the BTC/USDT order' }).click()
    const amend = page.getByRole('dialog', { name: 'Change this order?' })
    await amend.getByRole('textbox', { name: 'Trigger price' }).fill('50500')
    await expect(amend.getByRole('textbox', { name: 'Trigger price' })).toHaveAccessibleDescription(/must lie below/)
    await amend.getByRole('textbox', { name: 'Trigger price' }).fill('48500')
    await amend.getByRole('button', { name: 'Change order' }).click()
    await expect(newest(page)).toContainText('≤ 48,500.00')
  })
})

test('an expiry ends it, and the wrong side of the price is refused with help (2.6.5, 2.6.6)', async ({ browser }) => {
  test.setTimeout(120_000)
  await onReplay(browser, calm(50_000), async (page) => {
    await openForm(page)
    const trigger = sheet(page).getByRole('textbox', { name: 'Trigger price' })
    await trigger.fill('51000')
    await expect(trigger).toHaveAccessibleDescription(/The last price is 50,000; this must lie below it/)
    await sheet(page).getByRole('textbox', { name: 'Amount' }).fill('0.01')
    await sheet(page).getByRole('button', { name: 'Schedule order' }).click()
    await expect(dialog(page)).toHaveCount(0)
    await trigger.fill('49000')
    await sheet(page).getByRole('button', { name: 'Options' }).click()
    await sheet(page).getByRole('combobox', { name: 'Stays' }).selectOption('gtd')
    const until = sheet(page).getByLabel(/^Until/)
    await until.fill('2026-01-04T12:00')
    await expect(until).toHaveAccessibleDescription(/This time has passed/)
    const source = (await ask(page, 'GET', '/markets/source')).body as { asOf: string }
    await until.fill(new Date(Date.parse(source.asOf) + 8 * secondMs).toISOString().slice(0, 19))
    await sheet(page).getByRole('button', { name: 'Schedule order' }).click()
    await expect(dialog(page).getByTestId('sentence')).toContainText('It ends on')
    await dialog(page).getByRole('button', { name: 'Buy BTC' }).click()
    await expect(newest(page)).toContainText('Waiting')
    await expect(newest(page)).toContainText('Expired', { timeout: 20_000 })
  })
})

test('without money when it fires it fails, says why, and can be retried (2.6.7)', async ({ browser }) => {
  test.setTimeout(150_000)
  await onReplay(browser, [...hold(50_000, 40), ...calm(49_000)], async (page) => {
    await openForm(page)
    await sheet(page).getByRole('textbox', { name: 'Trigger price' }).fill('49500')
    await sheet(page).getByRole('textbox', { name: 'Amount' }).fill('0.9')
    await sheet(page).getByRole('button', { name: 'Options' }).click()
    await sheet(page).getByRole('switch', { name: 'Hold the money only when it fires' }).click()
    await sheet(page).getByRole('button', { name: 'Schedule order' }).click()
    await expect(dialog(page).getByTestId('sentence')).toContainText('the order fails')
    await dialog(page).getByRole('button', { name: 'Buy BTC' }).click()
    await expect(newest(page)).toContainText('when it fires')
    const accounts = (await ask(page, 'GET', '/accounts')).body as { items: { id: string }[] }
    const body = { accountId: accounts.items[0]?.id, symbol: 'BTCUSDT', side: 'buy', type: 'limit', quantity: '0.9' }
    const limit = await ask(page, 'POST', '/orders', { ...body, price: '40000', clientOrderId: 'takes-the-money' })
    expect(limit.status).toBe(201)

    await expect(newest(page)).toContainText('Failed: the money was not there', { timeout: 60_000 })
    await newest(page).getByRole('button', { name: 'Retry' }).click()
    await expect(page.getByText(/You need /)).toBeVisible()
    await ask(page, 'DELETE', `/orders/${(limit.body as { id: string }).id}`)
    await newest(page).getByRole('button', { name: 'Retry' }).click()
    await expect(newest(page)).toContainText('Filled', { timeout: 10_000 })
  })
})

test('a phone has the scheduled orders and their form without scrolling sideways', async ({ member: page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openTradePhone(page)
  await page.getByRole('link', { name: 'Scheduled' }).click()
  await page.getByRole('button', { name: 'New scheduled order' }).click()
  await expect(sheet(page).getByRole('textbox', { name: 'Trigger price' })).not.toHaveValue('')
  await expectNoSidewaysScroll(page)
  await sheet(page).getByRole('button', { name: 'At a time' }).click()
  await sheet(page).getByRole('textbox', { name: 'Amount' }).fill('0.01')
  await sheet(page).getByRole('button', { name: 'Schedule order' }).click()
  await expect(dialog(page).getByTestId('sentence')).toContainText(/^At .+, buy 0\.01 BTC at market\.$/)
  await dialog(page).getByRole('button', { name: 'Buy BTC' }).click()
  await expect(page.locator('li[data-order]')).toContainText('Waiting')
  await expectNoSidewaysScroll(page)
})

async function openTradePhone(page: Page): Promise<void> {
  await page.goto('/trade/BTCUSDT')
  await expect(page.getByTestId('desk')).toBeVisible()
}

test('the trade page leads to the scheduled orders', async ({ member: page }) => {
  await openTrade(page)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Scheduled' }).click()
  await expect(page).toHaveURL(/\/orders\/scheduled$/)
})
