// ccxt over REST: everything a bot does with it, freqtrade's calls among them.
import ccxt from 'ccxt';
import { connect } from './connect/ccxt.mjs';
import { exact, near, plain, Purse } from './amounts.mjs';
import { checkBook, checkDay, checkInfo, checkKlines, checkTrades } from './shapes.mjs';
import { finish, given, refused, same, step, that, until } from './steps.mjs';

const symbol = 'BTC/USDT';
const exchange = await connect(given.url, given.key, given.secret, { warnOnFetchOpenOrdersWithoutSymbol: false });
let purse;
let price;
const orders = [];

const balances = async () => (await exchange.fetchBalance()).info.balances;
const price1 = (perMille) => Number(near(price, perMille));
const amountOf = (order) => order.info.executedQty;

/** Places, checks what every order must show, and remembers it. */
async function place(type, side, amount, limit, params = {}) {
  const order = await exchange.createOrder(symbol, type, side, amount, limit, params);
  orders.push(order.id);
  same('side', order.side, side);
  same('symbol', order.symbol, symbol);
  that('an id', /^\d+$/.test(order.id), order.id);
  that('a client id', typeof order.clientOrderId === 'string' && order.clientOrderId.length > 0, order.clientOrderId);
  return order;
}

/** Rests, is found, is held, is cancelled, is held no longer. */
async function rests(type, side, amount, limit, params, wire) {
  const order = await place(type, side, amount, limit, params);
  same('status', order.status, 'open');
  same('type of the wire', order.info.type, wire.type);
  same('filled', order.filled, 0);
  const read = await exchange.fetchOrder(order.id, symbol);
  same('it reads', read.status, 'open');
  same('its type', read.info.type, wire.type);
  same('its price', Number(read.price ?? 0), limit ?? 0);
  same('its trigger', read.triggerPrice, wire.stop);
  same('its amount', read.amount, amount);
  that('it is open', (await exchange.fetchOpenOrders(symbol)).some((one) => one.id === order.id), order.id);
  const held = side === 'buy' ? { USDT: plain(exact(String(limit)) * exact(String(amount)) / 10n ** 18n) } : { BTC: String(amount) };
  if (wire.held !== false) purse.agrees(await balances(), held);
  const cancelled = await exchange.cancelOrder(order.id, symbol);
  same('cancelled', cancelled.status, 'canceled');
  same('it reads', (await exchange.fetchOrder(order.id, symbol)).status, 'canceled');
  return purse.agrees(await balances());
}

