// "Report": the metrics of our own convention. What cannot be computed is null.
import { meanOf, sumOf } from './series.mjs';

const DAY = 86400000;
const orNull = (value) => (Number.isFinite(value) ? value : null);

/** Standard deviation with n-1; NaN for fewer than two. */
function sampleDeviation(values) {
  if (values.length < 2) return NaN;
  const mean = meanOf(values);
  return Math.sqrt(sumOf(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
}

/** Last equity of each UTC day, carried over empty days, preceded by start. `times` decide the day. */
export function dailyEquity(times, equity, start) {
  const daily = [start];
  let day = null;
  times.forEach((time, i) => {
    const today = Math.floor(time / DAY);
    if (day !== null && today === day) daily.pop();
    for (let empty = (day ?? today) + 1; empty < today; empty++) daily.push(daily.at(-1));
    daily.push(equity[i]);
    day = today;
  });
  return daily;
}

/** Sharpe, sortino, volatility of a list of daily equities. */
export function dailyMetrics(daily) {
  const returns = daily.slice(1).map((value, i) => value / daily[i] - 1);
  const mean = meanOf(returns);
  const deviation = sampleDeviation(returns);
  const below = Math.sqrt(sumOf(returns.map((r) => Math.min(r, 0) ** 2)) / returns.length);
  const year = Math.sqrt(365);
  return { sharpe: orNull((mean / deviation) * year), volatility: orNull(deviation * year), sortino: orNull((mean / below) * year) };
}

/** Deepest fall from a peak (start is the first peak) and the longest time, in days, from a peak to its recovery or the end. */
export function drawdown(times, equity, start, startTime) {
  let peak = start;
  let peakTime = startTime;
  let deepest = 0;
  let longest = 0;
  let under = false;
  times.forEach((time, i) => {
    if (under) longest = Math.max(longest, time - peakTime);
    if (equity[i] >= peak) {
      [peak, peakTime, under] = [equity[i], time, false];
    } else {
      under = true;
      longest = Math.max(longest, time - peakTime);
      deepest = Math.max(deepest, 1 - equity[i] / peak);
    }
  });
  return { maxDrawdown: deepest, maxDrawdownDays: longest / DAY };
}

export function tradeMetrics(trades) {
  const pnl = trades.map((trade) => trade.pnl);
  const percent = trades.map((trade) => trade.pnlPercent);
  const gains = sumOf(pnl.filter((value) => value > 0));
  const losses = sumOf(pnl.filter((value) => value < 0));
  return {
    profitFactor: orNull(gains / Math.abs(losses)),
    winRate: orNull(pnl.filter((value) => value > 0).length / pnl.length),
    expectancy: orNull(meanOf(pnl)),
    sqn: orNull((Math.sqrt(pnl.length) * meanOf(pnl)) / sampleDeviation(pnl)),
    bestTrade: percent.length ? Math.max(...percent) : null,
    worstTrade: percent.length ? Math.min(...percent) : null,
    averageTrade: orNull(meanOf(percent)),
    trades: trades.length,
    fees: sumOf(trades.map((trade) => trade.fees)),
  };
}

export function metricsOf({ candles, equity, exposed, trades, start, final }) {
  const [first, last] = [candles[0], candles.at(-1)];
  const cagr = orNull((final / start) ** (1 / ((last.end - first.time) / (365 * DAY))) - 1);
  const { maxDrawdown, maxDrawdownDays } = drawdown(candles.map((candle) => candle.end), equity, start, first.time);
  const { bestTrade, worstTrade, averageTrade, trades: count, fees, ...money } = tradeMetrics(trades);
  return {
    return: final / start - 1,
    cagr,
    ...dailyMetrics(dailyEquity(candles.map((candle) => candle.time), equity, start)),
    maxDrawdown,
    calmar: cagr === null ? null : orNull(cagr / maxDrawdown),
    maxDrawdownDays,
    ...money,
    exposure: exposed.filter(Boolean).length / candles.length,
    buyAndHold: last.close / first.open - 1,
    bestTrade,
    worstTrade,
    averageTrade,
    trades: count,
    fees,
  };
}
