import { defineConfig } from '@playwright/test'
import { browserFlags, chromiumPath } from './e2e/chromium'

/** Tests that wait or reckon long and measure nothing: they may share the machine. */
const patient = ['axe.spec.ts', 'axe-orders.spec.ts', 'axe-lab.spec.ts', 'scheduled.spec.ts']

export default defineConfig({
  testDir: './e2e',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 1,
  // A machine that other work slows down may miss a wait once; the report then says flaky.
  retries: process.env.CI === 'true' ? 1 : 0,
  forbidOnly: true,
  projects: [
    { name: 'patient', testMatch: patient, fullyParallel: true },
    { name: 'prompt', testMatch: '*.spec.ts', testIgnore: patient },
  ],
  reporter: [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'dark',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: chromiumPath(), args: browserFlags },
  },
})
