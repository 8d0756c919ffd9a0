// Indicators that need whole candles: {high, low, close, volume, ...} as series. Prices are always known, a volume may not be.
import { bands, ema, highest, lowest, rma, sma } from './averages.mjs';
import { readings } from './readings.mjs';
import { combine, isFlat, make, meanOf, onKnownRows, sumOf, windows } from './series.mjs';

const rowsOf = (candles) => candles.close.length;
const typical = (candles) => candles.hlc3;

/** Needs a previous close: unknown in the first row. */
function trueRange({ high, low, close }) {
  return make(close.length, (i) => Math.max(high[i] - low[i], Math.abs(high[i] - close[i - 1]), Math.abs(low[i] - close[i - 1])));
}

export const atr = (candles, n) => rma(trueRange(candles), n);
export const keltner = (candles, n, k) => bands(ema(candles.close, n), atr(candles, n), k);

export const cci = (candles, n) => windows(typical(candles), n, (window) => {
  const mean = meanOf(window);
  const deviation = isFlat(window) ? 0 : meanOf(window.map((value) => Math.abs(value - mean)));
  return (window.at(-1) - mean) / (0.015 * deviation); // without deviation x/0: unknown
});

/** Share of inflow in percent over the last n moves; a day without a move counts for neither side. */
export const mfi = (candles, n) => onKnownRows([typical(candles), candles.volume], (price, volume) => {
  const flow = (sign) => windows(make(price.length, (i) => (sign * (price[i] - price[i - 1]) > 0 ? price[i] * volume[i] : 0)), n, sumOf);
  const inflow = flow(1);
  const outflow = flow(-1);
  return make(price.length, (i) => (i < n ? NaN : outflow[i] === 0 ? 100 : 100 - 100 / (1 + inflow[i] / outflow[i])));
});

export const williams = (candles, n) => {
  const high = highest(candles.high, n);
  const low = lowest(candles.low, n);
  return make(rowsOf(candles), (i) => (high[i] === low[i] ? -100 : (-100 * (high[i] - candles.close[i])) / (high[i] - low[i])));
};

export const vwap = (candles, n) => onKnownRows([typical(candles), candles.volume], (price, volume) => {
  const worth = windows(make(price.length, (i) => price[i] * volume[i]), n, sumOf);
  return combine(worth, windows(volume, n, sumOf), (a, b) => a / b);
});

export const obv = (candles) => onKnownRows([candles.close, candles.volume], (close, volume) => {
  const out = new Float64Array(close.length);
  for (let i = 1; i < close.length; i++) out[i] = out[i - 1] + Math.sign(close[i] - close[i - 1]) * volume[i];
  return out;
});

export function donchian(candles, n) {
  const upper = highest(candles.high, n);
  const lower = lowest(candles.low, n);
  return { upper, middle: combine(upper, lower, (a, b) => (a + b) / 2), lower };
}

export function stoch(candles, n, smooth, d) {
  const high = highest(candles.high, n);
  const low = lowest(candles.low, n);
  const raw = make(rowsOf(candles), (i) => (high[i] === low[i] ? 0 : (100 * (candles.close[i] - low[i])) / (high[i] - low[i])));
  const k = sma(raw, smooth);
  return { k, d: sma(k, d) };
}

export function adx(candles, n) {
  const { high, low } = candles;
  const up = make(high.length, (i) => high[i] - high[i - 1]);
  const down = make(low.length, (i) => low[i - 1] - low[i]);
  const moved = (a, b) => combine(a, b, (mine, other) => (Number.isNaN(mine) ? NaN : mine > other && mine > 0 ? mine : 0));
  const range = atr(candles, n);
  const share = (a, b) => combine(rma(moved(a, b), n), range, (move, width) => (100 * move) / width);
  const plus = share(up, down);
  const minus = share(down, up);
  const dx = combine(plus, minus, (p, m) => (100 * Math.abs(p - m)) / (p + m));
  return { adx: rma(dx, n), plus, minus };
}

/** Over n+1 candles; of equal extremes the latest counts. */
export function aroon(candles, n) {
  const since = (x, beats) => windows(x, n + 1, (window) => {
    let best = 0;
    window.forEach((value, i) => { if (value === window[best] || beats(value, window[best])) best = i; });
    return (100 * best) / n;
  });
  return { up: since(candles.high, (a, b) => a > b), down: since(candles.low, (a, b) => a < b) };
}

