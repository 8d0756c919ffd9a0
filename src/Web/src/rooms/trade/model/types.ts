import type Big from 'big.js'
import type { Kind } from '../ticket/types'

export type Side = 'buy' | 'sell'
export type OrderType = 'market' | 'limit'
export type Unit = 'base' | 'quote'

/** What GET /markets says about a pair; amounts are plain notation. */
export type Instrument = {
  symbol: string
  base: string
  quote: string
  tickSize: string
  stepSize: string
  minQuantity: string | null
  maxQuantity: string | null
  minNotional: string | null
  trading: boolean
}

/** Price and quantity in plain notation, best first. */
export type Level = readonly [price: string, quantity: string]
export type Book = { bids: readonly Level[]; asks: readonly Level[] }

/** Everything the form reads but does not own. */
export type Market = {
  instrument: Instrument
  book: Book
  last: string | null
  /** Null while unknown, for instance before sign-in. */
  available: { base: string; quote: string } | null
  locale: string
}

export type Form = {
  side: Side
  type: OrderType
  unit: Unit
  amountText: string
  priceText: string
  /** What the amount was before the unit was swapped, so that swapping back loses nothing. */
  beforeSwap: { unit: Unit; text: string; shown: string } | null
  /** Empty fields are complained about only after a try to send. */
  tried: boolean
  /** A kind of order that needs the longer form; null for the quick one. */
  advanced: Kind | null
  /** The last price taken from the book while the longer form is open. */
  picked: { price: string; count: number } | null
  phase: Phase
  refusal: Complaint | null
}

export type Draft = {
  symbol: string
  side: Side
  type: OrderType
  quantity?: string
  quoteQuantity?: string
  price?: string
  clientOrderId: string
}

export type Phase =
  | { kind: 'editing' }
  | { kind: 'confirming'; draft: Draft; unanswered: boolean }
  | { kind: 'sending'; draft: Draft }

export type Complaint = { field: 'amount' | 'price' | 'form'; code: string; params: Record<string, string> }

export type Estimate = {
  quantity: Big
  total: Big
  average: Big
  /** Share of the best price that is lost on the way through the book, 0.001 = 0.1 %. */
  slippage: Big
  fee: Big
  feeAsset: string
  receive: Big
  receiveAsset: string
  /** What the server sets aside: more than the total for a market buy by quantity. */
  held: Big
  heldAsset: string
  /** The visible book holds less than asked; the rest is reckoned at its last level. */
  beyondBook: boolean
}
