import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { type Language, languageOf, usePrefs } from '@/ui/prefs'

type Catalog = Record<string, unknown>

const english = import.meta.glob<Catalog>(
  [
    './en/*.json',
    '!./en/orders.json',
    '!./en/wallet.json',
    '!./en/depth.json',
    '!./en/settings.json',
    '!./en/markets.json',
    '!./en/ticket.json',
    '!./en/words.json',
    '!./en/developers.json',
    '!./en/strategies.json',
    '!./en/rules.json',
    '!./en/lab.json',
  ],
  { eager: true, import: 'default' },
)
/** Catalogs of rooms and parts that not every visit opens; `loadRoomTexts` brings the English, every other language loads whole. */
const later = import.meta.glob<Catalog>(
  [
    './en/orders.json',
    './en/wallet.json',
    './en/depth.json',
    './en/settings.json',
    './en/markets.json',
    './en/ticket.json',
    './en/words.json',
    './en/developers.json',
    './en/strategies.json',
    './en/rules.json',
    './en/lab.json',
  ],
  { import: 'default' },
)
const others = import.meta.glob<Catalog>('./{pt-BR,ru,es}/*.json', { import: 'default' })

const namespaceOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1, -'.json'.length)

async function load(language: Language): Promise<void> {
  const files = Object.entries(others).filter(([path]) => path.startsWith(`./${language}/`))
  await Promise.all(
    files.map(async ([path, read]) => {
      if (!i18next.hasResourceBundle(language, namespaceOf(path)))
        i18next.addResourceBundle(language, namespaceOf(path), await read())
    }),
  )
}

/** English is what a missing text falls back to, so a room that comes late brings it whatever the language. */
export async function loadRoomTexts(...rooms: string[]): Promise<void> {
  await Promise.all(
    rooms.map(async (room) => {
      const read = later[`./en/${room}.json`]
      if (read !== undefined && !i18next.hasResourceBundle('en', room))
        i18next.addResourceBundle('en', room, await read())
    }),
  )
}

async function use(language: Language): Promise<void> {
  await load(language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** Loads the user's language before the first render and follows the setting from then on. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'common',
    ns: Object.keys(english).map(namespaceOf),
    resources: {
      en: Object.fromEntries(Object.entries(english).map(([path, catalog]) => [namespaceOf(path), catalog])),
    },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  await use(languageOf(usePrefs.getState()))
  usePrefs.subscribe((now, before) => {
    if (languageOf(now) !== languageOf(before)) void use(languageOf(now))
  })
}
