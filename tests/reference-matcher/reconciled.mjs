// A queue whose trades and displayed sizes come out of step (queueReading=reconciled; docs/decisions/0008-fill-models.md, "queue"):
// a trade explains falls in the next two changes of its level, and one that is told after its fall undoes that much of it.
// Places are kept in 10^-12: rounding each small fall up to the step would stop a queue from moving at all.
import { ceilDiv, min } from './decimal.mjs';

const FINE = 10n ** 4n; // 10^-8 -> 10^-12

export function place(order, market) {
  const shown = displayed(order, market);
  order.queue = { shown, ahead: shown === null ? null : shown * FINE, fresh: 0n, aged: 0n, slack: 0n, debt: 0n, debtTime: 0 };
}

/** Size displayed at the order's price; null beyond the worst level of the picture, where nobody knows. */
const displayed = (order, market) => market.book.shown(order.own, order.price);

/** A trade at or beyond the order's price: gives what of `rest` comes to the order. */
export function traded(order, trade, passed, rest) {
  const queue = order.queue;
  if (passed) {
    Object.assign(queue, { ahead: 0n, slack: 0n, debt: 0n });
    return rest;
  }
  queue.fresh += trade.quantity - giveBack(queue, trade);
  if (queue.ahead === null) return 0n;
  const shortened = min(queue.ahead, rest * FINE);
  queue.ahead -= shortened;
  return (rest * FINE - shortened) / FINE;
}

/** A trade that happened not later than the fall that was taken for a cancellation. */
function giveBack(queue, trade) {
  if (queue.debt === 0n) return 0n;
  if (trade.time > queue.debtTime) {
    Object.assign(queue, { slack: 0n, debt: 0n });
    return 0n;
  }
  const late = min(trade.quantity, queue.debt);
  const back = min(queue.slack, ceilDiv(queue.slack * late, queue.debt));
  if (queue.ahead !== null) queue.ahead += back;
  queue.slack -= back;
  queue.debt -= late;
  return late;
}

/** A depth event: only one that names the level says anything of it. */
export function shown(order, market, depth) {
  if (!depth.named[order.own].has(order.price)) return;
  const queue = order.queue;
  const after = displayed(order, market);
  if (after !== null) {
    if (queue.shown !== null && after < queue.shown) fall(queue, queue.shown - after, after, depth.time);
    queue.ahead = min(queue.ahead ?? after * FINE, after * FINE);
  }
  [queue.aged, queue.fresh, queue.shown] = [queue.fresh, 0n, after];
}

/** Trades explain it first; the rest left evenly over the queue as it stood after them. */
function fall(queue, size, after, time) {
  const old = min(size, queue.aged);
  const young = min(size - old, queue.fresh);
  queue.fresh -= young;
  const rest = size - old - young;
  if (rest === 0n) return;
  if (queue.ahead !== null) {
    const before = min(queue.ahead, (after + rest) * FINE);
    queue.ahead = ceilDiv(before * after, after + rest);
    queue.slack += before - queue.ahead;
  }
  queue.debt += rest;
  queue.debtTime = time ?? 0;
}
