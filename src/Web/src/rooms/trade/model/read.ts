import type Big from 'big.js'
import { toBig } from '@/money/format'
import { parseDecimal } from '@/money/parse'
import { estimate, maximum, type Order } from './estimate'
import type { Estimate, Form, Market } from './types'

export function readAmount(form: Form, market: Market): Big | null {
  const parsed = parseDecimal(form.amountText, market.locale)
  return parsed.ok ? toBig(parsed.value) : null
}

export function readPrice(form: Form, market: Market): Big | null {
  const parsed = parseDecimal(form.priceText, market.locale)
  return parsed.ok ? toBig(parsed.value) : null
}

export function asOrder(form: Form, market: Market): Order {
  const amount = readAmount(form, market)
  const price = form.type === 'limit' ? readPrice(form, market) : null
  return {
    side: form.side,
    type: form.type,
    quantity: form.unit === 'base' ? amount : null,
    quote: form.unit === 'quote' ? amount : null,
    price,
  }
}

export function estimateOf(form: Form, market: Market): Estimate | null {
  return estimate(asOrder(form, market), market)
}

export function maximumOf(form: Form, market: Market): Big | null {
  return maximum({ side: form.side, type: form.type, unit: form.unit, price: readPrice(form, market) }, market)
}
