// Helpers of the tests: candles written by hand.
import { CandleFile } from './candles.mjs';
import { check, Scope } from './check-expression.mjs';
import { Frame } from './evaluate.mjs';
import { parse } from './parse.mjs';

export const HOUR = 3600000;

/** [open, high, low, close, volume = 1] an hour apart. */
export const hourly = (rows, start = 0, step = HOUR) =>
  rows.map(([open, high, low, close, volume = 1], i) => ({ time: start + i * step, open, high, low, close, volume }));

/** Candles of these closes, flat. */
export const closes = (...values) => hourly(values.map((value) => [value, value, value, value]));

/** Values of an expression, NaN and null (unknown) as '?'. */
export function values(expression, rows, { inputs = {}, define = {}, timeframe = '1h' } = {}) {
  const scope = new Scope(new Map(Object.entries(inputs)), new Map(Object.entries(define)));
  const tree = parse(expression);
  check(tree, expression, scope, timeframe);
  const answer = new Frame(new CandleFile(rows), timeframe, scope).evaluate(tree);
  return Array.from(answer.values, (value) => (value === null || Number.isNaN(value) ? '?' : value));
}
