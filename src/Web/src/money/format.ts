import Big from 'big.js'

export type Rounding = 'down' | 'nearest'
export type FormatOptions = { locale: string; min?: number; max?: number; rounding?: Rounding; sign?: boolean }

/** Assets counted in cents; everything else shows up to eight decimals. */
const centAssets = new Set(['USDT', 'USDC', 'FDUSD', 'TUSD', 'BUSD', 'DAI', 'USD', 'BRL', 'EUR', 'GBP', 'TRY'])

export const decimalsOfAsset = (asset: string | undefined): { min: number; max: number } =>
  asset === undefined || centAssets.has(asset) ? { min: 2, max: 2 } : { min: 2, max: 8 }

/** How many decimals a tick or step such as "0.00100" asks for. */
export function decimalsOfStep(step: string): number {
  const [, fraction = ''] = new Big(step).toFixed().split('.')
  return fraction.length
}

export function toBig(value: string | null | undefined): Big | null {
  if (value === null || value === undefined || value === '') return null
  try {
    return new Big(value)
  } catch {
    return null
  }
}

const formats = new Map<string, Intl.NumberFormat>()

function formatOf(locale: string, min: number, max: number, sign: boolean): Intl.NumberFormat {
  const key = `${locale}|${min}|${max}|${sign}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(locale, {
      minimumFractionDigits: min,
      maximumFractionDigits: max,
      useGrouping: true,
      signDisplay: sign ? 'exceptZero' : 'negative',
    })
    formats.set(key, format)
  }
  return format
}

/** Formats a decimal string without passing through a float; null, undefined and nonsense become "". */
export function formatDecimal(value: string | null | undefined, options: FormatOptions): string {
  const number = toBig(value)
  if (number === null) return ''
  const max = options.max ?? 8
  const rounded = number.round(max, (options.rounding ?? 'nearest') === 'down' ? Big.roundDown : Big.roundHalfUp)
  const text = rounded.toFixed() as Intl.StringNumericLiteral
  return formatOf(options.locale, Math.min(options.min ?? 0, max), max, options.sign ?? false).format(text)
}

/** 1234567 -> 1.23M in the reader's language, for volumes. */
export function formatCompact(value: string | null | undefined, locale: string): string {
  const number = toBig(value)
  if (number === null) return ''
  const key = `${locale}|compact`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 4 })
    formats.set(key, format)
  }
  return format.format(number.toFixed() as Intl.StringNumericLiteral)
}
