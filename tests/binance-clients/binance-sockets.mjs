// The npm package `binance`: market streams, user data by both ways, orders over the WebSocket API.
import { connect } from './connect/binance.mjs';
import { exact, near, plain, Purse } from './amounts.mjs';
import { checkBook, checkDay, checkInfo, checkKlines, checkTrades, pair } from './shapes.mjs';
import { finish, given, Heard, pause, refused, same, step, that } from './steps.mjs';

const symbol = pair;
const { rest, streams, trading } = connect(given.url, given.key, given.secret);
const market = new Heard();
const user = new Heard();
const listenKey = new Heard();
let price;
let purse;

const signed = (fields = {}) => ({ timestamp: Date.now(), ...fields });
const balances = async () => (await rest.getAccountInformation()).balances;
const at = (perMille) => near(price, perMille);
const code = (wanted) => (error) => error.error?.code === wanted || error.code === wanted;

streams.on('message', (event) => (event.wsKey?.includes('userData') || event.streamName === undefined ? listenKey : market).hear(event));
streams.on('exception', () => {});
trading.getWSClient().on('message', user.hear);
trading.getWSClient().on('exception', () => {});

await step('balance by REST', async () => {
  purse = new Purse(await balances());
  price = (await rest.getSymbolPriceTicker({ symbol })).price;
});
await step('streams, subscribed in one message', async () => {
  await streams.subscribe(['ticker', 'miniTicker', 'bookTicker', 'trade', 'aggTrade', 'kline_1m', 'depth', 'depth@100ms', 'depth5'].map((name) => `btcusdt@${name}`), 'main');
  const of = (name) => market.first(name, (event) => event.streamName === `btcusdt@${name}`);
  const ticker = await of('ticker');
  checkDay({ symbol: ticker.s, lastPrice: ticker.c, highPrice: ticker.h, lowPrice: ticker.l, volume: ticker.v, quoteVolume: ticker.q });
  same('mini', (await of('miniTicker')).e, '24hrMiniTicker');
  const quote = await of('bookTicker');
  that('bid below ask', Number(quote.b) < Number(quote.a), quote);
  const trade = await of('trade');
  that('a trade', Number(trade.p) > 0 && trade.t > 0 && typeof trade.m === 'boolean', trade);
  same('together', (await of('aggTrade')).e, 'aggTrade');
  const candle = await of('kline_1m');
  same('a minute', candle.k.T - candle.k.t, 59_999);
  const change = await of('depth@100ms');
  that('a change', change.U <= change.u && Array.isArray(change.b), change);
  same('slow', (await of('depth')).e, 'depthUpdate');
  const top = await of('depth5');
  checkBook(top.bids, top.asks, 5);
  return `${market.all.length} events`;
});
await step('book changes follow one another', async () => {
  const changes = () => market.all.filter((event) => event.streamName === 'btcusdt@depth@100ms');
  await market.first('some changes', () => changes().length >= 8);
  changes().forEach((change, index, all) => index > 0 && same('its first id', change.U, all[index - 1].u + 1));
  return `${changes().length} changes`;
});
await step('unsubscribed, it is silent', async () => {
  await streams.unsubscribe(['btcusdt@trade'], 'main');
  await pause(400);
  const before = market.all.filter((event) => event.streamName === 'btcusdt@trade').length;
  await pause(1_200);
  same('events', market.all.filter((event) => event.streamName === 'btcusdt@trade').length, before);
});
await step('public calls over the WebSocket API', async () => {
  await trading.testSpotConnectivity();
  that('the clock', Math.abs((await trading.getSpotServerTime()).result.serverTime - Date.now()) < 60_000);
  checkInfo((await trading.getSpotExchangeInfo({ symbols: [symbol] })).result);
  const book = (await trading.getSpotOrderBook({ symbol, limit: 10 })).result;
  checkBook(book.bids, book.asks, 10);
  checkKlines((await trading.getSpotKlines({ symbol, interval: '1m', limit: 3 })).result, 60_000, 3);
  checkTrades((await trading.getSpotRecentTrades({ symbol, limit: 5 })).result, (trade) => trade.id, (trade) => trade.price, (trade) => trade.qty);
  checkTrades((await trading.getSpotAggregateTrades({ symbol, limit: 5 })).result, (trade) => trade.a, (trade) => trade.p, (trade) => trade.q);
  checkDay((await trading.getSpot24hrTicker({ symbol })).result);
  same('one price', (await trading.getSpotSymbolPriceTicker({ symbol })).result.symbol, symbol);
  that('a quote', Number((await trading.getSpotSymbolOrderBookTicker({ symbol })).result.bidPrice) > 0);
  that('an average', Number((await trading.getSpotAveragePrice({ symbol })).result.price) > 0);
});
await step('user data by userDataStream.subscribe.signature', async () => {
  const answer = await trading.subscribeUserDataStream('mainWSAPI');
  same('status', answer.status, 200);
  that('a subscription', Number.isInteger(answer.result.subscriptionId), answer.result);
  return `subscription ${answer.result.subscriptionId}`;
});
await step('user data by listen key', async () => {
  const opened = await streams.subscribeSpotUserDataStream('main');
  that('a socket', opened !== undefined, opened);
  const { listenKey: key } = await rest.getSpotUserDataListenKey();
  that('a key', typeof key === 'string' && key.length >= 16, key);
  await rest.keepAliveSpotUserDataListenKey(key);
});
await step('order.place: market buy, heard by both ways', async () => {
  const { status, result: order } = await trading.submitNewSpotOrder(signed({ symbol, side: 'BUY', type: 'MARKET', quantity: '0.01000', newOrderRespType: 'FULL' }));
  same('status', `${status} ${order.status}`, '200 FILLED');
  const note = purse.filled(order);
  for (const [way, heard] of [['subscription', user], ['listen key', listenKey]]) {
    await heard.first(`${way}: the last report`, (event) => event.e === 'executionReport' && event.i === order.orderId && event.X === 'FILLED');
    await heard.first(`${way}: the balance`, (event) => event.e === 'outboundAccountPosition' && event.B.some((one) => one.a === 'BTC' && exact(one.f) === purse.sum('BTC')));
    const reports = heard.all.filter((event) => event.e === 'executionReport' && event.i === order.orderId);
    same(`${way}: first`, `${reports[0].x} ${reports[0].X}`, 'NEW NEW');
    const trades = reports.filter((event) => event.x === 'TRADE');
    same(`${way}: each fill`, trades.length, order.fills.length);
    same(`${way}: quantity`, plain(trades.reduce((sum, event) => sum + exact(event.l), 0n)), plain(exact(order.executedQty)));
    same(`${way}: fee`, plain(trades.reduce((sum, event) => sum + exact(event.n), 0n)), plain(order.fills.reduce((sum, fill) => sum + exact(fill.commission), 0n)));
    same(`${way}: its asset`, trades[0].N, 'BTC');
  }
  purse.agrees(await balances());
  return note;
});
await step('order.place: limit, order.status, openOrders.status, order.cancel', async () => {
  const { result: order } = await trading.submitNewSpotOrder(signed({ symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.00200', price: at(-40) }));
  same('it rests', order.status ?? 'NEW', 'NEW');
  const read = (await trading.getSpotOrderStatus(signed({ symbol, orderId: order.orderId }))).result;
  same('it reads', `${read.type} ${read.status}`, 'LIMIT NEW');
  that('it is open', (await trading.getSpotOpenOrders(signed({ symbol }))).result.some((one) => one.orderId === order.orderId));
  const ended = (await trading.cancelSpotOrder(signed({ symbol, orderId: order.orderId }))).result;
  same('cancelled', ended.status, 'CANCELED');
  const report = await user.first('the cancelled report', (event) => event.i === order.orderId && event.x === 'CANCELED');
  same('C is the order it was', report.C, order.clientOrderId);
  that('c is the cancel', report.c !== report.C, report.c);
  return purse.agrees(await balances());
});
await step('orderList.place.oco, openOrders.cancelAll', async () => {
  const { result: list } = await trading.placeSpotOCOOrderList(signed({
    symbol, side: 'SELL', quantity: '0.00200', aboveType: 'LIMIT_MAKER', abovePrice: at(40),
    belowType: 'STOP_LOSS_LIMIT', belowStopPrice: at(-40), belowPrice: at(-41), belowTimeInForce: 'GTC',
  }));
  same('state', list.listOrderStatus, 'EXECUTING');
  await user.first('the list', (event) => event.e === 'listStatus' && event.g === list.orderListId && event.L === 'EXECUTING');
  const { result: ended } = await trading.cancelAllSpotOpenOrders(signed({ symbol }));
  that('all ended', ended.length >= 1, ended);
  await user.first('the list ended', (event) => event.e === 'listStatus' && event.g === list.orderListId && event.L === 'ALL_DONE');
  same('open', (await trading.getSpotOpenOrders(signed({ symbol }))).result.length, 0);
  return purse.agrees(await balances());
});
await step('order.cancelReplace, order.amend.keepPriority, order.test', async () => {
  const { result: first } = await trading.submitNewSpotOrder(signed({ symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.00100', price: at(-40) }));
  const { result: both } = await trading.cancelReplaceSpotOrder(signed({
    symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.00200', price: at(-45), cancelReplaceMode: 'STOP_ON_FAILURE', cancelOrderId: first.orderId,
  }));
  same('both', `${both.cancelResult} ${both.newOrderResult}`, 'SUCCESS SUCCESS');
  const orderId = both.newOrderResponse.orderId;
  const { result: less } = await trading.amendSpotOrderKeepPriority(signed({ symbol, orderId, newQty: '0.00100' }));
  same('less', plain(exact(less.amendedOrder.qty)), '0.001');
  await trading.testSpotOrder(signed({ symbol, side: 'BUY', type: 'MARKET', quantity: '0.00100' }));
  await trading.cancelSpotOrder(signed({ symbol, orderId }));
  return purse.agrees(await balances());
});
/** Two orders, one on each side of the price: waits until one is filled, cancels the other, books what both did. */
async function eitherFills(fields) {
  const ids = [];
  // The market moves: a price that has been reached meanwhile is refused, and both are placed anew.
  for (let tries = 0; ids.length < 2 && tries < 20; tries++) {
    const quote = (await trading.getSpotSymbolOrderBookTicker({ symbol })).result;
    for (const one of fields(quote)) {
      const sent = await trading.submitNewSpotOrder(signed({ symbol, quantity: '0.00100', newOrderRespType: 'RESULT', ...one })).catch((refusal) => refusal);
      if (sent.error !== undefined) that('refused because the price is there', sent.error.code === -2010, sent.error);
      else ids.push(sent.result.orderId);
    }
  }
  const end = await user.first('one is filled', (event) => event.e === 'executionReport' && event.X === 'FILLED' && ids.includes(event.i), 11_000);
  await rest.cancelAllSymbolOrders({ symbol }).catch(() => 'both are filled');
  for (const id of ids) await user.first('its end', (event) => event.i === id && ['FILLED', 'CANCELED'].includes(event.X));
  const trades = (await rest.getAccountTradeList({ symbol })).filter((trade) => ids.includes(trade.orderId));
  purse.traded(trades);
  const reports = user.all.filter((event) => event.e === 'executionReport' && event.i === end.i);
  same('first', `${reports[0].x} ${reports[0].X}`, 'NEW NEW');
  same('told fills', plain(reports.reduce((sum, event) => sum + exact(event.l), 0n)), '0.001');
  same('told cost', plain(exact(end.Z)), plain(trades.filter((trade) => trade.orderId === end.i).reduce((sum, trade) => sum + exact(trade.quoteQty), 0n)));
  purse.agrees(await balances());
  return { end, reports };
}

await step('a stop or a take-profit fires', async () => {
  const { end, reports } = await eitherFills(({ bidPrice, askPrice }) => [
    { side: 'SELL', type: 'STOP_LOSS', stopPrice: near(bidPrice, -0.02) }, { side: 'SELL', type: 'TAKE_PROFIT', stopPrice: near(askPrice, 0.02) },
  ]);
  same('it takes', end.m, false);
  return `${end.o} at ${end.P}: ${reports.map((event) => event.x).join(' ')} at ${end.L}`;
});
await step('a resting limit is filled by the market', async () => {
  const { end } = await eitherFills(({ bidPrice, askPrice }) => [{ side: 'BUY', type: 'LIMIT_MAKER', price: near(bidPrice, -0.02) }, { side: 'SELL', type: 'LIMIT_MAKER', price: near(askPrice, 0.02) }]);
  same('it makes', end.m, true);
  same('at its limit', end.L, end.p);
  return `${end.S} at ${end.L}`;
});
await step('account.status, myTrades, allOrders, commission, limits', async () => {
  const { result: account } = await trading.getSpotAccountInformation(signed());
  const note = purse.agrees(account.balances);
  const { result: trades } = await trading.getSpotMyTrades(signed({ symbol }));
  const bought = trades.reduce((sum, trade) => sum + (trade.isBuyer ? exact(trade.qty) - exact(trade.commission) : -exact(trade.qty)), 0n);
  same('they are the balance', plain(bought), plain(purse.sum('BTC')));
  that('the orders', (await trading.getSpotAllOrders(signed({ symbol }))).result.length >= 5);
  same('taker', Number((await trading.getSpotAccountCommission(signed({ symbol }))).result.standardCommission.taker), 0.001);
  that('counted', (await trading.getSpotOrderRateLimits(signed())).result.length > 0);
  return note;
});
await step('refused over the WebSocket API', async () => {
  await refused(() => trading.submitNewSpotOrder(signed({ symbol, side: 'BUY', type: 'MARKET', quantity: '50.00000' })), code(-2010));
  await refused(() => trading.getSpotOrderStatus(signed({ symbol, orderId: 999999999999 })), code(-2013));
});
await step('unsubscribed, user data is silent', async () => {
  await trading.unsubscribeUserDataStream('mainWSAPI');
  const before = user.all.length;
  await rest.testConnectivity();
  const order = await rest.submitNewOrder({ symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.001, price: at(-40) });
  await listenKey.first('the listen key still hears it', (event) => event.i === order.orderId);
  await rest.cancelAllSymbolOrders({ symbol });
  await pause(300);
  same('events', user.all.slice(before).filter((event) => event.e === 'executionReport').length, 0);
});
if (given.edKey) {
  await step('session.logon with Ed25519, then unsigned requests', async () => {
    const { trading: session } = connect(given.url, given.edKey, given.edSecret);
    const heard = new Heard();
    session.getWSClient().on('message', heard.hear);
    const { result: account } = await session.getSpotAccountInformation({ timestamp: Date.now() });
    that('an account', account.balances.length > 0, account);
    const { result: status } = await session.getSpotSessionStatus();
    that('logged on', status.apiKey === given.edKey && status.authorizedSince > 0, status);
    same('subscribed', (await session.subscribeUserDataStream('mainWSAPI')).status, 200);
    const { result: order } = await session.submitNewSpotOrder({ timestamp: Date.now(), symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.00100', price: at(-40) });
    await heard.first('its report', (event) => event.e === 'executionReport' && event.i === order.orderId);
    await session.cancelSpotOrder({ timestamp: Date.now(), symbol, orderId: order.orderId });
    await session.disconnectAll();
  });
}
await step('at the end the account is what its fills say', async () => purse.agrees(await balances()));
finish();