await step('load markets, default with keys', async () => {
  const whole = await connect(given.url, given.key, given.secret, { fetchMarkets: { types: ['spot', 'linear', 'inverse'] } });
  await whole.loadMarkets();
  same('spot', whole.market(symbol).spot, true);
  that('coins are known', whole.currencies.BTC !== undefined && whole.currencies.USDT !== undefined);
  that('coins came from the server', (await whole.fetchCurrencies()).BTC !== undefined);
  return `${whole.symbols.length} symbols`;
});
await step('load markets, spot only', async () => {
  const bare = await connect(given.url, given.key, given.secret, { fetchCurrencies: false, fetchMargins: false });
  await bare.loadMarkets();
  return `${bare.symbols.length} symbols`;
});
await step('load markets', async () => {
  await exchange.loadMarkets();
  const market = exchange.market(symbol);
  that('grids', market.precision.price > 0 && market.precision.amount > 0 && market.limits.cost.min > 0, market.precision);
  return checkInfo(await exchange.publicGetExchangeInfo());
});
await step('time and status', async () => {
  that('the clock', Math.abs((await exchange.fetchTime()) - Date.now()) < 60_000);
  same('status', (await exchange.fetchStatus()).status, 'ok');
});
await step('balance', async () => {
  const balance = await exchange.fetchBalance();
  that('there is money', balance.USDT.free > 0 && balance.USDT.used === 0, balance.USDT);
  that('the key may trade', balance.info.canTrade === true, balance.info.canTrade);
  purse = new Purse(balance.info.balances);
  return purse.agrees(balance.info.balances);
});
await step('ticker', async () => {
  const ticker = await exchange.fetchTicker(symbol);
  price = ticker.last;
  that('bid below ask', ticker.bid < ticker.ask, [ticker.bid, ticker.ask]);
  return checkDay(ticker.info);
});
await step('tickers: all, some, best quotes, last prices', async () => {
  const all = await exchange.fetchTickers();
  that('all pairs', Object.keys(all).length === exchange.symbols.length, Object.keys(all).length);
  same('two', Object.keys(await exchange.fetchTickers([symbol, 'ETH/USDT'])).length, 2);
  const quote = (await exchange.fetchBidsAsks([symbol]))[symbol];
  that('bid below ask', quote.bid < quote.ask, quote);
  that('last price', (await exchange.fetchLastPrices([symbol]))[symbol].price > 0);
  return `${Object.keys(all).length} tickers`;
});
await step('klines', async () => {
  const rows = await exchange.publicGetKlines({ symbol: 'BTCUSDT', interval: '1m', limit: 5 });
  checkKlines(rows.map((row) => row.map((cell, at) => ([0, 6, 8].includes(at) ? Number(cell) : cell))), 60_000, 5);
  const candles = await exchange.fetchOHLCV(symbol, '5m', undefined, 1000);
  that('in steps', candles.every((row, at) => at === 0 || row[0] - candles[at - 1][0] === 300_000), candles.length);
  const since = candles[0][0];
  const again = await exchange.fetchOHLCV(symbol, '5m', since, 3);
  same('from since', again[0][0], since);
  same('the same candle', again[0].join(), candles[0].join());
  return `${candles.length} candles`;
});
await step('trades', async () => {
  const trades = await exchange.fetchTrades(symbol, undefined, 50);
  return checkTrades(trades, (trade) => trade.id, (trade) => trade.price, (trade) => trade.amount);
});
await step('order book', async () => {
  for (const limit of [5, 10, 20, 50, 100, 500, 1000]) {
    const book = await exchange.fetchOrderBook(symbol, limit);
    checkBook(book.bids, book.asks, limit);
    that('a nonce', book.nonce > 0, book.nonce);
  }
});
await step('market buy by quantity', async () => {
  const order = await place('market', 'buy', 0.01);
  same('status', order.status, 'closed');
  same('filled', order.filled, 0.01);
  same('rest', order.remaining, 0);
  that('average', Math.abs(order.average - order.cost / order.filled) < 0.01, order.average);
  const note = purse.filled(order.info);
  purse.agrees(await balances());
  same('its trades', order.trades.length, order.info.fills.length);
  return note;
});
await step('market buy by cost', async () => {
  const order = await exchange.createMarketBuyOrderWithCost(symbol, 250);
  orders.push(order.id);
  same('status', order.status, 'closed');
  that('not dearer than asked', order.cost <= 250 && order.cost > 248, order.cost);
  const note = purse.filled(order.info);
  purse.agrees(await balances());
  return note;
});
await step('market sell', async () => {
  const order = await place('market', 'sell', 0.004);
  same('status', order.status, 'closed');
  const note = purse.filled(order.info);
  purse.agrees(await balances());
  return note;
});
await step('limit, rests', () => rests('limit', 'buy', 0.002, price1(-40), {}, { type: 'LIMIT' }));
await step('limit, takes', async () => {
  const order = await place('limit', 'buy', 0.002, price1(20));
  same('status', order.status, 'closed');
  that('not above its limit', order.average <= price1(20), order.average);
  const note = purse.filled(order.info);
  purse.agrees(await balances());
  return note;
});
await step('stop-loss-limit', () =>
  rests('limit', 'sell', 0.002, price1(-41), { stopLossPrice: price1(-40) }, { type: 'STOP_LOSS_LIMIT', stop: price1(-40) }));
await step('stop-loss-limit as freqtrade asks', () =>
  rests('stop_loss_limit', 'sell', 0.002, price1(-51), { stopPrice: price1(-50) }, { type: 'STOP_LOSS_LIMIT', stop: price1(-50) }));
await step('stop-loss', () => rests('market', 'sell', 0.002, undefined, { stopLossPrice: price1(-40) }, { type: 'STOP_LOSS', stop: price1(-40) }));
await step('take-profit-limit', () =>
  rests('limit', 'sell', 0.002, price1(40), { takeProfitPrice: price1(41) }, { type: 'TAKE_PROFIT_LIMIT', stop: price1(41) }));
await step('take-profit', () =>
  rests('market', 'sell', 0.002, undefined, { takeProfitPrice: price1(40) }, { type: 'TAKE_PROFIT', stop: price1(40) }));
await step('trailing stop', async () => {
  const order = await place('market', 'sell', 0.002, undefined, { trailingPercent: 4, stopLossOrTakeProfit: 'stopLoss' });
  same('type', order.info.type, 'STOP_LOSS');
  same('trailing', String(order.info.trailingDelta ?? (await exchange.fetchOrder(order.id, symbol)).info.trailingDelta), '400');
  same('cancelled', (await exchange.cancelOrder(order.id, symbol)).status, 'canceled');
});
await step('post-only, rests', () => rests('limit', 'buy', 0.002, price1(-30), { postOnly: true }, { type: 'LIMIT_MAKER' }));
await step('post-only, would take', () =>
  refused(() => place('limit', 'buy', 0.002, price1(20), { postOnly: true }), (error) => error instanceof ccxt.OrderImmediatelyFillable));
