import type { Page } from '@playwright/test'
import { ask, expect } from './fixtures'

export const form = (page: Page) => page.locator('form').filter({ has: page.getByRole('slider') })
export const priceField = (page: Page) => form(page).getByRole('textbox', { name: 'Price' })
export const amountField = (page: Page) => form(page).getByRole('textbox', { name: 'Amount' })
export const book = (page: Page) => page.getByRole('table', { name: 'Order book' })
export const openOrders = (page: Page) => page.getByRole('table', { name: 'Open orders' })
export const chart = (page: Page) => page.getByTestId('chart')
export const dialog = (page: Page) => page.getByRole('alertdialog')

/** A line of the form's summary as a number. */
export const figure = async (page: Page, label: string): Promise<number> => {
  const line = form(page).locator('dl > div').filter({ hasText: label })
  return Number((await line.locator('dd').innerText()).replace(/[^\d.]/g, ''))
}

export async function openTrade(page: Page, symbol = 'BTCUSDT'): Promise<void> {
  await page.goto(`/trade/${symbol}`)
  await expect(book(page).locator('tr[data-side="bid"]').first()).toBeVisible({ timeout: 20_000 })
  await expect(chart(page)).toHaveAttribute('data-lines', /\d/, { timeout: 20_000 })
  await expect(priceField(page)).not.toHaveValue('')
}

export const setInterval = (page: Page, interval: string) =>
  page.getByRole('group', { name: 'Chart interval' }).getByRole('button', { name: interval, exact: true }).click()

/** Far enough below the market to rest, on the tick. */
export async function priceBelow(page: Page, share: number, symbol = 'BTCUSDT'): Promise<string> {
  const answer = await ask(page, 'GET', `/markets/tickers?symbols=${symbol}`)
  const last = (answer.body as { items: { last: string }[] }).items[0]?.last ?? '0'
  return (Number(last) * (1 - share)).toFixed(0)
}

export async function placeLimit(page: Page, price: string, amount: string): Promise<void> {
  await form(page).getByRole('button', { name: 'Limit' }).click()
  await priceField(page).fill(price)
  await amountField(page).fill(amount)
  await form(page).locator('button[type=submit]').click()
  await dialog(page).getByRole('button', { name: /^Buy / }).click()
}

/** Counts the orders that the page sends. */
export function countPosts(page: Page): () => number {
  let sent = 0
  page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === '/api/v1/orders') sent++
  })
  return () => sent
}

/**
 * Whether a dashed horizontal line of a token's colour stands on the chart's canvas: some row holds that colour in
 * more than a sixth of its pixels.
 */
export const hasLineOf = (page: Page, token: string): Promise<boolean> =>
  chart(page).evaluate((box, name) => {
    const probe = document.createElement('canvas').getContext('2d')
    if (probe === null) return false
    probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name)
    probe.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = probe.getImageData(0, 0, 1, 1).data
    const near = (a: number, b: number) => Math.abs(a - b) < 12
    return [...box.querySelectorAll('canvas')].some((canvas) => {
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
      if (!pixels || canvas.width < 200) return false
      for (let y = 0; y < canvas.height; y++) {
        let hits = 0
        for (let x = 0; x < canvas.width; x++) {
          const i = (y * canvas.width + x) * 4
          const same = near(pixels[i] ?? 0, red) && near(pixels[i + 1] ?? 0, green) && near(pixels[i + 2] ?? 0, blue)
          if (same && (pixels[i + 3] ?? 0) > 200) hits++
        }
        if (hits > canvas.width / 6) return true
      }
      return false
    })
  }, token)
