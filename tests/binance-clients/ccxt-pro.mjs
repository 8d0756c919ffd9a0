// ccxt.pro: streams, user data over the WebSocket API, and orders over WebSocket.
import ccxt from 'ccxt';
import { connect } from './connect/ccxt.mjs';
import { exact, near, plain, Purse } from './amounts.mjs';
import { checkBook } from './shapes.mjs';
import { finish, given, Heard, refused, same, step, that, until } from './steps.mjs';

const symbol = 'BTC/USDT';
const exchange = await connect(given.url, given.key, given.secret, { fetchCurrencies: false, fetchMargins: false });
const balances = async () => (await exchange.fetchBalance()).info.balances;
let price;
let purse;
const at = (perMille) => Number(near(price, perMille));

/** Keeps calling a watch method and hears what it gives, until the run ends. */
function follow(heard, watch) {
  let live = true;
  const run = async () => {
    while (live) heard.hear(structuredClone(await watch()));
  };
  run().catch((error) => live && heard.hear({ error: String(error) }));
  return () => {
    live = false;
  };
}

await step('load markets and balance', async () => {
  await exchange.loadMarkets();
  price = (await exchange.fetchTicker(symbol)).last;
  purse = new Purse(await balances());
  return `${exchange.symbols.length} symbols`;
});
await step('watchTicker', async () => {
  const ticker = await exchange.watchTicker(symbol);
  that('a price', ticker.last > 0 && ticker.high >= ticker.low, ticker.last);
  return ticker.last;
});
await step('watchTickers', async () => {
  const tickers = await exchange.watchTickers([symbol, 'ETH/USDT']);
  that('a price', Object.values(tickers).every((ticker) => ticker.last > 0), Object.keys(tickers));
});
await step('watchBidsAsks', async () => {
  const quote = (await exchange.watchBidsAsks([symbol]))[symbol];
  that('bid below ask', quote.bid < quote.ask, quote);
});
await step('watchTrades', async () => {
  let last = 0;
  for (let count = 0; count < 3; count++) {
    const trades = await exchange.watchTrades(symbol);
    that('ids rise', Number(trades[0].id) > last, [last, trades[0].id]);
    last = Number(trades.at(-1).id);
    that('price and amount', trades.every((trade) => trade.price > 0 && trade.amount > 0), trades);
  }
  return `to ${last}`;
});
await step('watchOHLCV', async () => {
  const candles = await exchange.watchOHLCV(symbol, '1m');
  const candle = candles.at(-1);
  that('high and low enclose', candle[2] >= candle[4] && candle[3] <= candle[4], candle);
  same('a whole minute', candle[0] % 60_000, 0);
});
await step('watchOrderBook agrees with REST', async () => {
  const local = new Map();
  const stop = follow({ hear: (book) => book.nonce && local.set(book.nonce, book) }, async () => {
    const book = await exchange.watchOrderBook(symbol);
    return { nonce: book.nonce, bids: book.bids.slice(0, 10), asks: book.asks.slice(0, 10) };
  });
  await until('the first book', () => local.size, (size) => size > 0);
  let compared = 0;
  for (let tries = 0; tries < 12 && compared < 3; tries++) {
    const rest = await exchange.fetchOrderBook(symbol, 10);
    await until('as new a book', () => Math.max(...local.keys()), (nonce) => nonce >= rest.nonce);
    const own = local.get(rest.nonce);
    if (own === undefined) continue;
    same(`bids at ${rest.nonce}`, JSON.stringify(own.bids), JSON.stringify(rest.bids));
    same(`asks at ${rest.nonce}`, JSON.stringify(own.asks), JSON.stringify(rest.asks));
    compared++;
  }
  stop();
  const book = exchange.orderbooks[symbol];
  return `${checkBook(book.bids, book.asks)}, ${local.size} books, ${compared} compared level by level`;
});
await step('unwatch', async () => {
  await exchange.unWatchTrades(symbol);
  await exchange.unWatchOHLCV(symbol, '1m');
});