await step('immediate or cancel', async () => {
  const missed = await place('limit', 'buy', 0.002, price1(-30), { timeInForce: 'IOC' });
  that('nothing filled', missed.filled === 0 && ['expired', 'canceled'].includes(missed.status), missed.status);
  const filled = await place('limit', 'buy', 0.002, price1(20), { timeInForce: 'IOC' });
  same('filled', filled.status, 'closed');
  purse.filled(filled.info);
  return purse.agrees(await balances());
});
await step('fill or kill', async () => {
  const order = await place('limit', 'sell', 0.002, price1(-20), { timeInForce: 'FOK' });
  same('filled', order.status, 'closed');
  purse.filled(order.info);
  return purse.agrees(await balances());
});
await step('OCO', async () => {
  const list = await exchange.privatePostOrderListOco({
    symbol: 'BTCUSDT', side: 'SELL', quantity: '0.00200',
    aboveType: 'LIMIT_MAKER', abovePrice: near(price, 40),
    belowType: 'STOP_LOSS_LIMIT', belowStopPrice: near(price, -40), belowPrice: near(price, -41), belowTimeInForce: 'GTC',
  });
  same('kind', list.contingencyType, 'OCO');
  same('state', `${list.listStatusType} ${list.listOrderStatus}`, 'EXEC_STARTED EXECUTING');
  same('orders', `${list.orders.length} ${list.orderReports.length}`, '2 2');
  const open = await exchange.fetchOpenOrders(symbol);
  same('open', open.length, 2);
  that('of one list', open.every((order) => String(order.info.orderListId) === String(list.orderListId)), open.map((order) => order.info));
  purse.agrees(await balances(), { BTC: '0.002' });
  const read = await exchange.privateGetOrderList({ orderListId: list.orderListId });
  same('it reads', read.listOrderStatus, 'EXECUTING');
  const ended = await exchange.privateDeleteOrderList({ symbol: 'BTCUSDT', orderListId: list.orderListId });
  same('it ends', `${ended.listStatusType} ${ended.listOrderStatus}`, 'ALL_DONE ALL_DONE');
  same('open', (await exchange.fetchOpenOrders(symbol)).length, 0);
  return purse.agrees(await balances());
});
await step('cancel all', async () => {
  await place('limit', 'buy', 0.001, price1(-40));
  await place('limit', 'buy', 0.001, price1(-50));
  await place('limit', 'sell', 0.001, price1(50));
  const ended = await exchange.cancelAllOrders(symbol);
  same('ended', ended.length, 3);
  that('cancelled', ended.every((order) => order.status === 'canceled'), ended.map((order) => order.status));
  same('open', (await exchange.fetchOpenOrders()).length, 0);
  return purse.agrees(await balances());
});
await step('replace', async () => {
  const first = await place('limit', 'buy', 0.001, price1(-40));
  const second = await exchange.editOrder(first.id, symbol, 'limit', 'buy', 0.0015, price1(-45));
  orders.push(second.id);
  that('another order', second.id !== first.id, second.id);
  same('the first', (await exchange.fetchOrder(first.id, symbol)).status, 'canceled');
  const read = await exchange.fetchOrder(second.id, symbol);
  same('the second', `${read.status} ${read.amount} ${read.price}`, `open 0.0015 ${price1(-45)}`);
  await exchange.cancelOrder(second.id, symbol);
});
await step('test order', async () => {
  await exchange.createOrder(symbol, 'limit', 'buy', 0.001, price1(-40), { test: true });
  same('open', (await exchange.fetchOpenOrders(symbol)).length, 0);
});
await step('orders: all, closed, cancelled', async () => {
  const all = await exchange.fetchOrders(symbol);
  const known = new Set(all.map((order) => order.id));
  that('every order placed', orders.every((id) => known.has(id)), orders.filter((id) => !known.has(id)));
  const closed = await exchange.fetchClosedOrders(symbol);
  that('closed ones are filled', closed.length >= 6 && closed.every((order) => order.status === 'closed'), closed.map((order) => order.status));
  const cancelled = await exchange.fetchCanceledOrders(symbol);
  that('cancelled ones', cancelled.length >= 8 && cancelled.every((order) => order.status === 'canceled'), cancelled.length);
  const since = all[3].timestamp;
  that('since', (await exchange.fetchOrders(symbol, since)).every((order) => order.timestamp >= since), since);
  return `${all.length} orders, ${closed.length} closed`;
});
await step('my trades', async () => {
  const trades = await exchange.fetchMyTrades(symbol);
  const sum = (side) => trades.filter((trade) => trade.side === side).reduce((total, trade) => total + exact(trade.info.qty), 0n);
  const fees = trades.filter((trade) => trade.fee.currency === 'BTC').reduce((total, trade) => total + exact(trade.info.commission), 0n);
  same('bought less sold less fees', plain(sum('buy') - sum('sell') - fees), plain(purse.sum('BTC')));
  const one = trades.at(-1);
  const own = await exchange.fetchOrderTrades(one.order, symbol);
  that('of one order', own.length > 0 && own.every((trade) => trade.order === one.order), own.map((trade) => trade.order));
  const order = await exchange.fetchOrder(one.order, symbol);
  same('they are its fills', plain(own.reduce((total, trade) => total + exact(trade.info.qty), 0n)), plain(exact(amountOf(order))));
  that('since', (await exchange.fetchMyTrades(symbol, one.timestamp)).every((trade) => trade.timestamp >= one.timestamp));
  return `${trades.length} trades`;
});
await step('fees', async () => {
  const own = await exchange.fetchTradingFee(symbol);
  same('maker and taker', `${own.maker} ${own.taker}`, '0.001 0.001');
  that('of all pairs', Object.keys(await exchange.fetchTradingFees()).length === exchange.symbols.length);
  const rates = await exchange.privateGetAccountCommission({ symbol: 'BTCUSDT' });
  same('commission', Number(rates.standardCommission.taker), 0.001);
});
await step('order limits', async () => {
  const limits = await exchange.privateGetRateLimitOrder();
  that('counted', limits.every((limit) => limit.rateLimitType === 'ORDERS') && Number(limits.at(-1).count) > 0, limits);
});
await step('refused: not enough money', () =>
  refused(() => exchange.createOrder(symbol, 'limit', 'buy', 10, price1(-40)), (error) => error instanceof ccxt.InsufficientFunds));
