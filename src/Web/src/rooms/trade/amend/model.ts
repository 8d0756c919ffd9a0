import type Big from 'big.js'
import type { Instrument, Order } from '@/api/types'
import { toBig } from '@/money/format'
import { parseDecimal, toInput } from '@/money/parse'
import { ceilToStep, floorToStep, isOnStep } from '@/money/step'
import { firesOnRise, holdAfter, isLimit, isWaiting } from '@/orders/facts'
import type { Amendment } from '../api'

export type AmendField = 'triggerPrice' | 'price' | 'trailing' | 'quantity'
export type Texts = Record<AmendField, string>
export type AmendComplaint = { code: string; params: Record<string, string> }

/** What may be changed in this order's state, in reading order. */
export function amendable(order: Order): AmendField[] {
  const fields: AmendField[] = []
  if (isWaiting(order) && order.triggerPrice !== null) fields.push('triggerPrice')
  if (isWaiting(order) && order.trailingDelta !== null) fields.push('trailing')
  if (order.price !== null && isLimit(order)) fields.push('price')
  if (order.leg === null && order.quantity !== null) fields.push('quantity')
  return fields
}

const was = (order: Order, field: AmendField): string | null =>
  field === 'trailing' ? (order.trailingDelta === null ? null : String(order.trailingDelta / 100)) : order[field]

export function textsOf(
  order: Order,
  moved: { field: 'price' | 'triggerPrice'; price: string } | null,
  locale: string,
): Texts {
  const write = (field: AmendField) => toInput(was(order, field) ?? '', locale)
  const texts = {
    triggerPrice: write('triggerPrice'),
    price: write('price'),
    trailing: write('trailing'),
    quantity: write('quantity'),
  }
  return moved === null ? texts : { ...texts, [moved.field]: toInput(moved.price, locale) }
}

export function readField(texts: Texts, field: AmendField, locale: string): Big | null {
  const parsed = parseDecimal(texts[field], locale)
  return parsed.ok ? toBig(parsed.value) : null
}

/** Only what differs: what is absent stays. Null when nothing does. */
export function amendmentOf(order: Order, texts: Texts, locale: string): Amendment | null {
  const body: Amendment = {}
  for (const field of amendable(order)) {
    const value = readField(texts, field, locale)
    if (value === null || toBig(was(order, field))?.eq(value) === true) continue
    if (field === 'trailing') body.trailingDelta = Number(value.times(100).round(0).toFixed())
    else body[field] = value.toFixed()
  }
  return Object.keys(body).length === 0 ? null : body
}

export function checkField(
  order: Order,
  texts: Texts,
  field: AmendField,
  around: { instrument: Pick<Instrument, 'stepSize' | 'tickSize'>; last: string | null; locale: string },
): AmendComplaint | null {
  const parsed = parseDecimal(texts[field], around.locale)
  if (!parsed.ok) {
    const [whole = '', fraction = ''] = parsed.readings ?? []
    return { code: parsed.reason === 'empty' ? 'required' : parsed.reason, params: { whole, fraction } }
  }
  const value = readField(texts, field, around.locale)
  if (value === null) return null
  if (value.lte(0)) return { code: 'not_above_zero', params: {} }
  if (field === 'trailing') {
    const points = value.times(100)
    return points.eq(points.round(0)) && points.lte(5_000) ? null : { code: 'percent', params: {} }
  }
  const step = field === 'quantity' ? around.instrument.stepSize : around.instrument.tickSize
  if (!isOnStep(value, step))
    return {
      code: field === 'quantity' ? 'quantity_not_on_step' : 'price_not_on_tick',
      params: { limit: step, lower: floorToStep(value, step).toFixed(), upper: ceilToStep(value, step).toFixed() },
    }
  const last = toBig(around.last)
  if (field !== 'triggerPrice' || last === null) return null
  const above = firesOnRise(order) === true
  if (above ? value.gt(last) : value.lt(last)) return null
  return { code: `wrong_side_${above ? 'above' : 'below'}`, params: { limit: last.toFixed() } }
}

/** What the order keeps back once it is changed. */
export const holdOf = (order: Order, texts: Texts, locale: string): Big | null =>
  holdAfter(order, {
    price: readField(texts, 'price', locale)?.toFixed() ?? order.price,
    triggerPrice: readField(texts, 'triggerPrice', locale)?.toFixed() ?? order.triggerPrice,
    quantity: readField(texts, 'quantity', locale)?.toFixed() ?? order.quantity,
  })
