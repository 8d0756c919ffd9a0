// Rules 1 to 6, worked out by hand. Cash 1000, no fee and no slippage unless said.
import assert from 'node:assert/strict';
import test from 'node:test';
import { simulate } from './simulate.mjs';
import { hourly } from './testing.mjs';

const NONE = { size: 1, takeProfit: null, stopLoss: null, trailingStop: null, maxBars: null, cooldownBars: 0 };

/** enter and exit: at the close of which candles they are true. */
function run(rows, { enter = [], exit = [], fee = 0, slippage = 0, ...rules }) {
  const candles = hourly(rows).map((candle, i) => ({ ...candle, time: i }));
  return simulate({ candles, cash: 1000, fee, slippage, rules: { ...NONE, ...rules }, enter: (i) => enter.includes(i), exit: (i) => exit.includes(i) });
}
const short = ({ trades }) => trades.map((trade) => [trade.entryTime, trade.entryPrice, trade.exitTime, trade.exitPrice, trade.reason]);
const calm = [100, 101, 99, 100];

test('signals fill at the next open, moved by slippage, after the fee', () => {
  const answer = run([calm, [100, 110, 100, 110], [120, 121, 119, 120], calm], { enter: [0], exit: [1], fee: 0.1, slippage: 0.25 });
  assert.deepEqual(short(answer), [[1, 125, 2, 90, 'signal']]);
  const [trade] = answer.trades;
  assert.equal(trade.quantity, (1000 / 125) * 0.9);
  assert.equal(trade.pnl, trade.quantity * 90 * 0.9 - 1000);
  assert.equal(trade.fees, 1000 * 0.1 + trade.quantity * 90 * 0.1);
  assert.equal(trade.pnlPercent, trade.pnl / 1000);
  assert.deepEqual(answer.equity, [1000, trade.quantity * 110, 1000 + trade.pnl, 1000 + trade.pnl]);
  assert.deepEqual(answer.exposed, [false, true, false, false]);
});

test('size leaves cash aside', () => {
  assert.deepEqual(run([calm, calm, calm], { enter: [0], size: 0.25 }).trades.map((trade) => trade.quantity), [2.5]);
});

test('the last close decides nothing and an open position leaves there without slippage', () => {
  const answer = run([calm, calm, calm], { enter: [0], exit: [2], slippage: 0.5, fee: 0.1 });
  assert.deepEqual(short(answer), [[1, 150, 2, 100, 'end']]);
  assert.deepEqual(answer.exposed, [false, true, true]);
  assert.equal(answer.equity[2], answer.final);
  assert.deepEqual(short(run([calm, calm], { enter: [1] })), []);
});

test('stop before target in one candle, also the one of entry', () => {
  const wide = [100, 130, 80, 100];
  assert.deepEqual(short(run([calm, wide, calm], { enter: [0], stopLoss: 0.1, takeProfit: 0.1 })), [[1, 100, 1, 90, 'stop']]);
  assert.deepEqual(short(run([calm, [100, 130, 95, 100], calm], { enter: [0], stopLoss: 0.1, takeProfit: 0.25 })), [[1, 100, 1, 125, 'target']]);
});

test('a gap beyond the level leaves at the open, with slippage only for a stop', () => {
  const gap = [[100, 100, 100, 100], [100, 100, 100, 100]];
  assert.deepEqual(short(run([...gap, [80, 99, 80, 99], calm], { enter: [0], stopLoss: 0.1, slippage: 0.25 })), [[1, 125, 1, 84.375, 'stop']]);
  assert.deepEqual(short(run([...gap, [80, 99, 80, 99], calm], { enter: [0], stopLoss: 0.3, slippage: 0.25 })), [[1, 125, 2, 60, 'stop']]);
  assert.deepEqual(short(run([...gap, [200, 201, 99, 99], calm], { enter: [0], takeProfit: 0.5, stopLoss: 0.3, slippage: 0.25 })), [[1, 125, 2, 200, 'target']]);
});

test('not tested at the open of the candle of entry', () => {
  // Without slippage the fill is the open; a level is met inside the candle only.
  assert.deepEqual(short(run([calm, [100, 100, 100, 100], [100, 100, 100, 100]], { enter: [0], takeProfit: 0.5, stopLoss: 0.5 })), [[1, 100, 2, 100, 'end']]);
});

test('the trail follows the highs of the candles before this one', () => {
  const rows = [calm, [100, 200, 95, 150], [150, 160, 110, 120], calm];
  // High of the entry candle is not yet seen in it: its trail stands at 90 with 100 as high, then at 180.
  assert.deepEqual(short(run(rows, { enter: [0], trailingStop: 0.1 })), [[1, 100, 2, 150, 'trail']]);
  assert.deepEqual(short(run(rows, { enter: [0], trailingStop: 0.4 })), [[1, 100, 2, 120, 'trail']]);
  // With a stop as high as the trail it is the stop.
  assert.deepEqual(short(run([calm, [100, 100, 80, 90], calm], { enter: [0], trailingStop: 0.1, stopLoss: 0.1 })), [[1, 100, 1, 90, 'stop']]);
  assert.deepEqual(short(run([calm, [100, 100, 80, 90], calm], { enter: [0], trailingStop: 0.1, stopLoss: 0.15 })), [[1, 100, 1, 90, 'trail']]);
});

test('maxBars counts the candle of entry, and a signal comes before it', () => {
  const rows = [calm, calm, calm, calm, calm];
  assert.deepEqual(short(run(rows, { enter: [0], maxBars: 1 })), [[1, 100, 2, 100, 'time']]);
  assert.deepEqual(short(run(rows, { enter: [0], maxBars: 2 })), [[1, 100, 3, 100, 'time']]);
  assert.deepEqual(short(run(rows, { enter: [0], maxBars: 2, exit: [2] })), [[1, 100, 3, 100, 'signal']]);
});

test('no entry while exit is true', () => {
  assert.deepEqual(short(run([calm, calm, calm, calm], { enter: [0, 1], exit: [0] })), [[2, 100, 3, 100, 'end']]);
});

test('a cooldown counts the close of the candle of the exit first and reads nothing', () => {
  const rows = Array.from({ length: 8 }, () => calm);
  const entries = (cooldownBars) => run(rows, { enter: [0, 2, 3, 4, 5, 6], exit: [1], cooldownBars }).trades.map((trade) => trade.entryTime);
  assert.deepEqual(entries(0), [1, 3]); // leaves at the open of 2, whose close may enter again
  assert.deepEqual(entries(1), [1, 4]);
  assert.deepEqual(entries(3), [1, 6]);
});