const reports = new Heard();
const money = new Heard();
const fills = new Heard();
await step('user data over the WebSocket API', async () => {
  follow({ hear: (orders) => orders.error ? reports.hear(orders) : orders.forEach(reports.hear) }, () => exchange.watchOrders(symbol));
  follow(money, () => exchange.watchBalance());
  follow({ hear: (trades) => trades.error ? fills.hear(trades) : trades.forEach(fills.hear) }, () => exchange.watchMyTrades(symbol));
  const sockets = () => Object.values(exchange.clients).find((client) => client.url.endsWith('/ws-api/v3'));
  await until('the subscription', () => sockets()?.subscriptions ?? {}, (all) => all.spot !== undefined);
});
await step('a market buy by REST is heard', async () => {
  const order = await exchange.createOrder(symbol, 'market', 'buy', 0.01);
  purse.filled(order.info);
  const end = await reports.first('the filled report', (one) => one.id === order.id && one.status === 'closed');
  same('filled', end.filled, 0.01);
  that('its client id', end.clientOrderId === order.clientOrderId, end.clientOrderId);
  const own = () => fills.all.filter((trade) => trade.order === order.id);
  await until('every fill', own, (trades) => trades.length >= order.info.fills.length);
  same('they are its fills', plain(own().reduce((sum, trade) => sum + exact(trade.info.l), 0n)), plain(exact(order.info.executedQty)));
  const total = plain(purse.sum('BTC'));
  await money.first('the balance', (balance) => balance.BTC?.total === Number(total));
  return `BTC ${total}`;
});
await step('createOrderWs: market', async () => {
  const order = await exchange.createOrderWs(symbol, 'market', 'buy', 0.005);
  same('status', order.status, 'closed');
  const note = purse.filled(order.info);
  await reports.first('its report', (one) => one.id === order.id && one.status === 'closed');
  purse.agrees(await balances());
  return note;
});
await step('createOrderWs: limit, fetchOrderWs, cancelOrderWs', async () => {
  const order = await exchange.createOrderWs(symbol, 'limit', 'buy', 0.002, at(-40));
  same('status', order.status, 'open');
  same('it reads', (await exchange.fetchOrderWs(order.id, symbol)).status, 'open');
  that('it is open', (await exchange.fetchOpenOrdersWs(symbol)).some((one) => one.id === order.id), order.id);
  const ended = await exchange.cancelOrderWs(order.id, symbol);
  same('cancelled', ended.status, 'canceled');
  const heard = await reports.first('the cancelled report', (one) => one.id === order.id && one.status === 'canceled');
  same('the order it was', heard.info.C, order.clientOrderId);
  return purse.agrees(await balances());
});
await step('createOrderWs: stop-loss-limit and post-only', async () => {
  const stop = await exchange.createOrderWs(symbol, 'limit', 'sell', 0.002, at(-41), { stopLossPrice: at(-40) });
  same('type', stop.info.type ?? (await exchange.fetchOrderWs(stop.id, symbol)).info.type, 'STOP_LOSS_LIMIT');
  const maker = await exchange.createOrderWs(symbol, 'limit', 'buy', 0.002, at(-30), { postOnly: true });
  same('type', maker.info.type ?? (await exchange.fetchOrderWs(maker.id, symbol)).info.type, 'LIMIT_MAKER');
  await refused(() => exchange.createOrderWs(symbol, 'limit', 'buy', 0.002, at(20), { postOnly: true }), (error) => error instanceof ccxt.OrderImmediatelyFillable);
});
await step('cancelAllOrdersWs', async () => {
  const ended = await exchange.cancelAllOrdersWs(symbol);
  same('ended', ended.length, 2);
  same('open', (await exchange.fetchOpenOrdersWs(symbol)).length, 0);
  return purse.agrees(await balances());
});
await step('editOrderWs', async () => {
  const first = await exchange.createOrderWs(symbol, 'limit', 'buy', 0.001, at(-40));
  const second = await exchange.editOrderWs(first.id, symbol, 'limit', 'buy', 0.0015, at(-45));
  that('another order', second.id !== first.id, second.id);
  same('the first', (await exchange.fetchOrderWs(first.id, symbol)).status, 'canceled');
  await exchange.cancelOrderWs(second.id, symbol);
});
await step('fetchBalanceWs, fetchMyTradesWs, fetchOrdersWs', async () => {
  // Its own reading of a spot account is empty (it looks for another market's fields): what came is what counts.
  const note = purse.agrees((await exchange.fetchBalanceWs()).info.balances);
  const trades = await exchange.fetchMyTradesWs(symbol);
  that('the fills', trades.length >= 2, trades.length);
  that('the orders', (await exchange.fetchOrdersWs(symbol)).length >= 6);
  return note;
});
await step('fetchOHLCVWs, fetchTradesWs', async () => {
  same('candles', (await exchange.fetchOHLCVWs(symbol, '1m', undefined, 5)).length, 5);
  that('trades', (await exchange.fetchTradesWs(symbol, undefined, 10)).length > 0);
});
await step('refused over WebSocket: not enough money, no such order', async () => {
  await refused(() => exchange.createOrderWs(symbol, 'limit', 'buy', 10, at(-40)), (error) => error instanceof ccxt.InsufficientFunds);
  await refused(() => exchange.fetchOrderWs('999999999999', symbol), (error) => error instanceof ccxt.OrderNotFound);
});
if (given.edKey) {
  await step('Ed25519 over WebSocket', async () => {
    const other = await connect(given.url, given.edKey, given.edSecret, { fetchCurrencies: false, fetchMargins: false });
    that('there is an account', (await other.fetchBalanceWs()).info.balances.length > 0);
    await other.close();
  });
}
await step('at the end the account is what its fills say', async () => purse.agrees(await balances()));
await step('close', () => exchange.close());
finish();
