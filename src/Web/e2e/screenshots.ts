import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ask, expect, signUp, test } from './fixtures'
import { dayOf, fetchCandles, finished, keep, type Run } from './lab'

const folder = resolve(import.meta.dirname, '../../../docs/screenshots')
const shapes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]
type List<T> = { items: T[] }

test('pictures of the pages', async ({ page }) => {
  mkdirSync(folder, { recursive: true })
  await signUp(page)
  const accounts = (await ask(page, 'GET', '/accounts')).body as List<{ id: string }>
  const accountId = accounts.items[0]?.id
  const buy = (symbol: string, quoteQuantity: string) =>
    ask(page, 'POST', '/orders', {
      accountId,
      symbol,
      side: 'buy',
      type: 'market',
      quoteQuantity,
      clientOrderId: `shot-${symbol}`,
    })
  for (const [symbol, quote] of [
    ['BTCUSDT', '12000'],
    ['ETHUSDT', '6500'],
    ['SOLUSDT', '3000'],
    ['ADAUSDT', '900'],
  ] as const) {
    const answer = await buy(symbol, quote)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  }
  const tickers = (await ask(page, 'GET', '/markets/tickers?symbols=BTCUSDT')).body as List<{ last: string }>
  const price = Math.floor(Number(tickers.items[0]?.last) * 0.995)
  await ask(page, 'POST', '/orders', {
    accountId,
    symbol: 'BTCUSDT',
    side: 'buy',
    type: 'limit',
    quantity: '0.05',
    price: String(price),
    timeInForce: 'gtc',
    clientOrderId: 'shot-limit',
  })
  const scheduled = await ask(page, 'POST', '/orders', {
    accountId,
    symbol: 'ETHUSDT',
    side: 'sell',
    type: 'trailingStop',
    quantity: '0.5',
    trailingDelta: 150,
    clientOrderId: 'shot-trailing',
  })
  expect(scheduled.status, JSON.stringify(scheduled.body)).toBe(201)
  const key = { label: 'freqtrade at home', accountId, scopes: ['read', 'trade'], allowedIps: ['127.0.0.0/8'] }
  expect((await ask(page, 'POST', '/api-keys', key)).status).toBe(201)
  await fetchCandles(page, 'BTCUSDT', '1h', 120)
  const strategy = await keep(page)
  const run = await finished(page, {
    strategyId: strategy,
    document: undefined,
    split: 0.7,
    from: `${dayOf(120)}T00:00:00Z`,
  })
  const set = { fast: { from: 2, to: 12, step: 1 }, slow: { from: 14, to: 30, step: 2 } }
  const span = { symbols: ['BTCUSDT'], from: `${dayOf(120)}T00:00:00Z`, to: `${dayOf(1)}T00:00:00Z` }
  const sweep = (await ask(page, 'POST', '/backtests/sweeps', { strategyId: strategy, ...span, set })).body as Run
  for (const symbol of ['BTCUSDT', 'ETHUSDT', 'SOLUSDT']) await ask(page, 'PUT', `/watchlist/${symbol}`)
  const settings = (await ask(page, 'GET', '/me/settings')).body as object
  for (const theme of ['dark', 'light']) {
    await ask(page, 'PUT', '/me/settings', { ...settings, theme })
    for (const shape of shapes) {
      await page.setViewportSize(shape)
      for (const [name, path] of [
        ['trade', '/trade/BTCUSDT'],
        ['markets', '/markets'],
        ['wallet', '/wallet'],
        ['orders', '/orders'],
        ['scheduled', '/orders/scheduled'],
        ['developers', '/settings/developers'],
        ['strategies', '/strategies'],
        ['builder', `/strategies/${strategy}`],
        ['lab', `/lab?strategy=${strategy}`],
        ['report', `/lab/${run.id}`],
        ['sweep', `/lab/sweep/${sweep.id}`],
      ] as const) {
        await page.goto(path)
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
        await expect(page.getByRole('table').or(page.getByRole('listitem')).first()).toBeVisible()
        await page.waitForTimeout(name === 'trade' ? 4_000 : 2_000)
        await page.screenshot({ path: join(folder, `${name}-${theme}-${shape.width}.png`) })
      }
    }
  }
})
