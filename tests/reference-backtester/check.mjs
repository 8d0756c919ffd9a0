#!/usr/bin/env node
// node check.mjs SHARED_DIR: prints what was compared; exit code 1 on any difference, 2 on wrong usage.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CandleFile, readCandles } from './candles.mjs';
import { checkIndicators } from './check-indicators.mjs';
import { checkMetrics } from './check-metrics.mjs';
import { checkTimeframes } from './check-timeframes.mjs';
import { backtest } from './run.mjs';

const shared = process.argv[2];
if (!shared) {
  process.stderr.write('usage: node check.mjs SHARED_DIR\n');
  process.exit(2);
}
const counts = { compared: 0, differing: 0 };
function report(what, isSame, why = '') {
  counts.compared++;
  if (!isSame) counts.differing++;
  process.stdout.write(`${isSame ? 'same' : 'DIFFERS'} ${what}${isSame ? '' : ` (${why})`}\n`);
}

/** Trades bit for bit; the metrics too, except for powers (cagr and what is made of it), whose last bit is the library's. */
function checkFixture(folder, symbol, name, file) {
  const document = JSON.parse(readFileSync(join(folder, symbol, `${name}.json`), 'utf8'));
  const expected = JSON.parse(readFileSync(join(folder, symbol, `${name}.trades.json`), 'utf8'));
  const ours = backtest(document, file, { fee: expected.fee, slippage: expected.slippage });
  const differences = [];
  const same = (what, mine, theirs) => mine === theirs || differences.push(`${what}: ${mine}, expected ${theirs}`);
  let fields = 0;
  same('trades', ours.trades.length, expected.trades.length);
  same('final', ours.final, expected.final);
  expected.trades.forEach((trade, i) => {
    for (const [field, value] of Object.entries(trade)) {
      fields++;
      same(`trade ${i + 1} ${field}`, ours.trades[i]?.[field], value);
    }
  });
  for (const [metric, value] of Object.entries(expected.metrics)) {
    const mine = ours.metrics[metric];
    const isPower = metric === 'cagr' || metric === 'calmar';
    if (!isPower || !(Math.abs(mine - value) <= 1e-14 * Math.abs(value))) same(metric, mine, value);
  }
  report(`${symbol} ${name}: ${expected.trades.length} trades, ${fields} fields bit for bit, final, ${Object.keys(expected.metrics).length} metrics`,
    differences.length === 0, differences.slice(0, 5).join('; '));
}

const folder = join(shared, 'fixtures/backtest');
for (const symbol of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name)) {
  const file = new CandleFile(readCandles(join(shared, `data/candles/binance_spot_1h/${symbol}.csv.gz`)));
  for (const name of readdirSync(join(folder, symbol))) {
    if (name.endsWith('.trades.json')) checkFixture(folder, symbol, name.replace('.trades.json', ''), file);
  }
}
checkMetrics(shared, report);
checkTimeframes(shared, report);
checkIndicators(shared, report);
process.stdout.write(`${counts.compared} comparisons, ${counts.differing} differ\n`);
process.exitCode = counts.differing || !counts.compared ? 1 : 0;
