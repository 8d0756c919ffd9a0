export type Endpoints = { rest: string; streams: string; socketApi: string }

export const clients = ['curl', 'ccxt', 'ccxtPython', 'pythonBinance', 'binanceApiNode', 'binanceNpm'] as const
export type Client = (typeof clients)[number]

/** Names of programs are the same in every language. */
export const clientNames: Record<Client, string> = {
  curl: 'curl',
  ccxt: 'ccxt (JS)',
  ccxtPython: 'ccxt (Python)',
  pythonBinance: 'python-binance',
  binanceApiNode: 'binance-api-node',
  binanceNpm: 'binance (npm)',
}

export function endpointsOf(origin: string): Endpoints {
  const rest = `${origin}/binance`
  const socket = rest.replace(/^http/, 'ws')
  return { rest, streams: `${socket}/stream`, socketApi: `${socket}/ws-api/v3` }
}

const socketRoot = (at: Endpoints): string => at.streams.replace(/\/stream$/, '')

/** Code to paste. `sapi` is redirected too, or ccxt would send the key to the real exchange. */
export function sampleOf(client: Client, at: Endpoints): string {
  switch (client) {
    case 'curl':
      return `KEY='your API key'
SECRET='your secret'
QUERY="timestamp=$(date +%s000)"
SIGNATURE=$(printf %s "$QUERY" | openssl dgst -sha256 -hmac "$SECRET" | sed 's/^.* //')
curl -H "X-MBX-APIKEY: $KEY" \\
  "${at.rest}/api/v3/account?$QUERY&signature=$SIGNATURE"`
    case 'ccxt':
      return `import ccxt from 'ccxt'

const exchange = new ccxt.pro.binance({
  apiKey: 'your API key',
  secret: 'your secret',
  options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] } },
  urls: {
    api: {
      public: '${at.rest}/api/v3',
      private: '${at.rest}/api/v3',
      sapi: '${at.rest}/sapi/v1',
      fapiPublic: '${at.rest}/fapi/v1',
      dapiPublic: '${at.rest}/dapi/v1',
      ws: {
        spot: '${at.streams}',
        'ws-api': { spot: '${at.socketApi}' },
      },
    },
  },
})
await exchange.loadHttpProxyAgent() // needed once for ws://
console.log(await exchange.fetchBalance())
console.log(await exchange.createOrder('BTC/USDT', 'market', 'buy', 0.001))`
    case 'ccxtPython':
      return `import ccxt

exchange = ccxt.binance({
    "apiKey": "your API key",
    "secret": "your secret",
    "options": {"defaultType": "spot", "fetchMarkets": {"types": ["spot"]}},
    "urls": {"api": {
        "public": "${at.rest}/api/v3",
        "private": "${at.rest}/api/v3",
        "sapi": "${at.rest}/sapi/v1",
        "fapiPublic": "${at.rest}/fapi/v1",
        "dapiPublic": "${at.rest}/dapi/v1",
    }},
})
print(exchange.fetch_balance()["total"])
print(exchange.create_order("BTC/USDT", "market", "buy", 0.001))`
    case 'pythonBinance':
      return `from binance.client import Client

Client.API_URL = "${at.rest}/api"
Client.MARGIN_API_URL = "${at.rest}/sapi"
client = Client("your API key", "your secret")
print(client.get_account()["balances"])
print(client.order_market_buy(symbol="BTCUSDT", quantity=0.001))`
    case 'binanceApiNode':
      return `import Binance from 'binance-api-node'

const client = Binance.default({
  apiKey: 'your API key',
  apiSecret: 'your secret',
  httpBase: '${at.rest}',
  wsBase: '${socketRoot(at)}/ws',
  wsApi: '${at.socketApi}',
})
console.log(await client.accountInfo())
console.log(await client.order({ symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.001' }))`
    case 'binanceNpm':
      return `import { MainClient, WebsocketClient } from 'binance'

const client = new MainClient({
  api_key: 'your API key',
  api_secret: 'your secret',
  baseUrl: '${at.rest}',
})
const streams = new WebsocketClient({ wsUrl: '${socketRoot(at)}' })
console.log(await client.getAccountInformation())
console.log(await client.submitNewOrder({ symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: 0.001 }))
await streams.subscribe(['btcusdt@trade'], 'main')`
  }
}
