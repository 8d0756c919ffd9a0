// python-binance 1.0.36 and freqtrade on ccxt Python, REPLAYED, NOT RUN: their packages are out of reach here. The requests are theirs as
// measured: parameters sorted by name, POST and DELETE as a form, JSON numbers in WebSocket parameters. Nothing of either was executed.
import { randomUUID } from 'node:crypto';
import { exact, near, plain, Purse } from './amounts.mjs';
import { checkBook, checkDay, checkInfo, checkKlines, checkTrades } from './shapes.mjs';
import { finish, given, same, step, that } from './steps.mjs';
import { hmac, ok, open, send } from './raw.mjs';

const symbol = 'BTCUSDT';
let offset = 0;
let price;
let purse;

const now = () => Date.now() + offset;
const at = (perMille) => near(price, perMille);
const encode = (fields) => Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
const clientId = () => `x-HNA2TXFJ${randomUUID().replaceAll('-', '').slice(0, 22)}`;

/** python-binance: sorted, recvWindow 10000, the signature last; form body for POST, PUT and DELETE. */
function python(method, path, fields = {}) {
  const all = { ...fields, recvWindow: 10000, timestamp: now() };
  const text = encode(Object.fromEntries(Object.entries(all).sort(([left], [right]) => (left < right ? -1 : 1))));
  const signed = `${text}&signature=${hmac(text)}`;
  return ok(method === 'GET' ? send(method, path, { query: signed }) : send(method, path, { body: signed }));
}

/** ccxt Python as freqtrade drives it: timestamp first, form body for POST, query for GET and DELETE; a broker's client id. */
function freqtrade(method, path, fields = {}) {
  const text = encode({ timestamp: Date.now(), recvWindow: 10000, ...fields });
  const signed = `${text}&signature=${hmac(text)}`;
  return ok(method === 'POST' ? send(method, path, { body: signed }) : send(method, path, { query: signed }));
}

const open_ = (path, query = '', key = undefined) => ok(send('GET', path, { query, key }));
const balances = async () => (await python('GET', '/api/v3/account')).balances;

