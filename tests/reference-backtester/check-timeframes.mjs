// Aggregation against the source's own coarser candles.
import { join } from 'node:path';
import { CandleFile, readCandles } from './candles.mjs';

const PAIRS = [
  ['binance_spot_1m/BTCUSDT_202304_05', '1h', 'binance_spot_1h/BTCUSDT', 1],
  ['binance_spot_1m/BTCUSDT_202407_08', '1h', 'binance_spot_1h_2024_2026/BTCUSDT_first_year', 1],
  ['binance_spot_1h/BTCUSDT', '1d', 'binance_spot_1d/BTCUSDT', 1],
  ['binance_spot_5m/BTCUSDT_2024', '1h', 'binance_spot_1h_2024_2026/BTCUSDT_first_year', 0],
];

/** The last candle may be cut off by the end of the finer file; candles with rows missing are counted apart. */
export function checkTimeframes(shared, report) {
  for (const [fine, timeframe, coarse, cutOff] of PAIRS) {
    const source = new Map(readCandles(join(shared, `data/candles/${coarse}.csv.gz`)).map((row) => [row.time, row]));
    const candles = new CandleFile(readCandles(join(shared, `data/candles/${fine}.csv.gz`))).candles(timeframe);
    const known = candles.slice(0, candles.length - cutOff).filter((candle) => source.has(candle.time));
    const differing = known.filter((candle) => {
      const theirs = source.get(candle.time);
      return ['open', 'high', 'low', 'close'].some((field) => candle[field] !== theirs[field]) || Math.abs(candle.volume - theirs.volume) > 1e-6 * theirs.volume;
    });
    report(`${fine} as ${timeframe}: ${known.length} candles of ${coarse}`, known.length > 0 && differing.length === 0,
      differing.slice(0, 3).map((candle) => JSON.stringify([candle, source.get(candle.time)])).join(' '));
  }
}
