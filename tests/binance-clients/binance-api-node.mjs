// The npm package `binance-api-node`: REST, one socket per stream, user data over the WebSocket API and by listen key.
import { connect } from './connect/binance-api-node.mjs';
import { exact, near, plain, Purse, times } from './amounts.mjs';
import { checkBook, checkDay, checkInfo, checkTrades, pair } from './shapes.mjs';
import { finish, given, Heard, pause, refused, same, step, that, until } from './steps.mjs';

const client = connect(given.url, given.key, given.secret);
const symbol = pair;
let price;
let purse;

const balances = async () => (await client.accountInfo()).balances;
const at = (perMille) => near(price, perMille);
const code = (wanted) => (error) => error.code === wanted;

async function place(fields) {
  const order = await client.order({ symbol, newOrderRespType: 'FULL', ...fields });
  that('the client id that was sent', order.clientOrderId.startsWith('x-TKT5PX2F'), order.clientOrderId);
  return order;
}

async function rests(fields, held) {
  const order = await place(fields);
  same('status', order.status, 'NEW');
  const read = await client.getOrder({ symbol, orderId: order.orderId });
  same('it reads', `${read.type} ${read.status} ${read.timeInForce}`, `${fields.type ?? 'LIMIT'} NEW GTC`);
  that('it is open', (await client.openOrders({ symbol })).some((one) => one.orderId === order.orderId));
  purse.agrees(await balances(), held);
  same('cancelled', (await client.cancelOrder({ symbol, orderId: order.orderId })).status, 'CANCELED');
  return purse.agrees(await balances());
}

/** Opens a stream, takes its first event, closes it. */
async function hear(name, open) {
  const heard = new Heard();
  const close = open(heard.hear);
  const event = await heard.first(name, () => true);
  close();
  return event;
}

await step('ping, time, exchangeInfo', async () => {
  same('ping', await client.ping(), true);
  that('the clock', Math.abs((await client.time()) - Date.now()) < 60_000);
  return checkInfo(await client.exchangeInfo());
});
await step('balance', async () => {
  const account = await client.accountInfo();
  same('type', account.accountType, 'SPOT');
  purse = new Purse(account.balances);
  that('with the server\'s time', (await client.accountInfo({ useServerTime: true })).balances.length > 0);
  that('coins', (await client.accountCoins()).some((one) => one.coin === 'USDT'));
  return purse.agrees(account.balances);
});
await step('prices, day, book tickers, average', async () => {
  const prices = await client.prices();
  that('all', Object.keys(prices).length > 1, prices);
  price = (await client.prices({ symbol }))[symbol];
  checkDay(await client.dailyStats({ symbol }));
  that('all days', (await client.dailyStats()).length > 1);
  const quote = (await client.allBookTickers())[symbol];
  that('bid below ask', Number(quote.bidPrice) < Number(quote.askPrice), quote);
  that('an average', Number((await client.avgPrice({ symbol })).price) > 0);
  return price;
});
await step('candles, trades, book', async () => {
  const candles = await client.candles({ symbol, interval: '1m', limit: 10 });
  same('candles', candles.length, 10);
  that('in steps', candles.every((one, index) => index === 0 || one.openTime - candles[index - 1].openTime === 60_000), candles.length);
  checkTrades(await client.trades({ symbol, limit: 5 }), (trade) => trade.id, (trade) => trade.price, (trade) => trade.qty);
  checkTrades(await client.tradesHistory({ symbol, limit: 5 }), (trade) => trade.id, (trade) => trade.price, (trade) => trade.qty);
  checkTrades(await client.aggTrades({ symbol, limit: 5 }), (trade) => trade.aggId, (trade) => trade.price, (trade) => trade.quantity);
  const book = await client.book({ symbol, limit: 20 });
  return checkBook(book.bids, book.asks, 20);
});

