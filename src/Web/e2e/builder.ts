import type { Page } from '@playwright/test'
import { ask, expect } from './fixtures'

export const text = (page: Page, field: string) => page.locator(`textarea[data-rule="${field}"]`)
export const sentence = (page: Page, field: string) => page.locator(`[data-sentence="${field}"]`)
export const rule = (page: Page, field: string) => page.locator(`[data-rule-section="${field}"]`)
export const block = (page: Page, key: string) => page.locator(`[data-block="${key}"]`)

export type Kept = { id: string; version: number; document: object }
export const document = {
  name: 'RSI reversal',
  timeframe: '1h',
  inputs: { length: 14, low: 30, high: 70 },
  define: { r: 'rsi(close, length)' },
  enter: 'r < low',
  exit: 'r > high',
  size: '100%',
  takeProfit: '15%',
  stopLoss: '3%',
}

export async function keep(page: Page, patch: object = {}): Promise<Kept> {
  const answer = await ask(page, 'POST', '/strategies', { document: { ...document, ...patch } })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body as Kept
}

export async function open(page: Page, id: string): Promise<void> {
  await page.goto(`/strategies/${id}`)
  await expect(text(page, 'enter')).toBeVisible()
  await expect(rule(page, 'enter').locator('[data-condition]').first()).toBeVisible()
}
