import { defineConfig } from '@playwright/test'
import base from '../playwright.config'

export default defineConfig({
  ...base,
  projects: [{ name: 'pictures' }],
  testDir: '.',
  testMatch: 'screenshots.ts',
  timeout: 180_000,
})
