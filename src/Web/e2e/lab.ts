import type { Page } from '@playwright/test'
import { ask, expect } from './fixtures'

export type Trade = { entryTime: number; exitTime: number; fees: number; pnl: number }
export type Report = {
  start: number
  final: number
  trades: Trade[]
  metrics: Record<string, number>
  dataHash: string
}
export type Run = { id: string; status: string; progress: number; symbols: string[] }

export const day = 86_400_000
export const dayOf = (daysAgo: number): string => new Date(Date.now() - daysAgo * day).toISOString().slice(0, 10)
export const metric = (page: Page, name: string) => page.locator(`[data-metric="${name}"] dd`)
export const field = (page: Page, name: string) => page.getByRole('form').getByLabel(name, { exact: true })

/** Buys and sells often, so that a report has something to say. */
export const lively = {
  name: 'Lively',
  timeframe: '1h',
  inputs: { fast: 3, slow: 8 },
  enter: 'crosses_above(ema(close, fast), ema(close, slow))',
  exit: 'crosses_below(ema(close, fast), ema(close, slow))',
  stopLoss: '2%',
}

export async function keep(page: Page, document: object = lively): Promise<string> {
  const answer = await ask(page, 'POST', '/strategies', { document })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return (answer.body as { id: string }).id
}

/** Candles as a press on the download button would fetch them. */
export async function fetchCandles(page: Page, symbol: string, interval: string, days: number): Promise<void> {
  const request = { symbol, interval, from: `${dayOf(days + 1)}T00:00:00Z`, to: `${dayOf(0)}T00:00:00Z` }
  const started = await ask(page, 'POST', '/data/downloads', request)
  expect(started.status, JSON.stringify(started.body)).toBe(201)
  const { id } = started.body as { id: string }
  await expect
    .poll(async () => ((await ask(page, 'GET', `/data/downloads/${id}`)).body as Run).status, { timeout: 60_000 })
    .toBe('done')
}

/** Runs without the form, for what only needs a report. */
export async function finished(page: Page, patch: object = {}): Promise<{ id: string; report: Report }> {
  const body = {
    symbols: ['BTCUSDT'],
    from: `${dayOf(60)}T00:00:00Z`,
    to: `${dayOf(1)}T00:00:00Z`,
    cash: '10000',
    fee: '0.001',
    slippage: '0',
    document: lively,
    ...patch,
  }
  const started = await ask(page, 'POST', '/backtests', body)
  expect(started.status, JSON.stringify(started.body)).toBe(201)
  const { id } = started.body as Run
  await expect
    .poll(async () => ((await ask(page, 'GET', `/backtests/${id}`)).body as Run).status, { timeout: 60_000 })
    .toBe('done')
  return { id, report: (await ask(page, 'GET', `/backtests/${id}/report`)).body as Report }
}

export async function fillForm(page: Page, strategy: string, days: number): Promise<void> {
  await page.goto('/lab')
  await field(page, 'Strategy').selectOption(strategy)
  await field(page, 'From').fill(dayOf(days))
  await field(page, 'To').fill(dayOf(1))
}

export const press = (page: Page, name: string) =>
  page.getByRole('form').getByRole('button', { name, exact: true }).click()
