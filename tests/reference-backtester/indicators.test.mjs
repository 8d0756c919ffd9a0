// Indicators by hand where no other tool's values are at hand, and edges the text names.
import assert from 'node:assert/strict';
import test from 'node:test';
import { closes, hourly, HOUR, values } from './testing.mjs';

const rising = closes(1, 2, 3, 4, 5);
const near = (actual, expected) => actual.forEach((value, i) => (expected[i] === '?' ? assert.equal(value, '?', `row ${i}`) : assert.ok(Math.abs(value - expected[i]) < 1e-12, `row ${i}: ${value}, expected ${expected[i]}`)));

test('averages', () => {
  near(values('rma(close, 2)', rising), ['?', 1.5, 2.25, 3.125, 4.0625]);
  near(values('ema(close, 3)', rising), ['?', '?', 2, 3, 4]);
  near(values('dema(close, 2)', rising), ['?', '?', 3, 4, 5]);
  near(values('tema(close, 2)', rising), ['?', '?', '?', 4, 5]);
  // n=5: wma(2*wma(x,2) - wma(x,5), 2) on 1..6: 2*(5 - 1/3) - (5 - 4/3) = 5 + 2/3 at row 4, 6 + 2/3 at row 5.
  near(values('hma(close, 5)', closes(1, 2, 3, 4, 5, 6)), ['?', '?', '?', '?', '?', (5 + 2 / 3 + 2 * (6 + 2 / 3)) / 3]);
});

test('edges the text names', () => {
  assert.deepEqual(values('rsi(close, 2)', rising).slice(2), [100, 100, 100]);
  assert.deepEqual(values('rsi(close, 2)', closes(5, 5, 5)), ['?', '?', 100]);
  assert.deepEqual(values('rsi(close, 2)', closes(5, 4, 3)), ['?', '?', 0]);
  assert.deepEqual(values('roc(close, 2)', closes(1, 2, 3)), ['?', '?', 200]);
  assert.deepEqual(values('roc(close - 1, 1)', closes(1, 2, 4)), ['?', '?', 200]);
  const flat = closes(0.1, 0.1, 0.1);
  for (const [expression, expected] of [['stoch(3, 1, 1).k', 0], ['williams(3)', -100], ['cci(3)', '?'], ['zscore(close, 3)', '?'], ['mfi(2)', 100], ['stddev(close, 3)', 0]]) {
    assert.deepEqual(values(expression, flat)[2], expected, expression);
  }
  assert.deepEqual(values('vwap(1)', [{ ...flat[0], volume: 0 }]), ['?']);
});

test('zscore and stddev by population', () => {
  assert.deepEqual(values('stddev(close, 4)', closes(1, 1, 3, 3)).at(-1), 1);
  assert.deepEqual(values('zscore(close, 4)', closes(1, 1, 3, 3)).at(-1), 1);
});

test('channels', () => {
  const rows = hourly([[2, 4, 1, 3], [3, 6, 2, 5], [5, 7, 4, 6]]);
  assert.deepEqual(values('donchian(2).upper', rows), ['?', 6, 7]);
  assert.deepEqual(values('donchian(2).middle', rows), ['?', 3.5, 4.5]);
  // True ranges 4, 3: the first in the second row.
  assert.deepEqual(values('atr(2)', rows), ['?', '?', 3.5]);
  assert.deepEqual(values('keltner(2, 2).middle', rows), ['?', 4, 4 + (2 / 3) * 2]);
  assert.deepEqual(values('keltner(2, 2).upper', rows), ['?', '?', 4 + (2 / 3) * 2 + 7]);
  // Rolling, over hlc3.
  near(values('vwap(2)', hourly([[1, 1, 1, 1, 1], [2, 2, 2, 2, 3], [6, 6, 6, 6, 1]])), ['?', 1.75, 3]);
});

