import type Big from 'big.js'
import type { Complaint as SimpleComplaint } from '../model'

/** What a person chooses; the server's type follows from it and from `atLimit`. */
export type Kind = 'limit' | 'market' | 'stopLoss' | 'takeProfit' | 'trailing' | 'oco' | 'bracket'
export type Side = 'buy' | 'sell'
export type TimeInForce = 'gtc' | 'ioc' | 'fok' | 'gtd'

/** Every text field there is; which of them a kind shows is said by `fieldsOf`. */
export type FieldName =
  | 'amount'
  | 'price'
  | 'trigger'
  | 'stopLimit'
  | 'target'
  | 'percent'
  | 'activation'
  | 'expires'
  | 'starts'

export type Ticket = {
  kind: Kind
  side: Side
  unit: 'base' | 'quote'
  texts: Record<FieldName, string>
  /** Fields the person wrote in; the others follow kind, side and price. */
  touched: Partial<Record<FieldName, true>>
  /** Stop-loss, take-profit: a limit order once fired. Bracket: a limit entry. */
  atLimit: boolean
  /** OCO, bracket: the stop becomes a limit order. */
  stopAtLimit: boolean
  time: TimeInForce
  startsLater: boolean
  postOnly: boolean
  hold: 'placed' | 'fired'
  tried: boolean
}

export type Complaint = { field: FieldName | 'form'; code: string; params: SimpleComplaint['params'] }

export type Clock = { nowMs: number; zone: string }

/** What the order comes to at the price it is reckoned with. */
export type Reckoning = {
  quantity: Big
  price: Big
  total: Big
  fee: Big
  feeAsset: string
  receive: Big
  /** What is kept back while it waits; nothing when money is held only once it fires. */
  held: Big
  heldAsset: string
}
