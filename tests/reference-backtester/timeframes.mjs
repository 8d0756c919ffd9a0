// Timeframes: a candle of timeframe T covers [k*T, (k+1)*T) UTC from the epoch, weeks from Monday, months by the calendar.
const MINUTE = 60000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The first Monday of the epoch, 1970-01-05. */
const MONDAY = 4 * DAY;

/** Name -> nominal length in ms, fine to coarse. */
export const TIMEFRAMES = new Map([
  ['1m', MINUTE], ['3m', 3 * MINUTE], ['5m', 5 * MINUTE], ['15m', 15 * MINUTE], ['30m', 30 * MINUTE],
  ['1h', HOUR], ['2h', 2 * HOUR], ['4h', 4 * HOUR], ['6h', 6 * HOUR], ['8h', 8 * HOUR], ['12h', 12 * HOUR],
  ['1d', DAY], ['3d', 3 * DAY], ['1w', 7 * DAY], ['1M', 30 * DAY],
]);

/** Start of the candle that holds a time. */
export function startOf(timeframe, time) {
  if (timeframe === '1M') {
    const date = new Date(time);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
  const length = TIMEFRAMES.get(timeframe);
  const shift = timeframe === '1w' ? MONDAY : 0;
  return Math.floor((time - shift) / length) * length + shift;
}

/** End of the candle that holds a time: the start of the next one. */
export function endOf(timeframe, time) {
  const start = startOf(timeframe, time);
  if (timeframe !== '1M') return start + TIMEFRAMES.get(timeframe);
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** The most frequent step between rows, in ms (of equals the smaller); null for fewer than two rows. */
export function mostFrequentStep(times) {
  const counts = new Map();
  for (let i = 1; i < times.length; i++) {
    const step = times[i] - times[i - 1];
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  let best = null;
  for (const [step, count] of counts) {
    if (best === null || count > counts.get(best) || (count === counts.get(best) && step < best)) best = step;
  }
  return best;
}

/** Length of a timeframe for "equal or coarser" against a file's step; a month's file steps by 28 to 31 days. */
export function isFiner(timeframe, step) {
  if (step === null) return false;
  if (timeframe === '1M') return step > 31 * DAY;
  return TIMEFRAMES.get(timeframe) < step;
}

/** Whether a file with this step already has this timeframe. */
export function isEqual(timeframe, step) {
  if (step === null) return true;
  if (timeframe === '1M') return step >= 28 * DAY && step <= 31 * DAY;
  return TIMEFRAMES.get(timeframe) === step;
}
