import assert from 'node:assert/strict';
import test from 'node:test';
import { readDocument } from './document.mjs';
import { Refusal } from './refusal.mjs';
import { closes, hourly, values } from './testing.mjs';

const document = (parts) => ({ timeframe: '1h', enter: 'close > 1', ...parts });

test('arithmetic goes by precedence, left to right', () => {
  const rows = closes(8, 2);
  assert.deepEqual(values('1 + 2 * close', rows), [17, 5]);
  assert.deepEqual(values('16 / close / 2', rows), [1, 4]);
  assert.deepEqual(values('-close + 3 - 1', rows), [-6, 0]);
  assert.deepEqual(values('-(close[1])', rows), ['?', -8]);
  assert.deepEqual(values('not close > 4 and close > 1 or close > 7', rows), [true, true]);
});

test('what cannot be computed is unknown', () => {
  assert.deepEqual(values('1 / (close - 2)', closes(2, 3)), ['?', 1]);
  assert.deepEqual(values('(close - 2) / (close - 2)', closes(2, 3)), ['?', 1]);
  assert.deepEqual(values('close * 1e200 * 1e200', closes(2, 3)), ['?', '?']);
  assert.deepEqual(values('volume', [{ ...closes(1)[0], volume: NaN }]), ['?']);
});

test('logic has three values', () => {
  const row = closes(1);
  const unknown = '(close[1] > 0)';
  for (const [expression, expected] of [
    [`${unknown} and close > 0`, '?'], [`${unknown} and close < 0`, false], [`close < 0 and ${unknown}`, false], [`${unknown} or close > 0`, true],
    [`${unknown} or close < 0`, '?'], [`not ${unknown}`, '?'], [`${unknown} or not ${unknown}`, '?'], ['close[1] == close[1]', '?'], ['close[1] != 1', '?'],
  ]) assert.deepEqual(values(expression, row), [expected], expression);
});

test('crossing needs the row before on the other side or level', () => {
  const rows = closes(1, 2, 3, 3, 2, 1, 2);
  assert.deepEqual(values('crosses_above(close, 2)', rows), [false, false, true, false, false, false, false]);
  assert.deepEqual(values('crosses_below(close, 2)', rows), ['?', false, false, false, false, true, false]);
  assert.deepEqual(values('crosses_above(close, 0)', rows).slice(0, 2), ['?', false]);
});

test('x[n] counts rows, also over conditions and unknown values', () => {
  assert.deepEqual(values('close[2]', closes(1, 2, 3, 4)), ['?', '?', 1, 2]);
  assert.deepEqual(values('(close > 2)[1]', closes(1, 2, 3, 4)), ['?', false, false, true]);
  assert.deepEqual(values('change(close[1], 1)[n]', closes(1, 2, 4, 8, 16), { inputs: { n: 1 } }), ['?', '?', '?', 1, 2]);
});

test('an unknown input gives an unknown output and does not advance the state', () => {
  // 6/(close-2): ?, 6, 3, ?, 2
  const rows = closes(2, 3, 4, 2, 5);
  assert.deepEqual(values('sma(6 / (close - 2), 2)', rows), ['?', '?', 4.5, '?', 2.5]);
  assert.deepEqual(values('ema(6 / (close - 2), 2)', rows), ['?', '?', 4.5, '?', 4.5 + (2 / 3) * (2 - 4.5)]);
  assert.deepEqual(values('change(6 / (close - 2), 1)', rows), ['?', '?', -3, '?', -1]);
  const volumes = hourly([[1, 1, 1, 1, 5], [2, 2, 2, 2, NaN], [3, 3, 3, 3, 7]]);
  assert.deepEqual(values('obv()', volumes), [0, '?', 7]);
});

test('inputs and definitions, which may hide a value of the candle', () => {
  assert.deepEqual(values('close > low', closes(1, 3), { inputs: { low: 2 } }), [false, true]);
  assert.deepEqual(values('b.upper - middle', closes(1, 3), { define: { middle: 'b.middle', b: 'donchian(1 + 1)' } }), ['?', 1]);
});

test('refusals have line and column', () => {
  for (const [enter, line, column, words] of [
    ['clos > 1', 1, 1, 'unknown name clos'], ['close > sma(close)', 1, 9, 'takes 2'], ['close >\n  smaa(close, 2)', 2, 3, 'unknown function'],
    ['close', 1, 1, 'a condition'], ['close > 1 > 2', 1, 11, 'unexpected >'], ['close + (close > 1) > 2', 1, 9, 'a number is needed'],
    ['close and close > 1', 1, 1, 'a condition is needed'], ['bollinger(close, 20, 2) > 1', 1, 1, 'several outputs'],
    ['bollinger(close, 20, 2).top > 1', 1, 25, 'no output top'], ['close.upper > 1', 1, 7, 'no outputs'], ['sma(close, close) > 1', 1, 12, 'constant'],
    ['sma(close, 0) > 1', 1, 12, 'from 1'], ['sma(close, 2.5) > 1', 1, 12, 'whole'], ['close[-1] > 1', 1, 7, 'from 0'], ['close[0.5] > 1', 1, 7, 'whole'],
    ['on("5h", close) > 1', 1, 4, 'unknown timeframe'], ['on("30m", close) > 1', 1, 4, 'finer'], ['on(close, 1) > 1', 1, 4, 'in quotes'],
    ['on("4h", on("2h", close)) > 1', 1, 13, 'finer'], ['close > "4h"', 1, 9, 'text'], ['close > 1 $', 1, 11, 'unexpected'], ['close > (1', 1, 11, 'the end'],
    ['', 1, 1, 'the end'], ['close > 1e999', 1, 9, 'too large'], ['close > 1x', 1, 9, 'malformed'], ['close = 1', 1, 7, 'unexpected'],
  ]) {
    assert.throws(() => readDocument(document({ enter })), (error) => {
      assert.ok(error instanceof Refusal, error.stack);
      assert.deepEqual([error.field, error.line, error.column], ['enter', line, column], `${enter}: ${error}`);
      assert.match(error.message, new RegExp(words), enter);
      return true;
    });
  }
});

test('refusals of a document name the field', () => {
  for (const [parts, field] of [
    [{ enter: undefined }, 'enter'], [{ timeframe: '7h' }, 'timeframe'], [{ size: '101%' }, 'size'], [{ size: 1 }, 'size'], [{ stopLoss: '100%' }, 'stopLoss'],
    [{ stopLoss: '0%' }, 'stopLoss'], [{ trailingStop: 'x' }, 'trailingStop'], [{ maxBars: 0 }, 'maxBars'], [{ cooldownBars: 1.5 }, 'cooldownBars'],
    [{ leverage: 2 }, 'leverage'], [{ inputs: { and: 1 } }, 'inputs.and'], [{ inputs: { n: '1' } }, 'inputs.n'], [{ define: { 'a b': 'close' } }, 'define.a b'],
    [{ inputs: { a: 1 }, define: { a: 'close' } }, 'define.a'], [{ define: { a: 'b', b: 'a' } }, 'define.b'], [{ define: { a: 'clos' } }, 'define.a'],
  ]) {
    assert.throws(() => readDocument(document(parts)), (error) => {
      assert.equal(error.field, field, `${JSON.stringify(parts)}: ${error}`);
      return error instanceof Refusal;
    });
  }
});
