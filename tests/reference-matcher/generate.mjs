#!/usr/bin/env node
// node generate.mjs SEED COUNT RECORDING > ORDERS.json: random but sensible orders over a recording.
import { decide } from './decisions.mjs';
import { floorTo, format, max, parse } from './decimal.mjs';
import { Market } from './market.mjs';
import { createRandom } from './random.mjs';
import { readRecording } from './recording.mjs';

const TICK = parse('0.01');
const STEP = parse('0.00001');

export function generate(seed, count, events) {
  const random = createRandom(seed);
  const moments = chooseMoments(random, count, events);
  const market = new Market(decide());
  const orders = [];
  events.forEach((event, index) => {
    market.apply(event);
    while (orders.length < count && moments[orders.length] === index) {
      const whale = orders.length === count - 1;
      const before = orders.at(-1);
      const side = before && index - before.afterEvent < 60 && random.chance(0.5) ? before.side : random.pick(['buy', 'sell']);
      const made = whale ? makeWhale(market, side) : makeOrder(random, market, side);
      orders.push({ id: orders.length + 1, afterEvent: index, ...made });
    }
  });
  return {
    instrument: { tick: '0.01', step: '0.00001', base: 'BTC', quote: 'USDT' },
    fees: { maker: '0.001', taker: '0.001' },
    slippage: '0.0005',
    orders,
  };
}

/** Events after which orders are placed: 3 % before there is a book, the rest anywhere, a third of them in bunches. */
function chooseMoments(random, count, events) {
  const market = new Market(decide());
  let firstTrade = -1;
  let firstBook = -1;
  events.some((event, index) => {
    market.apply(event);
    if (firstTrade < 0 && market.last) firstTrade = index;
    if (firstBook < 0 && market.book.ready) firstBook = index;
    return firstTrade >= 0 && firstBook >= 0;
  });
  const ready = Math.max(firstTrade, firstBook);
  const moments = [];
  while (moments.length < count) {
    const early = firstTrade >= 0 && firstTrade < firstBook && random.chance(0.03);
    if (early) moments.push(random.integer(firstTrade, firstBook - 1));
    else if (moments.length && moments.at(-1) >= ready && random.chance(0.35)) {
      moments.push(Math.min(events.length - 1, moments.at(-1) + Math.floor(random.logarithmic(1, 60)) - 1));
    } else moments.push(random.integer(ready, events.length - 1));
  }
  moments[0] = events.length - 1; // for the whale
  return moments.sort((a, b) => a - b);
}

function makeOrder(random, market, side) {
  const type = random.weighted([
    [24, 'market'], [44, 'limit'], [7, 'stopLoss'], [7, 'stopLossLimit'], [5, 'takeProfit'], [5, 'takeProfitLimit'],
    [8, 'trailingStop'],
  ]);
  const order = { side, type };
  const scene = { random, market, side, last: market.last.price };
  const model = random.pick([undefined, 'touch', 'through', 'queue', 'book']);
  if (type.endsWith('imit')) {
    if (model) order.model = model;
    const timeInForce = random.weighted([[20, undefined], [60, 'gtc'], [12, 'ioc'], [8, 'fok']]);
    if (timeInForce) order.timeInForce = timeInForce;
    if (type === 'limit' && (!timeInForce || timeInForce === 'gtc') && random.chance(0.12)) order.postOnly = true;
  }
  if (/^(stopLoss|takeProfit)/.test(type)) order.triggerPrice = format(triggerPrice(scene, type));
  if (type === 'limit') order.price = format(limitPrice(scene, model));
  else if (type.endsWith('Limit')) order.price = format(nearTrigger(scene, parse(order.triggerPrice)));
  if (type === 'trailingStop') {
    order.trailingDelta = random.pick([1, 1, 2, 2, 3, 4, 5, 8, 12, 20]);
    if (random.chance(0.4)) order.activationPrice = format(moved(scene, scene.last, 0, 3000, random.chance(0.7) === (side === 'sell')));
  }
  addSize(order, scene);
  return order;
}

/** The last order is larger than the whole book. */
function makeWhale(market, side) {
  return { side, type: 'market', quantity: (depthOf(market, side === 'buy' ? 'ask' : 'bid', 10000) + 1.5).toFixed(5) };
}

/** price +- low..high ticks. */
function moved({ random }, price, low, high, up) {
  const distance = BigInt(Math.round(random.logarithmic(low + 1, high + 1)) - 1) * TICK;
  return max(TICK, up ? price + distance : price - distance);
}

function limitPrice(scene, model) {
  const { random, market, side, last } = scene;
  const buy = side === 'buy';
  if (!market.book.ready) return moved(scene, floorTo(last, TICK), 0, 2000, random.chance(0.5));
  const own = market.book[buy ? 'bid' : 'ask'].prices;
  const other = market.book[buy ? 'ask' : 'bid'].prices;
  const atLevel = model === 'queue' || model === 'book' || model === undefined;
  const way = random.weighted([
    [atLevel ? 45 : 15, 'displayed'], [25, 'near'], [10, 'improve'], [20, 'crossing'],
  ]);
  if (way === 'displayed') return own[Math.min(own.length - 1, Math.floor(random.logarithmic(1, 30)) - 1)];
  if (way === 'near') return moved(scene, own[0], 0, 3000, !buy);
  if (way === 'improve') return moved(scene, own[0], 0, 40, buy);
  return other[Math.min(other.length - 1, Math.floor(random.logarithmic(1, 12)) - 1)];
}

/** Mostly on the right side of the last trade, sometimes on the wrong one. */
function triggerPrice(scene, type) {
  const above = type.startsWith('stopLoss') === (scene.side === 'buy');
  return moved(scene, scene.last, 0, 4000, scene.random.chance(0.06) ? !above : above);
}

function nearTrigger(scene, trigger) {
  return moved(scene, trigger, 0, 800, scene.random.chance(0.6) === (scene.side === 'buy'));
}

/** From dust to several levels of the other side. */
function addSize(order, scene) {
  const { random, market, side } = scene;
  const largest = Math.max(0.01, depthOf(market, side === 'buy' ? 'ask' : 'bid', random.integer(1, 25)));
  const quantity = random.weighted([
    [15, () => random.logarithmic(0.00001, 0.0005)],
    [50, () => random.logarithmic(0.0005, 0.3)],
    [35, () => random.logarithmic(0.05, Math.max(0.06, largest * 1.3))],
  ])();
  const exact = max(STEP, floorTo(parse(quantity.toFixed(5)), STEP));
  const byQuote = !order.type.endsWith('imit') && random.chance(0.35);
  if (byQuote) order.quoteQuantity = format(max(parse('0.5'), floorTo((exact * scene.last) / 10n ** 8n, TICK)));
  else order.quantity = format(exact);
}

function depthOf(market, side, levels) {
  if (!market.book.ready) return 0;
  return market.book[side].prices.slice(0, levels)
    .reduce((sum, price) => sum + Number(format(market.book[side].size(price))), 0);
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split('/').at(-1))) {
  const [seed, count, recording] = process.argv.slice(2);
  if (!recording) {
    process.stderr.write('usage: node generate.mjs SEED COUNT RECORDING > ORDERS.json\n');
    process.exit(2);
  }
  process.stdout.write(JSON.stringify(generate(Number(seed), Number(count), readRecording(recording)), null, 1) + '\n');
}
