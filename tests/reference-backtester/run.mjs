// One document over one candle file -> the report.
import { readDocument } from './document.mjs';
import { Frame } from './evaluate.mjs';
import { metricsOf } from './metrics.mjs';
import { Refusal } from './refusal.mjs';
import { simulate } from './simulate.mjs';

export const DEFAULTS = { cash: 10000, fee: 0.001, slippage: 0, from: -Infinity, to: Infinity };

export function backtest(json, file, settings = {}) {
  const { cash, fee, slippage, from, to } = { ...DEFAULTS, ...settings };
  const rules = readDocument(json);
  const frame = new Frame(file, rules.timeframe, rules.scope);
  const first = frame.candles.findIndex((candle) => candle.time >= from);
  const candles = first < 0 ? [] : frame.candles.slice(first).filter((candle) => candle.time < to);
  if (!candles.length) throw new Refusal('no candles between from and to');

  const enter = frame.evaluate(rules.enter).values;
  const exit = rules.exit ? frame.evaluate(rules.exit).values : [];
  const run = simulate({
    candles, rules, cash, fee, slippage,
    enter: (i) => enter[first + i] === true,
    exit: (i) => exit[first + i] === true,
  });
  return {
    engine: 'reference',
    strategy: rules.name,
    inputs: Object.fromEntries(rules.inputs),
    from: candles[0].time,
    to: candles.at(-1).end,
    candles: candles.length,
    start: cash,
    final: run.final,
    trades: run.trades,
    metrics: metricsOf({ candles, start: cash, ...run }),
    nearTies: frame.nearTies.count,
  };
}
