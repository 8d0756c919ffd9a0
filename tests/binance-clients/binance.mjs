// The npm package `binance`, REST. Its getServerTime() is left out: it ignores the base URL and asks Binance itself.
import { connect } from './connect/binance.mjs';
import { exact, near, plain, Purse, times, wire } from './amounts.mjs';
import { checkBook, checkDay, checkInfo, checkKlines, checkTrades, pair } from './shapes.mjs';
import { finish, given, refused, same, step, that } from './steps.mjs';

const { rest } = connect(given.url, given.key, given.secret);
const symbol = pair;
let purse;
let price;
const placed = [];

const balances = async () => (await rest.getAccountInformation()).balances;
const code = (wanted) => (error) => Number(error.code) === wanted;
const at = (perMille) => near(price, perMille);

async function place(fields) {
  const order = await rest.submitNewOrder({ symbol, newOrderRespType: 'FULL', ...fields });
  placed.push(order.orderId);
  same('orderId is a number', typeof order.orderId, 'number');
  same('symbol', order.symbol, symbol);
  same('no list', order.orderListId, -1);
  that('the client id that was sent', order.clientOrderId.startsWith('x-U5D79M5B'), order.clientOrderId);
  for (const name of ['price', 'origQty', 'executedQty', 'cummulativeQuoteQty']) wire(name, order[name]);
  return order;
}

async function rests(fields, held) {
  const order = await place(fields);
  same('status', order.status, 'NEW');
  const read = await rest.getOrder({ symbol, orderId: order.orderId });
  same('it reads', `${read.type} ${read.side} ${read.status}`, `${fields.type} ${fields.side} NEW`);
  same('its trigger', plain(exact(read.stopPrice)), plain(exact(fields.stopPrice ?? '0')));
  same('by its client id', (await rest.getOrder({ symbol, origClientOrderId: order.clientOrderId })).orderId, order.orderId);
  that('it is open', (await rest.getOpenOrders({ symbol })).some((one) => one.orderId === order.orderId));
  purse.agrees(await balances(), held);
  const ended = await rest.cancelOrder({ symbol, orderId: order.orderId });
  same('cancelled', ended.status, 'CANCELED');
  same('the order it was', ended.origClientOrderId, order.clientOrderId);
  return purse.agrees(await balances());
}

async function takes(fields, status = 'FILLED') {
  const order = await place(fields);
  same('status', order.status, status);
  const note = purse.filled(order);
  purse.agrees(await balances());
  return note;
}

await step('ping and exchangeInfo', async () => {
  await rest.testConnectivity();
  return checkInfo(await rest.getExchangeInfo());
});
await step('exchangeInfo of one and of some', async () => {
  same('one', (await rest.getExchangeInfo({ symbol })).symbols.length, 1);
  same('two', (await rest.getExchangeInfo({ symbols: [symbol, 'ETHUSDT'] })).symbols.length, 2);
});
await step('balance', async () => {
  const account = await rest.getAccountInformation();
  same('type', account.accountType, 'SPOT');
  same('may trade', account.canTrade, true);
  purse = new Purse(account.balances);
  that('there is money', purse.sum('USDT') > 0n, account.balances);
  const coins = await rest.getBalances();
  const coin = coins.find((one) => one.coin === 'USDT');
  same('coins say the same', plain(exact(String(coin.free))), plain(purse.sum('USDT')));
  return purse.agrees(account.balances);
});
await step('ticker: day, price, book, average, window', async () => {
  const day = await rest.get24hrChangeStatistics({ symbol });
  price = day.lastPrice;
  checkDay(day);
  that('all days', (await rest.get24hrChangeStatistics()).length > 1);
  same('one price', (await rest.getSymbolPriceTicker({ symbol })).symbol, symbol);
  that('all prices', (await rest.getSymbolPriceTicker()).length > 1);
  const quote = await rest.getSymbolOrderBookTicker({ symbol });
  that('bid below ask', Number(quote.bidPrice) < Number(quote.askPrice), quote);
  that('all quotes', (await rest.getSymbolOrderBookTicker()).length > 1);
  const average = await rest.getAvgPrice({ symbol });
  that('an average', average.mins > 0 && Number(average.price) > 0, average);
  that('trading day', Number((await rest.getTradingDayTicker({ symbol })).lastPrice) > 0);
  const window = await rest.getRollingWindowTicker({ symbol, windowSize: '1h' });
  that('an hour', window.closeTime - window.openTime <= 3_661_000, window);
  return price;
});
await step('klines', async () => {
  checkKlines(await rest.getUIKlines({ symbol, interval: '1h', limit: 3 }), 3_600_000, 3);
  const rows = await rest.getKlines({ symbol, interval: '1m', limit: 500 });
  const part = await rest.getKlines({ symbol, interval: '1m', startTime: rows[10][0], endTime: rows[19][6] });
  same('between', part.length, 10);
  same('the same candle', part[0].join(), rows[10].join());
  return checkKlines(rows, 60_000, 500);
});
await step('trades', async () => {
  const recent = await rest.getRecentTrades({ symbol, limit: 20 });
  checkTrades(recent, (trade) => trade.id, (trade) => trade.price, (trade) => trade.qty);
  await rest.getHistoricalTrades({ symbol, limit: 5 });
  const together = await rest.getAggregateTrades({ symbol, limit: 20 });
  return checkTrades(together, (trade) => trade.a, (trade) => trade.p, (trade) => trade.q);
});
await step('order book', async () => {
  const book = await rest.getOrderBook({ symbol, limit: 100 });
  that('an id', book.lastUpdateId > 0, book.lastUpdateId);
  return checkBook(book.bids, book.asks, 100);
});
await step('market buy by quantity', () => takes({ side: 'BUY', type: 'MARKET', quantity: 0.01 }));
await step('market buy by cost', async () => {
  const order = await place({ side: 'BUY', type: 'MARKET', quoteOrderQty: 300 });
  same('status', order.status, 'FILLED');
  const cost = exact(order.cummulativeQuoteQty);
  that('as much as fits', cost <= exact('300') && cost > exact('298'), order.cummulativeQuoteQty);
  const note = purse.filled(order);
  purse.agrees(await balances());
  return note;
});
await step('market sell', () => takes({ side: 'SELL', type: 'MARKET', quantity: 0.004 }));
await step('market without an answer asked for', async () => {
  const order = await rest.submitNewOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 0.001 });
  placed.push(order.orderId);
  same('a market order answers in full', order.status, 'FILLED');
  purse.filled(order);
  const brief = await rest.submitNewOrder({ symbol, side: 'SELL', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.001, price: at(40), newOrderRespType: 'ACK' });
  placed.push(brief.orderId);
  same('an acknowledgement has no status', brief.status, undefined);
  await rest.cancelOrder({ symbol, orderId: brief.orderId });
  return purse.agrees(await balances());
});
await step('limit, rests', () =>
  rests({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.002, price: at(-40) }, { USDT: plain(times(exact(at(-40)), exact('0.002'))) }));
