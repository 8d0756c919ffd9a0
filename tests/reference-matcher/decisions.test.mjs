// Each alternative reading changes what it names, in the smallest example; the default comes first.
import assert from 'node:assert/strict';
import test from 'node:test';
import { DECISIONS } from './decisions.mjs';
import { diff, run, snapshot, start, ticker, trade } from './testing.mjs';

const total = (order) => order.fills.reduce((sum, fill) => sum + Number(fill.quantity), 0);
const lastPrice = (order) => order.fills.at(-1)?.price ?? null;
const firstEvent = (order) => order.fills[0]?.event ?? null;
const queue = { price: '99', model: 'queue', afterEvent: 0 };

/** decision -> {value: expected}, of `of` applied to the last order */
const EXAMPLES = {
  quoteSource: {
    of: firstEvent, values: { both: 1, ticker: 2, depth: 1 },
    events: [start(), diff(11, 11, [], [['100', '1']]), ticker(12, '99', '2', '100', '1')],
    orders: [{ price: '100', model: 'touch', afterEvent: 0 }],
  },
  levelChange: {
    of: lastPrice, values: { differs: '102', mentioned: '101' }, events: [start(), diff(11, 11, [], [['101', '1']])],
    orders: [{ type: 'market', afterEvent: 0 }, { type: 'market', afterEvent: 1 }],
  },
  firedActs: {
    of: lastPrice, values: { afterNext: '98', beforeNext: '99', withNext: '98' },
    events: [start(), trade('100', '1'), diff(11, 11, [['99', '0']])],
    orders: [{ type: 'stopLoss', side: 'sell', triggerPrice: '100', afterEvent: 0 }],
  },
  trailingSeed: {
    of: (order) => order.status, values: { trades: 'waiting', last: 'filled' },
    events: [start(), trade('100', '1'), trade('98', '1'), trade('98', '1')],
    orders: [{ type: 'trailingStop', side: 'sell', trailingDelta: 100, afterEvent: 1 }],
  },
  priority: {
    of: total, values: { acceptance: 0, priceTime: 1 }, events: [start(), diff(11, 11, [], [['100', '1']])],
    orders: [{ price: '100', model: 'book', afterEvent: 0 }, { price: '100.5', model: 'book', afterEvent: 0 }],
  },
  noBook: {
    of: total, values: { through: 1, joins: 0.4 }, events: [trade('100', '1'), start(), trade('98', '0.4')], orders: [queue],
  },
  tradeSide: {
    of: total, values: { any: 0.5, maker: 0 }, events: [start(), trade('99', '2.5', false)], orders: [queue],
  },
  tradeSharing: {
    of: total, values: { independent: 0.5, shared: 0, queued: 0 }, events: [start(), trade('99', '2.5')], orders: [queue, queue],
  },
  queueReading: { // 2 ahead, 1 leaves, and then the trade that took it is told: 1 is still ahead, and a trade of 1 takes that
    of: total, values: { plain: 1, reconciled: 0 },
    events: [start(), diff(11, 11, [['99', '1']], [], 5), trade('99', '1', true, 5), trade('99', '1', true, 6)], orders: [queue],
  },
  explainedReset: { // 1 of 2 ahead traded; an unrelated update; the fall of 1 arrives
    of: total, values: { levelChange: 0, everyDepth: 0.5 },
    events: [start(), trade('99', '1'), diff(11, 11, [['1', '1']]), diff(12, 12, [['99', '1']]), trade('99', '1')],
    orders: [queue],
  },
  fallBase: { // 2 ahead, 1 traded, display 2 -> 0.5: 0.5 unexplained; 1*0.5/1 or 1*1.5/2 stay ahead
    of: total, values: { remaining: 0.5, shown: 0.25 },
    events: [start(), trade('99', '1'), diff(11, 11, [['99', '0.5']]), trade('99', '1')], orders: [queue],
  },
  aheadRounding: { // 1*2/3 ahead
    of: total, values: { up: 0.33333, down: 0.33334, none: 0.33333334 },
    events: [snapshot(10, [['99', '1']], []), diff(11, 11, [['99', '3']]), diff(12, 12, [['99', '2']]), trade('99', '1')],
    orders: [queue],
  },
  beyondClearsAhead: {
    of: total, values: { yes: 0.8, no: 0.4 }, events: [start(), trade('98', '0.4'), trade('99', '0.4')], orders: [queue],
  },
  bookSource: {
    of: firstEvent, values: { both: 1, ticker: 1, depth: 2 },
    events: [start(), ticker(11, '97', '1', '98', '5'), diff(11, 11, [['99', '0']], [['98', '5']])],
    orders: [{ ...queue, model: 'book' }],
  },
  bookCause: {
    of: (order) => order.fills[0].cause.kind, values: { book: 'book', quote: 'quote' },
    events: [start(), diff(11, 11, [['99', '0']], [['98', '5']])], orders: [{ ...queue, model: 'book' }],
  },
  bookFillPrice: {
    of: lastPrice, values: { limit: '99', level: '98' }, events: [start(), ticker(11, '97', '1', '98', '5')],
    orders: [{ ...queue, model: 'book' }],
  },
  flatLimit: {
    of: (order) => order.status, values: { last: 'filled', slipped: 'new' }, events: [trade('100', '1')],
    orders: [{ price: '100.02', afterEvent: 0 }],
  },
  spentQuotes: {
    of: (order) => order.status, values: { count: 'filled', pass: 'new' }, events: [start(), ticker(11, '99', '2', '101', '1')],
    orders: [{ type: 'market', afterEvent: 0 }, { price: '101', model: 'touch', afterEvent: 0 }],
  },
  lateDepth: {
    of: (order) => order.status, values: { skip: 'new', use: 'filled' },
    events: [start(), ticker(20, '99', '2', '101', '1'), diff(11, 11, [], [['100', '1']])],
    orders: [{ price: '100', model: 'touch', afterEvent: 0 }],
  },
  tickerSize: {
    of: lastPrice, values: { known: '102', unknown: '101' },
    events: [start(), ticker(11, '99', '2', '101', '3'), diff(11, 11, [], [['101', '3']])],
    orders: [{ type: 'market', afterEvent: 1 }, { type: 'market', quantity: '3', afterEvent: 2 }],
  },
  offStep: {
    of: (order) => order.fills.at(-1).quantity, values: { whole: '0.000005', floor: '0.00001' },
    events: [snapshot(10, [], [['101', '0.000015'], ['102', '4']])],
    orders: [{ type: 'market', quantity: '0.00002', afterEvent: 0 }],
  },
  slippageRounding: {
    of: lastPrice, values: { tick: '100.09', exact: '100.080015' }, events: [trade('100.03', '1')],
    orders: [{ type: 'market', afterEvent: 0 }],
  },
  postOnlyAgainst: {
    of: (order) => order.status, values: { displayed: 'rejected', offered: 'new' }, events: [start()],
    orders: [{ type: 'market', afterEvent: 0 }, { price: '101', postOnly: true, afterEvent: 0 }],
  },
};

