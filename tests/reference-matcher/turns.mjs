// Whose turn it is when several of our orders meet one event (D8).
import { threshold } from './triggers.mjs';

const MODELS = ['touch', 'through', 'queue', 'book'];

/** Resting orders by model, the side the trade came to, price and time of starting to rest; then those that watch. */
export function inTurn(live, seen, setup) {
  if (setup.decisions.priority === 'acceptance') return live;
  const firstIsBuy = seen.trade ? seen.trade.buyerIsMaker : true;
  const resting = live.filter((order) => order.resting).sort((a, b) =>
    MODELS.indexOf(a.model) - MODELS.indexOf(b.model)
    || Number(b.isBuy === firstIsBuy) - Number(a.isBuy === firstIsBuy)
    || (a.isBuy ? compare(b.price, a.price) : compare(a.price, b.price))
    || a.restedAt - b.restedAt);
  return [...resting, ...live.filter((order) => !order.resting)];
}

/** Fired orders as a price on its way meets their thresholds: falling ones from the highest, then rising ones from the lowest. */
export function firedInTurn(live, setup) {
  const fired = live.filter((order) => order.fired);
  if (setup.decisions.priority === 'acceptance') return fired;
  return fired.sort((a, b) => {
    const [left, right] = [threshold(a), threshold(b)];
    if (left.falling !== right.falling) return left.falling ? -1 : 1;
    return (left.falling ? compare(right.level, left.level) : compare(left.level, right.level)) || a.id - b.id;
  });
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