await step('refused: off the grid, too precise', async () => {
  const buy = (quantity) => () => exchange.privatePostOrder({ symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity, price: near(price, -40) });
  await refused(buy('0.0010001'), (error) => error instanceof ccxt.InvalidOrder && /LOT_SIZE/.test(error.message));
  await refused(buy('0.0010000001'), (error) => error instanceof ccxt.BadRequest && /-1111/.test(error.message));
});
await step('refused: too little', () =>
  refused(() => exchange.privatePostOrder({ symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.00001', price: near(price, -40) }),
    (error) => error instanceof ccxt.BadRequest && /-1013.*NOTIONAL/.test(error.message)));
await step('refused: no such order', async () => {
  await refused(() => exchange.fetchOrder('999999999999', symbol), (error) => error instanceof ccxt.OrderNotFound);
  await refused(() => exchange.cancelOrder('999999999999', symbol), (error) => error instanceof ccxt.OrderNotFound);
});
await step('refused: no such pair', () =>
  refused(() => exchange.publicGetTicker24hr({ symbol: 'NOPEUSDT' }), (error) => error instanceof ccxt.BadSymbol));
await step('refused: an old timestamp', () =>
  refused(() => exchange.privateGetAccount({ timestamp: Date.now() - 70_000 }), (error) => error instanceof ccxt.InvalidNonce));
await step('refused: a wrong secret, an unknown key', async () => {
  const wrong = await connect(given.url, given.key, `${given.secret}x`);
  await refused(() => wrong.fetchBalance(), (error) => error instanceof ccxt.AuthenticationError && /-1022/.test(error.message));
  const unknown = await connect(given.url, `${given.key.slice(0, -2)}zz`, given.secret);
  await refused(() => unknown.fetchBalance(), (error) => error instanceof ccxt.AuthenticationError && /-2015/.test(error.message));
});
if (given.edKey) {
  await step('signed with Ed25519', async () => {
    const other = await connect(given.url, given.edKey, given.edSecret);
    const balance = await other.fetchBalance();
    that('there is an account', balance.USDT.total > 0, balance.USDT);
    await other.createOrder(symbol, 'limit', 'buy', 0.001, price1(-40), { test: true });
  });
}
await step('at the end the account is what its fills say', () =>
  until('agreement', balances, () => true).then((all) => purse.agrees(all)));
finish();