await step('python-binance: constructor pings, AsyncClient.create asks the time', async () => {
  await open_('/api/v3/ping', '', given.key);
  offset = (await open_('/api/v3/time', '', given.key)).serverTime - Date.now();
  return `offset ${offset} ms`;
});
await step('python-binance: get_exchange_info, get_account, get_asset_balance', async () => {
  purse = new Purse(await balances());
  return checkInfo(await open_('/api/v3/exchangeInfo', '', given.key));
});
await step('python-binance: tickers', async () => {
  checkDay(await open_('/api/v3/ticker/24hr', `symbol=${symbol}`));
  price = (await open_('/api/v3/ticker/price', `symbol=${symbol}`)).price;
  that('all', (await open_('/api/v3/ticker/price')).length > 1);
  that('quotes', (await open_('/api/v3/ticker/bookTicker')).length > 1);
  that('an average', Number((await open_('/api/v3/avgPrice', `symbol=${symbol}`)).price) > 0);
});
await step('python-binance: get_historical_klines asks for the first candle first', async () => {
  const first = await open_('/api/v3/klines', `endTime=${Date.now()}&interval=1m&limit=1&startTime=0&symbol=${symbol}`);
  same('one', first.length, 1);
  checkKlines(await open_('/api/v3/klines', `interval=1m&limit=500&symbol=${symbol}`), 60_000, 500);
  return new Date(first[0][0]).toISOString();
});
await step('python-binance: trades and depth', async () => {
  checkTrades(await open_('/api/v3/trades', `limit=10&symbol=${symbol}`), (trade) => trade.id, (trade) => trade.price, (trade) => trade.qty);
  const book = await open_('/api/v3/depth', `limit=100&symbol=${symbol}`);
  return checkBook(book.bids, book.asks, 100);
});
await step('python-binance: order_market_buy by quantity and by cost, form body', async () => {
  const order = await python('POST', '/api/v3/order', { newClientOrderId: clientId(), newOrderRespType: 'FULL', quantity: 0.01, side: 'BUY', symbol, type: 'MARKET' });
  purse.filled(order);
  const note = purse.filled(await python('POST', '/api/v3/order', { newClientOrderId: clientId(), quoteOrderQty: 100, side: 'BUY', symbol, type: 'MARKET' }));
  purse.agrees(await balances());
  return note;
});
await step('python-binance: order_limit_buy, get_order, cancel_order with a DELETE body', async () => {
  const id = clientId();
  const order = await python('POST', '/api/v3/order', { newClientOrderId: id, price: at(-40), quantity: '0.001', side: 'BUY', symbol, timeInForce: 'GTC', type: 'LIMIT' });
  same('status', order.status, 'NEW');
  same('its client id', order.clientOrderId, id);
  same('it reads', (await python('GET', '/api/v3/order', { orderId: order.orderId, symbol })).status, 'NEW');
  same('open', (await python('GET', '/api/v3/openOrders', { symbol })).length, 1);
  same('cancelled', (await python('DELETE', '/api/v3/order', { orderId: order.orderId, symbol })).status, 'CANCELED');
  return purse.agrees(await balances());
});
await step('python-binance: stop, test order, cancel all, OCO', async () => {
  await python('POST', '/api/v3/order', {
    newClientOrderId: clientId(), price: at(-41), quantity: '0.001', side: 'SELL', stopPrice: at(-40), symbol, timeInForce: 'GTC', type: 'STOP_LOSS_LIMIT',
  });
  await python('POST', '/api/v3/order/test', { newClientOrderId: clientId(), quantity: '0.001', side: 'BUY', symbol, type: 'MARKET' });
  same('ended', (await python('DELETE', '/api/v3/openOrders', { symbol })).length, 1);
  const list = await python('POST', '/api/v3/orderList/oco', {
    abovePrice: at(40), aboveType: 'LIMIT_MAKER', belowPrice: at(-41), belowStopPrice: at(-40), belowTimeInForce: 'GTC', belowType: 'STOP_LOSS_LIMIT',
    listClientOrderId: clientId(), quantity: '0.001', side: 'SELL', symbol,
  });
  same('state', list.listOrderStatus, 'EXECUTING');
  same('it ends', (await python('DELETE', '/api/v3/orderList', { orderListId: list.orderListId, symbol })).listOrderStatus, 'ALL_DONE');
  return purse.agrees(await balances());
});
await step('python-binance: get_all_orders, get_my_trades, get_trade_fee', async () => {
  that('orders', (await python('GET', '/api/v3/allOrders', { symbol })).length >= 6);
  const trades = await python('GET', '/api/v3/myTrades', { symbol });
  same('they are the balance', plain(trades.reduce((sum, one) => sum + exact(one.qty) - exact(one.commission), 0n)), plain(purse.sum('BTC')));
  same('taker', Number((await python('GET', '/sapi/v1/asset/tradeFee', { symbol }))[0].takerCommission), 0.001);
});
await step('python-binance: BinanceSocketManager, one socket and a multiplex', async () => {
  const one = await open(`/ws/${symbol.toLowerCase()}@trade`);
  const many = await open(`/stream?streams=${symbol.toLowerCase()}@kline_1m/${symbol.toLowerCase()}@miniTicker`);
  same('raw', (await one.first('a trade', () => true)).e, 'trade');
  const wrapped = await many.first('a candle', (event) => event.stream?.endsWith('@kline_1m'));
  same('wrapped', wrapped.data.e, 'kline');
  await one.ping();
  one.close();
  many.close();
});
await step('python-binance: WebSocket API with numbers, and user data', async () => {
  const api = await open('/ws-api/v3');
  const call = (method, fields) => {
    const id = randomUUID();
    // Python writes its floats in its own way, and signs what it writes.
    const sorted = Object.entries({ ...fields, apiKey: `"${given.key}"`, timestamp: String(now()) }).sort(([left], [right]) => (left < right ? -1 : 1));
    const signature = hmac(sorted.map(([name, raw]) => `${name}=${raw.replaceAll('"', '')}`).join('&'));
    api.say(`{"id":"${id}","method":"${method}","params":{${sorted.map(([name, raw]) => `"${name}":${raw}`).join(',')},"signature":"${signature}"}}`);
    return api.answer(id);
  };
  const subscribed = await call('userDataStream.subscribe.signature', {});
  same('subscribed', subscribed.status, 200);
  const placed = await call('order.place', { symbol: `"${symbol}"`, side: '"BUY"', type: '"MARKET"', quantity: '0.001', newClientOrderId: `"${clientId()}"` });
  same('placed', placed.status, 200);
  purse.filled(placed.result);
  await api.first('its report', (one) => one.event?.e === 'executionReport' && one.event.i === placed.result.orderId && one.event.X === 'FILLED');
  same('of this subscription', api.heard.find((one) => one.event !== undefined).subscriptionId, subscribed.result.subscriptionId);
  const small = await call('order.place', { symbol: `"${symbol}"`, side: '"BUY"', type: '"MARKET"', quantity: '1e-05' });
  same('signed as written, refused for its size only', small.error.code, -1013);
  const ended = await call('userDataStream.unsubscribe', { subscriptionId: String(subscribed.result.subscriptionId) });
  same('unsubscribed', ended.status, 200);
  api.close();
  return purse.agrees(await balances());
});
await step('freqtrade: load_markets with its sapi calls', async () => {
  await freqtrade('GET', '/sapi/v1/capital/config/getall');
  for (const path of ['/sapi/v1/margin/allPairs', '/sapi/v1/margin/isolated/allPairs']) same(path, (await freqtrade('GET', path)).length, 0);
  return checkInfo(await open_('/api/v3/exchangeInfo'));
});
await step('freqtrade: tickers, candles and books of its sizes', async () => {
  that('all', (await open_('/api/v3/ticker/24hr')).length > 1);
  same('some', (await open_('/api/v3/ticker/24hr', `symbols=${encodeURIComponent('["BTCUSDT","ETHUSDT"]')}`)).length, 2);
  checkKlines(await open_('/api/v3/klines', `interval=5m&limit=1000&symbol=${symbol}`), 300_000, 1000);
  for (const limit of [5, 10, 20, 50, 100, 500, 1000]) {
    const book = await open_('/api/v3/depth', `limit=${limit}&symbol=${symbol}`);
    checkBook(book.bids, book.asks, limit);
  }
  that('trades', (await open_('/api/v3/aggTrades', `limit=1000&symbol=${symbol}`)).length > 0);
});
await step('freqtrade: watch_ohlcv subscribes and unsubscribes', async () => {
  const socket = await open('/stream/0');
  socket.say('{"method":"SUBSCRIBE","params":["btcusdt@kline_5m"],"id":1}');
  same('acknowledged', (await socket.answer(1)).result, null);
  await socket.first('a candle', (event) => event.data?.e === 'kline');
  socket.say('{"method":"UNSUBSCRIBE","params":["btcusdt@kline_5m"],"id":2}');
  same('acknowledged', (await socket.answer(2)).result, null);
  socket.say('{"method":"LIST_SUBSCRIPTIONS","id":3}');
  same('none left', (await socket.answer(3)).result.length, 0);
  socket.close();
});
await step('freqtrade: enter, stop on exchange, poll, cancel, exit', async () => {
  const entry = await freqtrade('POST', '/api/v3/order', {
    symbol, side: 'BUY', newClientOrderId: clientId(), newOrderRespType: 'FULL', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.002', price: at(10),
  });
  same('entered', entry.status, 'FILLED');
  purse.filled(entry);
  const stop = await freqtrade('POST', '/api/v3/order', {
    symbol, side: 'SELL', newClientOrderId: clientId(), newOrderRespType: 'FULL', type: 'STOP_LOSS_LIMIT', quantity: '0.00199', price: at(-51), stopPrice: at(-50), timeInForce: 'GTC',
  });
  same('it waits', (await freqtrade('GET', '/api/v3/order', { symbol, orderId: stop.orderId })).status, 'NEW');
  that('its trades', (await freqtrade('GET', '/api/v3/myTrades', { symbol, startTime: Date.now() - 86_400_000 })).some((one) => one.orderId === entry.orderId));
  same('cancelled', (await freqtrade('DELETE', '/api/v3/order', { symbol, orderId: stop.orderId })).status, 'CANCELED');
  that('all', (await freqtrade('GET', '/api/v3/allOrders', { symbol, startTime: Date.now() - 3_600_000 })).length >= 6);
  purse.filled(await freqtrade('POST', '/api/v3/order', { symbol, side: 'SELL', newClientOrderId: clientId(), newOrderRespType: 'FULL', type: 'MARKET', quantity: '0.00199' }));
  return purse.agrees(await balances());
});
await step('at the end the account is what its fills say', async () => purse.agrees(await balances()));
finish();
