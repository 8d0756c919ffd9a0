// Indicators over one series. Each takes a series that may have unknown rows.
import { combine, deviationOf, make, meanOf, onKnownRows, windows } from './series.mjs';

const known = (f) => (x, ...settings) => onKnownRows([x], (values) => f(values, ...settings));

export const sma = known((x, n) => windows(x, n, meanOf));
export const highest = known((x, n) => windows(x, n, (window) => Math.max(...window)));
export const lowest = known((x, n) => windows(x, n, (window) => Math.min(...window)));
export const stddev = known((x, n) => windows(x, n, deviationOf));
export const change = known((x, n) => make(x.length, (i) => x[i] - x[i - n]));
export const roc = known((x, n) => make(x.length, (i) => ((x[i] - x[i - n]) / x[i - n]) * 100));
export const zscore = known((x, n) => windows(x, n, (window) => (window.at(-1) - meanOf(window)) / deviationOf(window)));

/** Weights 1..n, the newest value the heaviest. */
export const wma = known((x, n) => windows(x, n, (window) =>
  window.reduce((sum, value, i) => sum + value * (i + 1), 0) / ((n * (n + 1)) / 2)));

/** Starts with the mean of the first n values at row n-1, then goes on with `step(previous, value)`. */
const seeded = (x, n, step) => {
  const out = new Float64Array(x.length).fill(NaN);
  if (x.length >= n) out[n - 1] = meanOf(x.subarray(0, n));
  for (let i = n; i < x.length; i++) out[i] = step(out[i - 1], x[i]);
  return out;
};

export const ema = known((x, n) => seeded(x, n, (before, value) => before + (2 / (n + 1)) * (value - before)));

/** Wilder's smoothing. */
export const rma = known((x, n) => seeded(x, n, (before, value) => (before * (n - 1) + value) / n));

export function hma(x, n) {
  const difference = combine(wma(x, Math.floor(n / 2)), wma(x, n), (half, whole) => 2 * half - whole);
  return wma(difference, Math.floor(Math.sqrt(n)));
}

export function dema(x, n) {
  const one = ema(x, n);
  return combine(one, ema(one, n), (a, b) => 2 * a - b);
}

export function tema(x, n) {
  const one = ema(x, n);
  const two = ema(one, n);
  const three = ema(two, n);
  return make(x.length, (i) => 3 * one[i] - 3 * two[i] + three[i]);
}

export function rsi(x, n) {
  const changes = change(x, 1);
  const gains = rma(make(x.length, (i) => (changes[i] > 0 ? changes[i] : changes[i] * 0)), n);
  const losses = rma(make(x.length, (i) => (changes[i] < 0 ? -changes[i] : changes[i] * 0)), n);
  return combine(gains, losses, (gain, loss) => (loss === 0 ? 100 : 100 - 100 / (1 + gain / loss)));
}

export function macd(x, fast, slow, n) {
  const line = combine(ema(x, fast), ema(x, slow), (a, b) => a - b);
  const signal = ema(line, n);
  return { line, signal, histogram: combine(line, signal, (a, b) => a - b) };
}

/** middle and middle +- k widths. */
export const bands = (middle, width, k) => ({
  upper: combine(middle, width, (m, w) => m + k * w),
  middle,
  lower: combine(middle, width, (m, w) => m - k * w),
});

export const bollinger = (x, n, k) => bands(sma(x, n), stddev(x, n), k);
