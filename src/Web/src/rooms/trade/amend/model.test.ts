import { expect, it } from 'vitest'
import { order } from '@/orders/sample'
import { market } from '../model/sample'
import { amendable, amendmentOf, checkField, holdOf, textsOf } from './model'

const around = { instrument: market.instrument, last: '64000', locale: 'en' }

it('offers what the server lets change in this state', () => {
  expect(amendable(order())).toEqual(['triggerPrice', 'quantity'])
  expect(amendable(order({ type: 'stopLossLimit', price: '60900' }))).toEqual(['triggerPrice', 'price', 'quantity'])
  expect(amendable(order({ type: 'stopLossLimit', price: '60900', status: 'new' }))).toEqual(['price', 'quantity'])
  expect(amendable(order({ leg: 'stop', listId: '1' }))).toEqual(['triggerPrice'])
  const trailing = order({ type: 'trailingStop', triggerPrice: null, trailingDelta: 150 })
  expect(amendable(trailing)).toEqual(['trailing', 'quantity'])
  expect(textsOf(trailing, null, 'pt-BR').trailing).toBe('1,5')
})

it('sends only what differs, and nothing when nothing does', () => {
  const texts = textsOf(order(), null, 'en')
  expect(amendmentOf(order(), texts, 'en')).toBeNull()
  expect(amendmentOf(order(), { ...texts, triggerPrice: '61000.0' }, 'en')).toBeNull()
  expect(amendmentOf(order(), { ...texts, triggerPrice: '60500' }, 'en')).toEqual({ triggerPrice: '60500' })
  const moved = textsOf(order(), { field: 'triggerPrice', price: '60000' }, 'en')
  expect(amendmentOf(order(), moved, 'en')).toEqual({ triggerPrice: '60000' })
})

it('refuses what would fire at once or is off the grid', () => {
  const texts = textsOf(order(), null, 'en')
  const at = (triggerPrice: string) => checkField(order(), { ...texts, triggerPrice }, 'triggerPrice', around)
  expect(at('64500')).toEqual({ code: 'wrong_side_below', params: { limit: '64000' } })
  expect(at('60000.005')?.code).toBe('price_not_on_tick')
  expect(at('')?.code).toBe('required')
  expect(at('60000')).toBeNull()
  const rising = order({ side: 'buy', firesOnRise: true })
  expect(checkField(rising, texts, 'triggerPrice', around)?.code).toBe('wrong_side_above')
})

it('reckons the new hold from what is written', () => {
  const buy = order({
    side: 'buy',
    type: 'limit',
    triggerPrice: null,
    price: '60000',
    status: 'new',
    held: { asset: 'USDT', amount: '600' },
  })
  expect(holdOf(buy, { ...textsOf(buy, null, 'en'), price: '59000' }, 'en')?.toFixed()).toBe('590')
})
