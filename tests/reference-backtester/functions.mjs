// The functions of the language: what they take, what they give, how they are computed.
// Arguments: s = series, n = whole number from 1, k = number above 0 (both constant: numbers, inputs and arithmetic of them).
import * as averages from './averages.mjs';
import * as candleIndicators from './indicators.mjs';

const series = (takes, outputs) => (name) => ({ takes, outputs, candles: false, compute: averages[name] });
const whole = (takes, outputs) => (name) => ({ takes, outputs, candles: true, compute: candleIndicators[name] });

const BANDS = ['upper', 'middle', 'lower'];
const catalog = {
  sma: series('sn'), ema: series('sn'), wma: series('sn'), rma: series('sn'), hma: series('sn'), dema: series('sn'),
  tema: series('sn'), rsi: series('sn'), roc: series('sn'), change: series('sn'), stddev: series('sn'), zscore: series('sn'),
  highest: series('sn'), lowest: series('sn'),
  macd: series('snnn', ['line', 'signal', 'histogram']), bollinger: series('snk', BANDS),
  cci: whole('n'), mfi: whole('n'), williams: whole('n'), vwap: whole('n'), atr: whole('n'), obv: whole(''),
  keltner: whole('nk', BANDS), donchian: whole('n', BANDS), stoch: whole('nnn', ['k', 'd']),
  adx: whole('n', ['adx', 'plus', 'minus']), aroon: whole('n', ['up', 'down']),
  supertrend: whole('nk', ['line', 'trend']), psar: whole('kk'), ichimoku: whole('nnn', ['conversion', 'base', 'spanA', 'spanB']),
};

export const FUNCTIONS = new Map(Object.entries(catalog).map(([name, describe]) => [name, describe(name)]));

/** Values that comparing exactly makes sense for: picked from the candles or counted, not averaged. */
export const EXACT = new Set(['highest', 'lowest', 'donchian', 'aroon', 'ichimoku', 'change']);

/** hma needs halves: wma(x, n/2). */
export const LEAST = new Map([['hma', 2]]);
export const SERIES = ['open', 'high', 'low', 'close', 'volume', 'hl2', 'hlc3'];
