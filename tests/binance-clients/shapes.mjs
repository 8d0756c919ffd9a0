// What market data must look like, whoever asked for it.
import { exact, wire } from './amounts.mjs';
import { same, that } from './steps.mjs';

export const pair = 'BTCUSDT';

/** exchangeInfo, as it came: the pair trades, and its filters say their grid. */
export function checkInfo(info, symbol = pair) {
  const found = info.symbols.find((one) => one.symbol === symbol);
  that(`${symbol} is listed`, found !== undefined, info.symbols.map((one) => one.symbol));
  same('status', found.status, 'TRADING');
  same('base', found.baseAsset, 'BTC');
  same('quote', found.quoteAsset, 'USDT');
  const filters = Object.fromEntries(found.filters.map((filter) => [filter.filterType, filter]));
  for (const [type, field] of [['PRICE_FILTER', 'tickSize'], ['LOT_SIZE', 'stepSize'], ['NOTIONAL', 'minNotional']]) {
    that(`it has ${type}`, filters[type] !== undefined, Object.keys(filters));
    wire(`${type}.${field}`, filters[type][field]);
    that(`${type}.${field} is positive`, exact(filters[type][field]) > 0n, filters[type]);
  }
  for (const type of ['LIMIT', 'LIMIT_MAKER', 'MARKET', 'STOP_LOSS', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT', 'TAKE_PROFIT_LIMIT'])
    that(`it takes ${type}`, found.orderTypes.includes(type), found.orderTypes);
  that('it knows its limits', info.rateLimits.some((limit) => limit.rateLimitType === 'REQUEST_WEIGHT' && limit.limit > 0), info.rateLimits);
  return `${info.symbols.length} pairs`;
}

/** Rows of twelve columns, one interval after the other, each sound in itself. */
export function checkKlines(rows, intervalMs, count) {
  same('rows', rows.length, count);
  rows.forEach((row, at) => {
    same('columns', row.length, 12);
    const [open, high, low, close] = row.slice(1, 5).map(exact);
    that('high and low enclose', high >= open && high >= close && low <= open && low <= close, row);
    same('its end', row[6], row[0] + intervalMs - 1);
    if (at > 0) same('its begin', row[0], rows[at - 1][0] + intervalMs);
    wire('volume', row[5]);
  });
  return `to ${new Date(rows.at(-1)[0]).toISOString()}`;
}

/** Pairs of [price, quantity]: best first, not crossed. Texts or a client's numbers. */
export function checkBook(bids, asks, most) {
  that('it has both sides', bids.length > 0 && asks.length > 0, { bids: bids.length, asks: asks.length });
  if (most !== undefined) that(`at most ${most}`, bids.length <= most && asks.length <= most, { bids: bids.length, asks: asks.length });
  const prices = (levels) => levels.map((level) => Number(level[0] ?? level.price));
  const [down, up] = [prices(bids), prices(asks)];
  for (let at = 1; at < down.length; at++) that('bids fall', down[at] < down[at - 1], down.slice(at - 1, at + 1));
  for (let at = 1; at < up.length; at++) that('asks rise', up[at] > up[at - 1], up.slice(at - 1, at + 1));
  that('not crossed', down[0] < up[0], [down[0], up[0]]);
  return `${down[0]} / ${up[0]}`;
}

/** Trades in the order they happened, each with a price and a quantity. */
export function checkTrades(trades, id, price, quantity) {
  that('there are trades', trades.length > 0, trades);
  trades.forEach((trade, at) => {
    that('price and quantity', Number(price(trade)) > 0 && Number(quantity(trade)) > 0, trade);
    if (at > 0) that('ids rise', Number(id(trade)) > Number(id(trades[at - 1])), [id(trades[at - 1]), id(trade)]);
  });
  return `${trades.length} trades to ${id(trades.at(-1))}`;
}

/** A day's figures agree with each other. */
export function checkDay(day, symbol = pair) {
  same('symbol', day.symbol, symbol);
  const [last, high, low] = [Number(day.lastPrice), Number(day.highPrice), Number(day.lowPrice)];
  that('last between low and high', last > 0 && low <= last && last <= high, day);
  that('a volume', Number(day.volume) > 0 && Number(day.quoteVolume) > 0, day);
  return `last ${last}`;
}