/** .trend 1 up, -1 down; starts down (as TradingView's ta.supertrend), or by the close against hl2. .line is the band on the other side of the price. */
export function supertrend(candles, n, k) {
  const { close, hl2 } = candles;
  const range = atr(candles, n);
  const line = new Float64Array(close.length).fill(NaN);
  const trend = new Float64Array(close.length).fill(NaN);
  let before = null;
  for (let i = 0; i < close.length; i++) {
    if (Number.isNaN(range[i])) continue;
    let upper = hl2[i] + k * range[i];
    let lower = hl2[i] - k * range[i];
    let up = readings.supertrend === 'close' && close[i] >= hl2[i];
    if (before) {
      // A band only moves towards the price, until the close before was beyond it.
      if (!(upper < before.upper || close[i - 1] > before.upper)) upper = before.upper;
      if (!(lower > before.lower || close[i - 1] < before.lower)) lower = before.lower;
      up = before.up ? !(close[i] < lower) : close[i] > upper;
    }
    before = { upper, lower, up };
    line[i] = up ? lower : upper;
    trend[i] = up ? 1 : -1;
  }
  return { line, trend };
}

/** Parabolic stop and reverse. Starts in the second row, rising if that close is above the first (as TradingView's ta.sar). */
export function psar(candles, step, max) {
  if (readings.psar === 'wilder') return wilderSar(candles, step, max);
  const { high, low, close } = candles;
  const out = new Float64Array(close.length).fill(NaN);
  let rising, extreme, speed, stop;
  for (let i = 1; i < close.length; i++) {
    let turned = i === 1;
    if (i === 1) {
      rising = close[1] > close[0];
      extreme = rising ? high[1] : low[1];
      stop = rising ? low[0] : high[0];
      speed = step;
    }
    stop += speed * (extreme - stop);
    if (rising ? stop > low[i] : stop < high[i]) {
      stop = rising ? Math.max(high[i], extreme) : Math.min(low[i], extreme);
      rising = !rising;
      extreme = rising ? high[i] : low[i];
      speed = step;
      turned = true;
    }
    if (!turned && (rising ? high[i] > extreme : low[i] < extreme)) {
      extreme = rising ? high[i] : low[i];
      speed = Math.min(speed + step, max);
    }
    // Never inside the two candles before.
    for (const j of [i - 1, i - 2]) if (j >= 0) stop = rising ? Math.min(stop, low[j]) : Math.max(stop, high[j]);
    out[i] = stop;
  }
  return out;
}

/**
 * Wilder's own order (1978): tomorrow's stop is computed, held outside today's and yesterday's candle, and only then touched. Starts with the
 * direction of the first two middles, at the first candle's extremes, as the published test vectors of Tulip do.
 */
function wilderSar({ high, low }, step, max) {
  const out = new Float64Array(high.length).fill(NaN);
  let long = high[0] + low[0] <= high[1] + low[1];
  let stop = long ? low[0] : high[0];
  let extreme = long ? high[0] : low[0];
  let speed = step;
  for (let i = 1; i < high.length; i++) {
    stop = (extreme - stop) * speed + stop;
    const days = [i - 2, i - 1].filter((j) => j >= 0);
    stop = long ? Math.min(stop, ...days.map((j) => low[j])) : Math.max(stop, ...days.map((j) => high[j]));
    if (long ? high[i] > extreme : low[i] < extreme) {
      extreme = long ? high[i] : low[i];
      speed = Math.min(speed + step, max);
    }
    if (long ? low[i] < stop : high[i] > stop) {
      stop = extreme;
      extreme = long ? low[i] : high[i];
      speed = step;
      long = !long;
    }
    out[i] = stop;
  }
  return out;
}

/** Spans are drawn `base` candles after the one they are computed at: here are the values drawn at this candle. */
export function ichimoku(candles, short, base, long) {
  const middle = (n) => donchian(candles, n).middle;
  const conversion = middle(short);
  const baseLine = middle(base);
  const average = combine(conversion, baseLine, (a, b) => (a + b) / 2);
  const wide = middle(long);
  const drawnHere = (x) => make(x.length, (i) => x[i - base]);
  return { conversion, base: baseLine, spanA: drawnHere(average), spanB: drawnHere(wide) };
}