test('withNext: what rests after firing sees the event it acts at', () => {
  const events = [start(), trade('100', '1'), trade('101', '1')];
  const stop = { type: 'stopLossLimit', side: 'sell', triggerPrice: '100', price: '101', model: 'touch', afterEvent: 0 };
  assert.equal(firstEvent(run(events, stop, { firedActs: 'withNext' })[0]), 2);
  assert.equal(firstEvent(run(events, stop, { firedActs: 'afterNext' })[0]), null);
});

test('queued: an order of ours in front takes its share before the trade passes what is ahead', () => {
  const events = [start(), diff(11, 11, [['99', '3']]), trade('99', '2.5'), trade('99', '1')];
  const orders = [{ ...queue, quantity: '0.5' }, { ...queue, afterEvent: 1 }]; // 2 and 3 ahead
  assert.deepEqual(run(events, orders, { tradeSharing: 'queued' }).map(total), [0.5, 0]);
  assert.deepEqual(run(events, orders, { tradeSharing: 'shared' }).map(total), [0.5, 0.5]);
});

test('every decision has an example', () => {
  assert.deepEqual(Object.keys(EXAMPLES), Object.keys(DECISIONS));
});

for (const [name, { of, values, events, orders }] of Object.entries(EXAMPLES)) {
  test(`decision ${name}`, () => {
    assert.deepEqual(Object.keys(values), DECISIONS[name]);
    for (const [value, expected] of Object.entries(values)) {
      assert.equal(of(run(events, orders, { [name]: value }).at(-1)), expected, value);
    }
  });
}
