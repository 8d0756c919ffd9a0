import { ask, expect, test } from './fixtures'

type Outgoing = { op: string; channels?: string[] }

test('a star is kept, and unstarring can be undone (2.3.1, 2.3.8)', async ({ member: page }) => {
  await page.goto('/markets?tab=watchlist')
  await expect(page.getByText('Star a pair to follow it here.')).toBeVisible()
  const star = page.getByRole('button', { name: 'ETHUSDT on the watchlist' })
  await page.getByRole('tab', { name: 'All' }).click()
  await star.click()
  await expect(star).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(async () => JSON.stringify((await ask(page, 'GET', '/watchlist')).body)).toContain('ETHUSDT')
  await page.reload()
  await expect(star).toHaveAttribute('aria-pressed', 'true')
  await star.click()
  await expect(star).toHaveAttribute('aria-pressed', 'false')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(star).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('tab', { name: 'Watchlist' }).click()
  await expect(page.getByRole('link', { name: /\/USDT$/ })).toHaveCount(1)
})

test('search and sort stand in the URL and come back (2.3.2, 2.3.3)', async ({ visitor: page }) => {
  await page.goto('/markets')
  await expect(page.getByRole('link', { name: 'BTC/USDT' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search a market' }).fill('eth')
  await expect(page.getByRole('link', { name: 'ETH/USDT' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'BTC/USDT' })).toHaveCount(0)
  await expect(page).toHaveURL(/q=eth/)
  await page.getByRole('searchbox', { name: 'Search a market' }).fill('')
  const header = page.getByRole('columnheader', { name: '24 h', exact: true })
  await header.getByRole('button').click()
  await expect(header).toHaveAttribute('aria-sort', 'descending')
  await expect(page).toHaveURL(/sort=change\.desc/)
  const shown = async () => {
    const texts = await page.locator('tr[data-index] td:nth-child(5)').allInnerTexts()
    return texts.map((text) => Number(text.replace('%', ''))).filter(Number.isFinite)
  }
  await header.getByRole('button').click()
  await expect(header).toHaveAttribute('aria-sort', 'ascending')
  const rising = await shown()
  expect(rising.length).toBeGreaterThan(5)
  await page.reload()
  await expect(header).toHaveAttribute('aria-sort', 'ascending')
})

test('a moving price shows an arrow, not only a colour (2.3.4)', async ({ visitor: page }) => {
  await page.goto('/markets')
  await expect(page.getByRole('img', { name: /^(rising|falling)$/ }).first()).toBeVisible({ timeout: 20_000 })
})

test('arrow keys and Enter open a pair (2.3.5)', async ({ visitor: page }) => {
  await page.goto('/markets?sort=pair.asc')
  await expect(page.locator('tr[data-index="2"]')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search a market' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const link = page.locator('tr[data-index="2"] a')
  await expect(link).toBeFocused()
  const href = await link.getAttribute('href')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`${href}$`))
})

test('only the rows on screen are subscribed (2.3.10)', async ({ visitor: page }) => {
  const held = new Set<string>()
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const message = JSON.parse(String(payload)) as Outgoing
      for (const channel of message.channels ?? [])
        if (message.op === 'subscribe') held.add(channel)
        else if (message.op === 'unsubscribe') held.delete(channel)
    }),
  )
  await page.setViewportSize({ width: 1440, height: 420 })
  await page.goto('/markets?sort=pair.asc')
  await expect(page.locator('tr[data-index="0"]')).toBeVisible()
  const tickers = () => [...held].filter((channel) => channel.startsWith('ticker:')).sort()
  const onScreen = () =>
    page
      .locator('tr[data-index] a')
      .evaluateAll((links) => links.map((link) => `ticker:${link.getAttribute('href')?.split('/').at(-1)}`).sort())
  await expect.poll(async () => JSON.stringify(tickers()) === JSON.stringify(await onScreen())).toBe(true)
  const first = tickers()
  await page.locator('tr[data-index="0"] a').focus()
  await page.keyboard.press('End')
  await expect.poll(() => tickers().includes(first[0] ?? '')).toBe(false)
  await expect.poll(async () => JSON.stringify(tickers()) === JSON.stringify(await onScreen())).toBe(true)
})

test('a phone keeps the price and the change', async ({ visitor: page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/markets?q=btc')
  const row = page.locator('tr[data-index="0"]')
  await expect(row).toContainText(/\d[\d,]*\.\d+/)
  await expect(row.getByText(/%$/).first()).toBeVisible()
})
