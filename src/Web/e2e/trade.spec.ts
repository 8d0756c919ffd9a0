import { expect, freshEmail, password, signUp, test } from './fixtures'
import { calm, replaying } from './recording'
import {
  amountField,
  book,
  chart,
  countPosts,
  dialog,
  figure,
  form,
  hasLineOf,
  openOrders,
  openTrade,
  placeLimit,
  priceBelow,
  priceField,
  setInterval,
} from './trading'

test('the journey: register, search, buy by quote, limit below, line and hold, cancel, reload, log out', async ({
  visitor: page,
}) => {
  test.setTimeout(120_000)
  await page.goto('/register')
  await page.getByLabel('Name').fill('Ana Teste')
  await page.getByLabel('E-mail').fill(freshEmail())
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.locator('main').getByRole('button', { name: 'Create account' }).click()
  await expect(page).toHaveURL(/\/markets$/)
  await page.getByRole('searchbox', { name: 'Search a market' }).fill('btc')
  await page.getByRole('link', { name: 'BTC/USDT' }).first().click()
  await expect(page).toHaveURL(/\/trade\/BTCUSDT$/)
  await expect(book(page).locator('tr[data-side="ask"]').first()).toBeVisible()

  await form(page).getByRole('button', { name: 'Market' }).click()
  await form(page).getByRole('button', { name: 'Amount in BTC; switch to USDT' }).click()
  await amountField(page).fill('1000')
  await form(page).locator('button[type=submit]').click()
  await expect(dialog(page)).toContainText('Paper')
  await dialog(page).getByRole('button', { name: 'Buy BTC' }).click()
  await expect(page.getByText(/^Bought [\d.]+ BTC at /)).toBeVisible()
  await expect(chart(page)).toHaveAttribute('data-arrows', '1')

  await form(page).getByRole('button', { name: 'Amount in USDT; switch to BTC' }).click()
  await placeLimit(page, await priceBelow(page, 0.004), '0.01')
  await expect(openOrders(page).getByRole('row')).toHaveCount(2)
  await expect(chart(page)).toHaveAttribute('data-lines', '1')
  await setInterval(page, '1d')
  await expect.poll(() => hasLineOf(page, '--up')).toBe(true)

  await page.getByRole('link', { name: 'Wallet' }).first().click()
  const held = page.locator('tr[data-asset="USDT"] [data-column="held"]')
  await expect(held).toHaveText(/^[1-9]/)
  await page.goBack()
  await openOrders(page).getByRole('button', { name: 'Cancel the BTC/USDT order' }).click()
  await dialog(page).getByRole('button', { name: 'Cancel order' }).click()
  await expect(page.getByText('No open orders. Place one from the form.')).toBeVisible()
  await expect(chart(page)).toHaveAttribute('data-lines', '0')

  await page.reload()
  await expect(page.getByText('No open orders. Place one from the form.')).toBeVisible()
  await page.getByRole('tab', { name: 'Order history' }).click()
  await expect(page.getByRole('table', { name: 'Order history' }).getByText('Canceled')).toBeVisible()
  await page.getByRole('tab', { name: 'Fills' }).click()
  await expect(page.getByRole('table', { name: 'Fills' })).toContainText('Taker')
  await page.getByRole('button', { name: 'Account and preferences' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.goto('/trade/BTCUSDT')
  await expect(form(page).getByRole('link', { name: 'Sign in to trade' })).toBeVisible()
})

test('a press on a book level fills in its price, ten times of ten while the book moves (2.4.1)', async ({
  member: page,
}) => {
  await openTrade(page)
  let taken = 0
  for (let round = 0; round < 10; round++) {
    await priceField(page).fill('1')
    const row = book(page)
      .locator(`tr[data-side="${round % 2 ? 'bid' : 'ask'}"]`)
      .nth(2 + (round % 4))
    const box = await row.boundingBox()
    await page.mouse.move((box?.x ?? 0) + 30, (box?.y ?? 0) + 8)
    await page.mouse.down()
    await page.waitForTimeout(80)
    await page.mouse.up()
    const price = Number((await priceField(page).inputValue()).replace(',', ''))
    if (price > 1) taken++
  }
  expect(taken).toBe(10)
  await book(page).focus()
  await priceField(page).fill('1')
  await book(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(priceField(page)).not.toHaveValue('1')
})

test('50 % keeps total and fee within what is available; the unit swap keeps the value (2.4.2, 2.4.3)', async ({
  member: page,
}) => {
  await openTrade(page)
  await priceField(page).fill('60000')
  for (const share of [50, 100]) {
    await form(page)
      .getByRole('button', { name: `${share}%`, exact: true })
      .click()
    const [available, total, fee, receive] = await Promise.all(
      ['Available', 'Total', 'Est. fee', 'You receive'].map((label) => figure(page, label)),
    )
    expect(total).toBeLessThanOrEqual(((available ?? 0) * share) / 100)
    expect(total).toBeGreaterThan(((available ?? 0) * share) / 100 - 1)
    expect((fee ?? 0) + (receive ?? 0)).toBeCloseTo(Number(await amountField(page).inputValue()), 8)
    await expect(form(page).getByRole('slider')).toHaveAttribute('aria-valuenow', String(share))
  }
  await amountField(page).fill('0.12345')
  await form(page)
    .getByRole('button', { name: /switch to USDT/ })
    .click()
  await expect(amountField(page)).toHaveValue('7407.00')
  expect(await figure(page, 'Total')).toBe(7407)
  await form(page)
    .getByRole('button', { name: /switch to BTC/ })
    .click()
  await expect(amountField(page)).toHaveValue('0.12345')
})

test('a limit order stands in table, book and chart within a second of its answer (2.4.4)', async ({ browser }) => {
  const { server, end } = await replaying(calm(50_000))
  const context = await browser.newContext({ baseURL: server.url, locale: 'en-US', timezoneId: 'UTC' })
  try {
    const page = await context.newPage()
    await signUp(page)
    await openTrade(page)
    for (const [price, lines] of [
      ['49979', 1], // a level of the market
      ['49977', 2], // between two levels
    ] as const) {
      const answered = page.waitForResponse(
        (r) => r.request().method() === 'POST' && r.url().endsWith('/api/v1/orders'),
      )
      await placeLimit(page, price, '0.001')
      expect((await answered).status()).toBe(201)
      const start = Date.now()
      await expect(openOrders(page).getByRole('row')).toHaveCount(lines + 1, { timeout: 1_000 })
      await expect(chart(page)).toHaveAttribute('data-lines', `${lines}`, { timeout: 1_000 })
      await expect(book(page).locator(`tr[data-price="${price}"]`).getByTestId('own-order')).toHaveCount(1, {
        timeout: 1_000,
      })
      test.info().annotations.push({ type: 'shown after', description: `${Date.now() - start} ms` })
    }
  } finally {
    await context.close()
    await end()
  }
})

test('a market order shows what it will cost, and its fill draws an arrow (2.4.6)', async ({ member: page }) => {
  await openTrade(page)
  await form(page).getByRole('button', { name: 'Market' }).click()
  await amountField(page).fill('0.05')
  const average = await figure(page, 'Est. average price')
  expect(average).toBeGreaterThan(1)
  await expect(form(page).locator('dl')).toContainText(/Est\. slippage\s*\d+\.\d\d%/)
  await form(page).locator('button[type=submit]').click()
  await dialog(page).getByRole('button', { name: 'Buy BTC' }).click()
  await expect(page.getByText(/^Bought 0\.05 BTC at /)).toBeVisible()
  await expect(chart(page)).toHaveAttribute('data-arrows', '1')
  await page.getByRole('tab', { name: 'Fills' }).click()
  const paid = await page
    .getByRole('table', { name: 'Fills' })
    .getByRole('row')
    .nth(1)
    .getByRole('cell')
    .nth(3)
    .innerText()
  expect(Math.abs(Number(paid.replaceAll(',', '')) / average - 1)).toBeLessThan(0.01)
})

test('what the server would refuse is said at the field, and nothing is sent (2.4.7)', async ({ member: page }) => {
  const sent = countPosts(page)
  await openTrade(page)
  await priceField(page).fill('60000.005')
  await expect(priceField(page)).toHaveAccessibleDescription(/steps of 0\.01/)
  await priceField(page).fill('60000')
  await amountField(page).fill('0.123456789')
  await expect(amountField(page)).toHaveAccessibleDescription(/The amount moves in steps of/)
  await amountField(page).fill('0.00002')
  await expect(amountField(page)).toHaveAccessibleDescription(/must be worth at least/)
  await amountField(page).fill('1')
  await expect(amountField(page)).toHaveAccessibleDescription(/You need 60,000\.00 USDT, you have 50,000\.00\./)
  await form(page).locator('button[type=submit]').click()
  await expect(dialog(page)).toHaveCount(0)
  await amountField(page).fill('')
  await form(page).locator('button[type=submit]').click()
  await expect(amountField(page)).toHaveAccessibleDescription(/Enter a number\./)
  expect(sent()).toBe(0)
})

test('a double click on Confirm places one order (2.4.8)', async ({ member: page }) => {
  const sent = countPosts(page)
  await openTrade(page)
  await priceField(page).fill(await priceBelow(page, 0.3))
  await amountField(page).fill('0.01')
  await form(page).locator('button[type=submit]').click()
  await dialog(page).getByRole('button', { name: 'Buy BTC' }).dblclick()
  await expect(page.getByRole('tab', { name: '1 open order' })).toBeVisible()
  await page.waitForTimeout(500)
  await expect(openOrders(page).getByRole('row')).toHaveCount(2)
  expect(sent()).toBe(1)
})
