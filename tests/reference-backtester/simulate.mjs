// "Backtest rules" 1 to 6, in IEEE double and the written order.

/**
 * candles {time, end, open, high, low, close}; enter(i) and exit(i) tell whether the condition is true at the close of candle i.
 * Answers trades and, for each candle, its equity and whether there was a position at its close.
 */
export function simulate({ candles, enter, exit, rules, cash, fee, slippage }) {
  const { size, takeProfit, stopLoss, trailingStop, maxBars, cooldownBars } = rules;
  const trades = [];
  const equity = [];
  const exposed = [];
  let position = null;
  let pending = null; // 'entry', 'signal' or 'time'
  let cooldown = 0;

  function open(candle, index) {
    const fill = candle.open * (1 + slippage);
    const cost = cash * size;
    const quantity = (cost / fill) * (1 - fee);
    cash -= cost;
    position = { index, time: candle.time, fill, cost, quantity, high: fill };
  }

  function leave(candle, price, reason) {
    const proceeds = position.quantity * price * (1 - fee);
    cash += proceeds;
    const pnl = proceeds - position.cost;
    trades.push({
      entryTime: position.time,
      entryPrice: position.fill,
      exitTime: candle.time,
      exitPrice: price,
      quantity: position.quantity,
      fees: position.cost * fee + position.quantity * price * fee,
      pnl,
      pnlPercent: pnl / position.cost,
      reason,
    });
    position = null;
    cooldown = cooldownBars;
  }

  /** Rules 2 to 4. */
  function protect(candle, index) {
    const stop = stopLoss === null ? null : position.fill * (1 - stopLoss);
    const trail = trailingStop === null ? null : position.high * (1 - trailingStop);
    const byTrail = trail !== null && (stop === null || trail > stop);
    const level = byTrail ? trail : stop;
    const reason = byTrail ? 'trail' : 'stop';
    const target = takeProfit === null ? null : position.fill * (1 + takeProfit);
    const atOpen = index !== position.index;
    if (atOpen && level !== null && candle.open <= level) leave(candle, candle.open * (1 - slippage), reason);
    else if (atOpen && target !== null && candle.open >= target) leave(candle, candle.open, 'target');
    else if (level !== null && candle.low <= level) leave(candle, level * (1 - slippage), reason);
    else if (target !== null && candle.high >= target) leave(candle, target, 'target');
    else position.high = Math.max(position.high, candle.high);
  }

  /** Rule 5. */
  function decide(index) {
    if (position) {
      if (exit(index)) pending = 'signal';
      else if (maxBars !== null && index - position.index + 1 >= maxBars) pending = 'time';
    } else if (cooldown > 0) cooldown--;
    else if (enter(index) && !exit(index)) pending = 'entry';
  }

  candles.forEach((candle, index) => {
    const due = pending;
    pending = null;
    if (due === 'entry') open(candle, index);
    else if (due) leave(candle, candle.open * (1 - slippage), due);
    if (position) protect(candle, index);
    if (index < candles.length - 1) decide(index);
    exposed.push(position !== null);
    equity.push(position ? cash + position.quantity * candle.close : cash);
  });

  const last = candles.at(-1);
  if (position) {
    leave(last, last.close, 'end');
    equity[equity.length - 1] = cash; // what the run ends with, fee paid; the candle still counts as exposed
  }
  return { trades, equity, exposed, final: cash };
}
