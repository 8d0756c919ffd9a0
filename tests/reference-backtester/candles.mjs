// The candle CSV and its aggregation to coarser timeframes.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Refusal } from './refusal.mjs';
import { endOf, isEqual, isFiner, mostFrequentStep, startOf } from './timeframes.mjs';

const HEADER = 'open_time_ms,open,high,low,close,volume';
const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** Rows {time, open, high, low, close, volume}; a missing volume is NaN. */
export function readCandles(path) {
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  return parseCandles(text);
}

export function parseCandles(text) {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines[0] !== HEADER) throw new Refusal(`the header is not ${HEADER}`, { line: 1 });
  const rows = [];
  for (let i = 1; i < lines.length; i++) {
    const row = parseRow(lines[i], i + 1);
    const before = rows.at(-1);
    if (before && row.time === before.time) throw new Refusal('duplicate time', { line: i + 1 });
    if (before && row.time < before.time) throw new Refusal('time goes backwards', { line: i + 1 });
    rows.push(row);
  }
  if (!rows.length) throw new Refusal('no candles', { line: 1 });
  return rows;
}

function parseRow(line, number) {
  const cells = line.split(',');
  const refuse = (why) => { throw new Refusal(why, { line: number }); };
  if (cells.length !== 6) refuse('not six columns');
  if (!/^\d+$/.test(cells[0])) refuse('malformed time');
  const [open, high, low, close] = cells.slice(1, 5).map((cell) => (NUMBER.test(cell) ? Number(cell) : refuse(`malformed price ${cell}`)));
  for (const price of [open, high, low, close]) if (!(price > 0 && Number.isFinite(price))) refuse(`price ${price} is not positive and finite`);
  if (high < open || high < close || low > open || low > close) refuse('high or low inside the body');
  if (cells[5] !== '' && !NUMBER.test(cells[5])) refuse(`malformed volume ${cells[5]}`);
  const volume = cells[5] === '' ? NaN : Number(cells[5]);
  if (volume < 0 || volume === Infinity) refuse(`volume ${volume} is negative or not finite`);
  return { time: Number(cells[0]), open, high, low, close, volume };
}

/** The rows of a file and what is made of them: candles {time, end, open, high, low, close, volume} of any coarser timeframe. */
export class CandleFile {
  #made = new Map();

  constructor(rows) {
    this.rows = rows;
    this.step = mostFrequentStep(rows.map((row) => row.time));
  }

  candles(timeframe) {
    if (isFiner(timeframe, this.step)) throw new Refusal(`timeframe ${timeframe} is finer than the file's`, { field: 'timeframe' });
    if (!this.#made.has(timeframe)) {
      this.#made.set(timeframe, isEqual(timeframe, this.step)
        ? this.rows.map((row) => ({ ...row, end: endOf(timeframe, row.time) }))
        : aggregate(this.rows, timeframe));
    }
    return this.#made.get(timeframe);
  }
}

export function aggregate(rows, timeframe) {
  const candles = [];
  for (const row of rows) {
    const time = startOf(timeframe, row.time);
    const last = candles.at(-1);
    if (last && last.time === time) {
      last.high = Math.max(last.high, row.high);
      last.low = Math.min(last.low, row.low);
      last.close = row.close;
      last.volume += row.volume; // one unknown volume makes the sum unknown
    } else candles.push({ ...row, time, end: endOf(timeframe, row.time) });
  }
  // What began before the first row is not known whole.
  return candles.filter((candle) => candle.time >= rows[0].time);
}
