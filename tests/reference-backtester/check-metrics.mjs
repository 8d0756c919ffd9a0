// Metrics against fixtures/metrics, where another tool's formula is ours too (see its CONVENTIONS.md).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dailyEquity, dailyMetrics, drawdown, tradeMetrics } from './metrics.mjs';

const csv = (path) => readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1).map((line) => line.split(','));
const trade = (pnl) => ({ pnl, pnlPercent: 0, fees: 0 });

export function checkMetrics(shared, report) {
  const folder = join(shared, 'fixtures/metrics');
  const golden = JSON.parse(readFileSync(join(folder, 'golden_metrics.json'), 'utf8'));
  const same = (name, ours, theirs, digits) => {
    const allowed = digits === undefined ? 1e-12 * Math.abs(theirs) : 0.5000001 * 10 ** -digits;
    report(`${name}: ${ours} against ${theirs}`, Math.abs(ours - theirs) <= allowed, `allowed ${allowed}`);
  };

  const rows = csv(join(folder, 'equity_hourly.csv'));
  const times = rows.map(([time]) => Date.parse(time.replace(' ', 'T')));
  const equity = rows.map(([, value]) => Number(value));
  const daily = dailyMetrics(dailyEquity(times, equity, golden.start));
  same('sharpe = jesse, daily and 365', daily.sharpe, golden.jesse_daily365.sharpe);
  same('sharpe = nautilus with 365', daily.sharpe, golden.nautilus_port_365.sharpe);
  same('sortino = nautilus with 365', daily.sortino, golden.nautilus_port_365.sortino);
  const fall = drawdown(times, equity, golden.start, times[0]);
  same('maxDrawdown on each point = backtesting.py', fall.maxDrawdown, -golden.backtesting_py['Max. Drawdown [%]'] / 100);
  same('maxDrawdownDays = backtesting.py, 218 days 05:00', fall.maxDrawdownDays, 218 + 5 / 24);
  same('return', equity.at(-1) / golden.start - 1, golden.backtesting_py['Return [%]'] / 100);
  // The file's 9,601 points span 400 days, which is what freqtrade counts.
  same('cagr = freqtrade', (equity.at(-1) / golden.start) ** (365 / 400) - 1, golden.freqtrade_closed_trades.cagr);

  const trades = tradeMetrics(csv(join(folder, 'trades.csv')).map(([, , pnl]) => trade(Number(pnl))));
  same('trades', trades.trades, golden.n_trades);
  same('profitFactor = freqtrade', trades.profitFactor, golden.freqtrade_closed_trades.profit_factor);
  same('expectancy = freqtrade', trades.expectancy, golden.freqtrade_closed_trades.expectancy);
  same('winRate = backtesting.py', trades.winRate, golden.backtesting_py['Win Rate [%]'] / 100);
  same('sqn = backtesting.py', trades.sqn, golden.backtesting_py.SQN);
  same('sqn = freqtrade, 4 digits', trades.sqn, golden.freqtrade_closed_trades.sqn, 4);

  const tiny = JSON.parse(readFileSync(join(folder, 'tiny.json'), 'utf8'));
  const small = dailyMetrics(tiny.equity_daily);
  same('tiny sharpe', small.sharpe, tiny.values.jesse_nautilus_365.sharpe);
  same('tiny sortino', small.sortino, tiny.values.jesse_nautilus_365.sortino);
  const money = tradeMetrics(tiny.trade_pnl.map(trade));
  same('tiny sqn, 4 digits', money.sqn, tiny.values.freqtrade_closed.sqn, 4);
  same('tiny expectancy', money.expectancy, tiny.values.freqtrade_closed.exp[0]);
  const days = tiny.equity_daily.slice(1);
  const low = drawdown(days.map((_, i) => (i + 1) * 86400000), days, tiny.equity_daily[0], 0);
  same('tiny maxDrawdown', low.maxDrawdown, tiny.values.freqtrade_wallet.dd_rel);
}