const user = new Heard();
let leave;
await step('user data over the WebSocket API', async () => {
  leave = await client.ws.user(user.hear);
});
await step('market buy by quantity, heard', async () => {
  const order = await place({ side: 'BUY', type: 'MARKET', quantity: '0.01' });
  same('status', order.status, 'FILLED');
  const note = purse.filled(order);
  await user.first('the report', (event) => event.eventType === 'executionReport' && event.orderId === order.orderId && event.orderStatus === 'FILLED');
  const states = user.all.filter((event) => event.orderId === order.orderId).map((event) => event.executionType);
  same('first', states[0], 'NEW');
  await user.first('the balance', (event) => event.eventType === 'outboundAccountPosition'
    && event.balances.some((one) => one.asset === 'BTC' && exact(one.free) === purse.sum('BTC')));
  purse.agrees(await balances());
  return `${note}; ${states.join(' ')}`;
});
await step('market buy by cost, market sell', async () => {
  const buy = await place({ side: 'BUY', type: 'MARKET', quoteOrderQty: '200' });
  that('as much as fits', exact(buy.cummulativeQuoteQty) <= exact('200') && exact(buy.cummulativeQuoteQty) > exact('198'), buy);
  purse.filled(buy);
  const note = purse.filled(await place({ side: 'SELL', type: 'MARKET', quantity: '0.004' }));
  purse.agrees(await balances());
  return note;
});
await step('limit', () => rests({ side: 'BUY', quantity: '0.002', price: at(-40) }, { USDT: plain(times(exact(at(-40)), exact('0.002'))) }));
await step('stop-loss-limit', () => rests({ side: 'SELL', type: 'STOP_LOSS_LIMIT', quantity: '0.002', price: at(-41), stopPrice: at(-40) }, { BTC: '0.002' }));
await step('take-profit-limit', () => rests({ side: 'SELL', type: 'TAKE_PROFIT_LIMIT', quantity: '0.002', price: at(40), stopPrice: at(41) }, { BTC: '0.002' }));
await step('post-only', async () => {
  await refused(() => place({ side: 'BUY', type: 'LIMIT_MAKER', quantity: '0.002', price: at(20) }), code(-2010));
  return rests({ side: 'SELL', type: 'LIMIT_MAKER', quantity: '0.002', price: at(40) }, { BTC: '0.002' });
});
await step('immediate or cancel', async () => {
  const missed = await place({ side: 'BUY', quantity: '0.002', price: at(-40), timeInForce: 'IOC' });
  same('nothing filled', missed.status, 'EXPIRED');
  const filled = await place({ side: 'BUY', quantity: '0.002', price: at(20), timeInForce: 'IOC' });
  same('filled', filled.status, 'FILLED');
  purse.filled(filled);
  return purse.agrees(await balances());
});
await step('OCO, by the older call', async () => {
  const list = await client.orderOco({ symbol, side: 'SELL', quantity: '0.002', price: at(40), stopPrice: at(-40), stopLimitPrice: at(-41) });
  same('state', `${list.contingencyType} ${list.listOrderStatus}`, 'OCO EXECUTING');
  purse.agrees(await balances(), { BTC: '0.002' });
  same('it reads', (await client.getOrderOco({ orderListId: list.orderListId })).listOrderStatus, 'EXECUTING');
  const ended = await client.cancelOrderOco({ symbol, orderListId: list.orderListId });
  same('it ends', ended.listOrderStatus, 'ALL_DONE');
  that('it is known', (await client.allOrdersOCO()).some((one) => one.orderListId === list.orderListId));
  return purse.agrees(await balances());
});
await step('replace, cancel all', async () => {
  const first = await place({ side: 'BUY', quantity: '0.001', price: at(-40) });
  const both = await client.updateOrder({ symbol, side: 'BUY', type: 'LIMIT', quantity: '0.0015', price: at(-45), cancelOrderId: first.orderId });
  same('both', `${both.cancelResult} ${both.newOrderResult}`, 'SUCCESS SUCCESS');
  await place({ side: 'SELL', quantity: '0.001', price: at(40) });
  same('ended', (await client.cancelOpenOrders({ symbol })).length, 2);
  same('open', (await client.openOrders()).length, 0);
  return purse.agrees(await balances());
});
await step('test order', async () => {
  await client.orderTest({ symbol, side: 'BUY', type: 'MARKET', quantity: '0.001' });
});
await step('all orders, my trades, fees', async () => {
  const orders = await client.allOrders({ symbol });
  const trades = await client.myTrades({ symbol });
  const base = trades.reduce((sum, trade) => sum + (trade.isBuyer ? exact(trade.qty) - exact(trade.commission) : -exact(trade.qty)), 0n);
  same('they are the balance', plain(base), plain(purse.sum('BTC')));
  that('filled orders', orders.filter((order) => order.status === 'FILLED').length === 4, orders.map((order) => order.status));
  same('taker', Number((await client.tradeFee({ symbol }))[0].takerCommission), 0.001);
  same('may trade', (await client.apiRestrictions()).enableSpotAndMarginTrading, true);
  return `${orders.length} orders, ${trades.length} trades`;
});
await step('refused as Binance refuses', async () => {
  await refused(() => place({ side: 'BUY', type: 'MARKET', quantity: '50' }), code(-2010));
  await refused(() => client.getOrder({ symbol, orderId: 999999999999 }), code(-2013));
  await refused(() => client.dailyStats({ symbol: 'NOPEUSDT' }), code(-1121));
  await refused(() => connect(given.url, given.key, 'wrong').accountInfo(), code(-1022));
});
await step('streams, a socket each', async () => {
  const [day, all, quote, trade, together, candle, change, top] = await Promise.all([
    hear('ticker', (heard) => client.ws.ticker(symbol, heard)),
    hear('all tickers', (heard) => client.ws.allTickers(heard)),
    hear('book ticker', (heard) => client.ws.bookTicker(symbol, heard)),
    hear('trades', (heard) => client.ws.trades(symbol, heard)),
    hear('aggregate trades', (heard) => client.ws.aggTrades(symbol, heard)),
    hear('candles', (heard) => client.ws.candles(symbol, '1m', heard)),
    hear('depth', (heard) => client.ws.depth(symbol, heard)),
    hear('partial depth', (heard) => client.ws.partialDepth({ symbol, level: 5 }, heard)),
  ]);
  that('a day', Number(day.curDayClose) > 0, day);
  that('pairs', all.length > 0 && all.every((one) => one.symbol !== undefined), all.length);
  that('bid below ask', Number(quote.bestBid) < Number(quote.bestAsk), quote);
  that('a trade', Number(trade.price) > 0 && trade.symbol === symbol, trade);
  that('trades together', Number(together.quantity) > 0, together);
  same('a minute', candle.closeTime - candle.startTime, 59_999);
  that('a change', change.firstUpdateId <= change.finalUpdateId, change);
  return checkBook(top.bids, top.asks, 5);
});
await step('user data by listen key', async () => {
  const { listenKey } = await client.getDataStream();
  const heard = new Heard();
  const close = client.ws.customSubStream(listenKey, heard.hear);
  await client.keepDataStream({ listenKey });
  // The package does not say when its socket is open: orders are placed until one is heard.
  const order = await until('a report', async () => {
    const tried = await place({ side: 'BUY', quantity: '0.001', price: at(-40) });
    await client.cancelOrder({ symbol, orderId: tried.orderId });
    await pause(200);
    return tried;
  }, (tried) => heard.all.some((event) => event.i === tried.orderId && event.X === 'NEW'));
  await heard.first('the end', (event) => event.e === 'executionReport' && event.i === order.orderId && event.X === 'CANCELED');
  await client.closeDataStream({ listenKey });
  close();
});
await step('user data unsubscribed', async () => leave());
await step('at the end the account is what its fills say', async () => purse.agrees(await balances()));
finish();
