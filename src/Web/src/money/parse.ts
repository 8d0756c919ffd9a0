export type ParseRefusal = 'empty' | 'notANumber' | 'negative' | 'tooLong' | 'ambiguous'
export type Parsed =
  | { ok: true; value: string }
  | { ok: false; reason: ParseRefusal; readings?: readonly [string, string] }

type Separators = { decimal: string; group: string }

const MAX_DIGITS = 38
const SPACES = /[\s\u00a0\u2009\u202f'’]/g
const known = new Map<string, Separators>()

/** The separators a locale writes: 1.234.567,8 or 1,234,567.8 or 1 234 567,8. */
export function separatorsOf(locale: string): Separators {
  const cached = known.get(locale)
  if (cached) return cached
  const parts = new Intl.NumberFormat(locale).formatToParts(1234567.8)
  const found = {
    decimal: parts.find((p) => p.type === 'decimal')?.value ?? '.',
    group: parts.find((p) => p.type === 'group')?.value ?? ',',
  }
  known.set(locale, found)
  return found
}

/**
 * Reads a decimal as people of this locale type it, and returns plain notation ("1234.5").
 * Comma and point are both understood as far as only one reading exists. "1.234" in pt-BR or "1,234" in en has two
 * readings a factor of a thousand apart, so it is refused and both readings are named.
 */
export function parseDecimal(text: string, locale: string): Parsed {
  const trimmed = text.trim().replace(/^\+/, '')
  if (trimmed === '') return { ok: false, reason: 'empty' }
  if (/^[-−–]/.test(trimmed)) return { ok: false, reason: 'negative' }
  if (!/^[\d.,\s\u00a0\u2009\u202f'’]+$/.test(trimmed) || !/\d/.test(trimmed))
    return { ok: false, reason: 'notANumber' }
  if ((trimmed.match(/\d/g) ?? []).length > MAX_DIGITS) return { ok: false, reason: 'tooLong' }
  return read(trimmed, separatorsOf(locale))
}

function read(text: string, own: Separators): Parsed {
  const points = count(text, '.')
  const commas = count(text, ',')
  if (points === 0 && commas === 0) return split(text, null)
  if (points > 0 && commas > 0) {
    const decimal = text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ','
    return count(text, decimal) === 1 ? split(text, decimal) : notANumber
  }
  const mark = points > 0 ? '.' : ','
  if (points + commas > 1) return split(text, null)
  if (mark === own.decimal || mark !== own.group || !looksGrouped(text, mark)) return split(text, mark)
  return { ok: false, reason: 'ambiguous', readings: [text.replace(mark, ''), text.replace(mark, '.')] }
}

const notANumber: Parsed = { ok: false, reason: 'notANumber' }
const count = (text: string, mark: string) => text.split(mark).length - 1
const looksGrouped = (text: string, mark: string) => new RegExp(`^[1-9]\\d{0,2}\\${mark}\\d{3}$`).test(text)

function split(text: string, decimal: '.' | ',' | null): Parsed {
  const at = decimal === null ? text.length : text.lastIndexOf(decimal)
  const whole = text.slice(0, at)
  const fraction = text.slice(at + 1)
  if (!/^\d*$/.test(fraction)) return notANumber
  const grouped = /[^\d]/.test(whole)
  if (grouped && !/^\d{1,3}([.,]\d{3})+$/.test(whole) && !/^\d{1,3}([\s\u00a0\u2009\u202f'’]\d{3})+$/.test(whole))
    return notANumber
  return { ok: true, value: canonical(whole.replace(SPACES, '').replace(/[.,]/g, ''), fraction) }
}

function canonical(whole: string, fraction: string): string {
  const left = whole.replace(/^0+(?=\d)/, '') || '0'
  const right = fraction.replace(/0+$/, '')
  return right === '' ? left : `${left}.${right}`
}

/** Plain notation written with the locale's decimal separator and no grouping, as it belongs into an input. */
export function toInput(plain: string, locale: string): string {
  return plain.replace('.', separatorsOf(locale).decimal)
}
