import { expect, test } from 'vitest'

const files = import.meta.glob<Record<string, string>>('./*/*.json', { eager: true, import: 'default' })
const languages = ['en', 'pt-BR', 'ru', 'es']
const rooms = [...new Set(Object.keys(files).map((path) => path.slice(path.lastIndexOf('/') + 1, -5)))]

const pluralForm = /_(zero|one|two|few|many|other)$/
const catalog = (language: string, room: string): Record<string, string> => files[`./${language}/${room}.json`] ?? {}
const bases = (language: string, room: string) =>
  [...new Set(Object.keys(catalog(language, room)).map((key) => key.replace(pluralForm, '')))].sort()

test.each(rooms)('%s has the same keys in every language', (room) => {
  for (const language of languages) expect(bases(language, room), language).toEqual(bases('en', room))
})

test.each(rooms)('%s has no empty text and the same placeholders everywhere', (room) => {
  const holes = (text: string | undefined) => [...new Set(text?.match(/\{\{\w+\}\}/g) ?? [])].sort()
  for (const language of languages)
    for (const [key, text] of Object.entries(catalog(language, room))) {
      expect(text.trim(), `${language} ${key}`).not.toBe('')
      const english = catalog('en', room)[key] ?? catalog('en', room)[key.replace(pluralForm, '_other')]
      expect(holes(text), `${language} ${key}`).toEqual(holes(english))
    }
})

test('every plural has the forms its language needs', () => {
  for (const language of languages) {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    for (const room of rooms)
      for (const key of Object.keys(catalog(language, room)).filter((name) => name.endsWith('_other')))
        for (const form of needed)
          expect(catalog(language, room), `${language} ${room}`).toHaveProperty([key.replace(/other$/, form)])
  }
})
