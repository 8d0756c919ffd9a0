import { create } from 'zustand'
import type { Settings } from '@/api/types'

const key = 'lastro.prefs'
export type Language = NonNullable<Settings['language']>
export const languages: readonly Language[] = ['en', 'pt-BR', 'ru', 'es']

/** Languages are named in themselves: whoever needs one can read it. */
export const languageNames: Record<Language, string> = {
  en: 'English',
  'pt-BR': 'Português (Brasil)',
  ru: 'Русский',
  es: 'Español',
}

export const defaults: Settings = {
  language: null,
  theme: 'auto',
  numberFormat: null,
  timeZone: null,
  palette: 'seaGlass',
  density: 'comfortable',
  hideAmounts: false,
  shortcuts: true,
  confirmOrders: true,
  hideSmallBalances: false,
  chart: null,
}

function remembered(): Settings {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    return typeof stored === 'object' && stored !== null ? { ...defaults, ...stored } : defaults
  } catch {
    return defaults
  }
}

/** How this user wants to see things. The server's copy rules once it is known; the browser's copy avoids a flash. */
export const usePrefs = create<Settings>(() => remembered())

/** Changes that come from the user; the app saves them to the server. */
const listeners = new Set<(settings: Settings) => void>()

export function changePrefs(patch: Partial<Settings>): void {
  usePrefs.setState(patch)
  for (const listener of listeners) listener(usePrefs.getState())
}

export function onPrefsChanged(listener: (settings: Settings) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function browserLanguage(): Language {
  for (const wanted of navigator.languages ?? []) {
    const exact = languages.find((language) => language.toLowerCase() === wanted.toLowerCase())
    const near = languages.find((language) => language.slice(0, 2) === wanted.slice(0, 2).toLowerCase())
    const found = exact ?? near
    if (found) return found
  }
  return 'en'
}

export const languageOf = (settings: Settings): Language => settings.language ?? browserLanguage()
export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
export const zoneOf = (settings: Settings): string => settings.timeZone ?? browserZone()

const localeOfLanguage: Record<Language, string> = { en: 'en-US', 'pt-BR': 'pt-BR', ru: 'ru-RU', es: 'es-ES' }
export const localeOf = (settings: Settings): string => settings.numberFormat ?? localeOfLanguage[languageOf(settings)]

/** "pt", as the API takes languages. */
export const useLanguageCode = (): string => usePrefs((settings) => languageOf(settings).slice(0, 2))
export const useLocale = (): string => usePrefs(localeOf)
export const useZone = (): string => usePrefs(zoneOf)

const prefersLight = () => window.matchMedia?.('(prefers-color-scheme: light)').matches ?? false

export function themeOf(settings: Settings): 'dark' | 'light' {
  if (settings.theme !== 'auto') return settings.theme
  return prefersLight() ? 'light' : 'dark'
}

function apply(settings: Settings): void {
  const root = document.documentElement
  root.dataset.theme = themeOf(settings)
  root.dataset.palette = settings.palette
  root.dataset.density = settings.density
  try {
    localStorage.setItem(key, JSON.stringify(settings))
  } catch {
    // A full or forbidden storage only costs the next visit's first paint.
  }
}

/** Puts theme, palette and density on the document, now and at every change. */
export function keepDocumentInStep(): void {
  apply(usePrefs.getState())
  usePrefs.subscribe(apply)
  window.matchMedia?.('(prefers-color-scheme: light)').addEventListener('change', () => apply(usePrefs.getState()))
}