test('aroon: the latest of equal extremes counts, over n+1 candles', () => {
  assert.deepEqual(values('aroon(2).up', closes(5, 4, 5, 3, 5, 1, 1)), ['?', '?', 100, 50, 100, 50, 0]);
  assert.deepEqual(values('aroon(2).down', closes(1, 1, 2, 3)), ['?', '?', 50, 0]);
});

test('ichimoku: spans are those computed base rows ago', () => {
  const options = { timeframe: '1h' };
  assert.deepEqual(values('ichimoku(1, 2, 3).conversion', rising, options), [1, 2, 3, 4, 5]);
  assert.deepEqual(values('ichimoku(1, 2, 3).base', rising, options), ['?', 1.5, 2.5, 3.5, 4.5]);
  assert.deepEqual(values('ichimoku(1, 2, 3).spanA', rising, options), ['?', '?', '?', 1.75, 2.75]);
  assert.deepEqual(values('ichimoku(1, 2, 3).spanB', rising, options), ['?', '?', '?', '?', 2]);
});

test('supertrend starts down, turns when the close passes the line, and its bands only tighten', () => {
  // Ranges 2, 2, 2.5, 2, 3 from row 1 on; middles 10, 10, 11.5, 12.5, 10.
  const rows = hourly([[10, 11, 9, 10], [10, 11, 9, 10], [10, 11, 9, 10], [10, 12.5, 10.5, 12.5], [13, 13.5, 11.5, 12], [11, 11, 9, 9]]);
  assert.deepEqual(values('supertrend(1, 1).trend', rows), ['?', -1, -1, 1, 1, -1]);
  near(values('supertrend(1, 1).line', rows), ['?', 12, 12, 9, 10.5, 13]);
});

test('psar turns at a touch of the stop and starts anew from the extreme', () => {
  const rows = hourly([[9, 10, 8, 9], [10, 11, 9, 10], [11, 12, 10, 11], [11, 12, 6, 7]]);
  // Rising from 8, twice held there by the lows before; then 8 + 0.04 * (12 - 8) is above the low 6 and the extreme 12 is the stop.
  assert.deepEqual(values('psar(0.02, 0.2)', rows), ['?', 8, 8, 12]);
  // Row 1: 8 + 0.5 * (11 - 8) is above its low 9.
  assert.deepEqual(values('psar(0.5, 1)', rows), ['?', 11, 8, 12]);
});

test('timeframes: what is shown is the last candle that has ended', () => {
  const rows = closes(1, 2, 3, 4, 5, 6, 7, 8);
  assert.deepEqual(values('on("4h", close)', rows), ['?', '?', '?', 4, 4, 4, 4, 8]);
  assert.deepEqual(values('on("4h", open)', rows).at(-1), 5);
  assert.deepEqual(values('on("2h", close[1])', rows), ['?', '?', '?', 2, 2, 4, 4, 6]);
  assert.deepEqual(values('on("2h", crosses_above(close, 3))', rows), ['?', false, false, true, true, false, false, false]);
  // The candle that began before the first row is dropped; gaps make a candle from the rows present, or none.
  assert.deepEqual(values('on("4h", open)', rows.slice(1)), ['?', '?', '?', '?', '?', '?', 5]);
  assert.deepEqual(values('on("4h", open)', [...rows.slice(0, 2), ...rows.slice(6)]), ['?', '?', 1, 7]);
  assert.deepEqual(values('close', rows, { timeframe: '4h' }), [4, 8]);
  assert.deepEqual(values('on("4h", volume)', rows).at(-1), 4);
});

test('weeks begin on Monday, three days and months as they come', () => {
  const day = 24 * HOUR;
  const rows = closes(...Array.from({ length: 40 }, (_, i) => i + 1)).map((row, i) => ({ ...row, time: i * day }));
  assert.deepEqual(values('open', rows, { timeframe: '1w' }).slice(0, 2), [5, 12]); // 1970-01-05, a Monday
  assert.deepEqual(values('open', rows, { timeframe: '3d' }).slice(0, 2), [1, 4]);
  assert.deepEqual(values('open', rows, { timeframe: '1M' }), [1, 32]);
});
