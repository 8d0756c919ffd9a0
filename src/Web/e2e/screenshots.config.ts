import { defineConfig } from '@playwright/test'
import base from '../playwright.config'

export default defineConfig({ ...base, projects: [], testDir: '.', testMatch: 'screenshots.ts', timeout: 180_000 })