await step('limit, takes', () => takes({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.002, price: at(20) }));
await step('stop-loss-limit', () =>
  rests({ side: 'SELL', type: 'STOP_LOSS_LIMIT', timeInForce: 'GTC', quantity: 0.002, price: at(-41), stopPrice: at(-40) }, { BTC: '0.002' }));
await step('stop-loss', () => rests({ side: 'SELL', type: 'STOP_LOSS', quantity: 0.002, stopPrice: at(-40) }, { BTC: '0.002' }));
await step('take-profit-limit', () =>
  rests({ side: 'SELL', type: 'TAKE_PROFIT_LIMIT', timeInForce: 'GTC', quantity: 0.002, price: at(40), stopPrice: at(41) }, { BTC: '0.002' }));
await step('take-profit', () => rests({ side: 'SELL', type: 'TAKE_PROFIT', quantity: 0.002, stopPrice: at(40) }, { BTC: '0.002' }));
await step('post-only', async () => {
  await refused(() => place({ side: 'BUY', type: 'LIMIT_MAKER', quantity: 0.002, price: at(20) }), code(-2010));
  return rests({ side: 'SELL', type: 'LIMIT_MAKER', quantity: 0.002, price: at(40) }, { BTC: '0.002' });
});
await step('immediate or cancel, fill or kill', async () => {
  const missed = await place({ side: 'BUY', type: 'LIMIT', timeInForce: 'IOC', quantity: 0.002, price: at(-40) });
  same('nothing filled', `${missed.status} ${missed.executedQty}`, 'EXPIRED 0.00000000');
  await takes({ side: 'BUY', type: 'LIMIT', timeInForce: 'IOC', quantity: 0.002, price: at(20) });
  return takes({ side: 'SELL', type: 'LIMIT', timeInForce: 'FOK', quantity: 0.002, price: at(-20) });
});
await step('OCO', async () => {
  const list = await rest.submitNewOrderList({
    symbol, side: 'SELL', quantity: 0.002, aboveType: 'LIMIT_MAKER', abovePrice: at(40),
    belowType: 'STOP_LOSS_LIMIT', belowStopPrice: at(-40), belowPrice: at(-41), belowTimeInForce: 'GTC',
  });
  same('state', `${list.contingencyType} ${list.listStatusType} ${list.listOrderStatus}`, 'OCO EXEC_STARTED EXECUTING');
  same('both report', list.orderReports.map((one) => one.type).sort().join(), 'LIMIT_MAKER,STOP_LOSS_LIMIT');
  purse.agrees(await balances(), { BTC: '0.002' });
  same('it reads', (await rest.getOCO({ orderListId: list.orderListId })).listOrderStatus, 'EXECUTING');
  that('it is open', (await rest.getAllOpenOCO()).some((one) => one.orderListId === list.orderListId));
  const ended = await rest.cancelOCO({ symbol, orderListId: list.orderListId });
  same('it ends', `${ended.listStatusType} ${ended.listOrderStatus}`, 'ALL_DONE ALL_DONE');
  that('it is known', (await rest.getAllOCO()).some((one) => one.orderListId === list.orderListId));
  return purse.agrees(await balances());
});
await step('OCO, by the older call', async () => {
  const list = await rest.submitNewOCO({
    symbol, side: 'SELL', quantity: 0.002, price: at(40), stopPrice: at(-40), stopLimitPrice: at(-41), stopLimitTimeInForce: 'GTC',
  });
  same('state', `${list.contingencyType} ${list.listOrderStatus}`, 'OCO EXECUTING');
  purse.agrees(await balances(), { BTC: '0.002' });
  same('all end', (await rest.cancelAllSymbolOrders({ symbol })).length, 1);
  return purse.agrees(await balances());
});
await step('cancel all', async () => {
  for (const perMille of [-40, -50]) await place({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.001, price: at(perMille) });
  const ended = await rest.cancelAllSymbolOrders({ symbol });
  same('ended', ended.map((one) => one.status).join(), 'CANCELED,CANCELED');
  same('open', (await rest.getOpenOrders()).length, 0);
  return purse.agrees(await balances());
});
await step('replace', async () => {
  const first = await place({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.001, price: at(-40) });
  const answer = await rest.replaceOrder({
    symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.0015, price: at(-45), cancelReplaceMode: 'STOP_ON_FAILURE', cancelOrderId: first.orderId,
  });
  same('both', `${answer.cancelResult} ${answer.newOrderResult}`, 'SUCCESS SUCCESS');
  same('the first', answer.cancelResponse.status, 'CANCELED');
  placed.push(answer.newOrderResponse.orderId);
  same('the second', (await rest.cancelOrder({ symbol, orderId: answer.newOrderResponse.orderId })).status, 'CANCELED');
  return purse.agrees(await balances());
});
await step('test order', async () => {
  await rest.testNewOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 0.001 });
  same('open', (await rest.getOpenOrders({ symbol })).length, 0);
});
await step('all orders and my trades', async () => {
  const known = new Set((await rest.getAllOrders({ symbol })).map((one) => one.orderId));
  that('every order placed', placed.every((id) => known.has(id)), placed.filter((id) => !known.has(id)));
  const trades = await rest.getAccountTradeList({ symbol });
  const sum = (of) => plain(trades.reduce((total, trade) => total + of(trade), 0n));
  const base = (trade) => (trade.isBuyer ? exact(trade.qty) : -exact(trade.qty)) - (trade.commissionAsset === 'BTC' ? exact(trade.commission) : 0n);
  same('they are the balance', sum(base), plain(purse.sum('BTC')));
  trades.forEach((trade) => same('its cost', plain(exact(trade.quoteQty)), plain(times(exact(trade.price), exact(trade.qty)))));
  const [first, second] = trades;
  const from = await rest.getAccountTradeList({ symbol, fromId: second.id });
  that('from an id', from[0].id === second.id && from.every((trade) => trade.id !== first.id), from.map((trade) => trade.id));
  return `${known.size} orders, ${trades.length} trades`;
});
await step('fees, limits, permissions, status', async () => {
  const rates = await rest.getCommissionRates({ symbol });
  same('taker', Number(rates.standardCommission.taker), 0.001);
  same('trade fee', Number((await rest.getTradeFee({ symbol }))[0].makerCommission), 0.001);
  const counts = await rest.getOrderRateLimit();
  that('orders counted', counts.every((limit) => limit.limit > 0) && counts.find((limit) => limit.interval === 'DAY').count > 0, counts);
  same('may trade', (await rest.getApiKeyPermissions()).enableSpotAndMarginTrading, true);
  same('status', (await rest.getSystemStatus()).status, 0);
});
await step('refused as Binance refuses', async () => {
  await refused(() => rest.submitNewOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 50 }), code(-2010));
  await refused(() => rest.getOrder({ symbol, orderId: 999999999999 }), code(-2013));
  await refused(() => rest.cancelOrder({ symbol, orderId: 999999999999 }), code(-2011));
  await refused(() => rest.getOrderBook({ symbol: 'NOPEUSDT' }), code(-1121));
  await refused(() => rest.submitNewOrder({ symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.001, price: '61000.001' }), code(-1013));
  await refused(() => connect(given.url, given.key, 'wrong').rest.getAccountInformation(), code(-1022));
});
if (given.edKey) {
  await step('signed with Ed25519', async () => {
    const other = connect(given.url, given.edKey, given.edSecret).rest;
    that('there is an account', (await other.getAccountInformation()).balances.length > 0);
    await other.testNewOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 0.001 });
  });
}
await step('at the end the account is what its fills say', async () => purse.agrees(await balances()));
finish();
