import type { components } from './schema.gen'

type Schemas = components['schemas']

export type User = Schemas['UserAnswer']
export type Settings = Schemas['UserSettings']
export type AuthOptions = Schemas['AuthOptionsResponse']
export type PriceSource = Schemas['SourceAnswer']
export type MarketStamp = Omit<PriceSource, 'replay'>
export type Instrument = Schemas['MarketItem']
export type Ticker = Schemas['TickerItem']
export type Candle = Schemas['CandleItem']
export type Depth = Schemas['DepthAnswer']
export type MarketTrade = Schemas['TradeItem']
export type Account = Schemas['ListAccountsItem']
export type Balance = Schemas['ListBalancesItem']
export type Balances = Schemas['ListBalancesResponse']
export type StatementLine = Schemas['ReadStatementLine']
export type Order = Schemas['OrderView']
export type OrderRequest = Schemas['OrderRequest']
export type Fill = Schemas['FillView']
