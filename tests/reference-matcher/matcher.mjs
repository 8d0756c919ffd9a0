// The reference matcher: runs orders over the events of a recording and tells how each one filled, and why.
import { decide } from './decisions.mjs';
import { format, parse, parseRate } from './decimal.mjs';
import { Market } from './market.mjs';
import { Refusal, end, readOrder, result } from './order.mjs';
import { rest, startResting } from './resting.mjs';
import { act } from './taking.mjs';
import { firedInTurn, inTurn } from './turns.mjs';
import { alreadyReached, fires, isConditional, startWatching } from './triggers.mjs';

/** events: from recording.mjs; plan: the ORDERS.json document; overrides: {decision: alternative}. */
export function match(events, plan, overrides = {}) {
  const setup = readSetup(plan, overrides);
  const market = new Market(setup.decisions, setup.step);
  const placements = byEvent(plan.orders);
  const results = new Map();
  let live = []; // accepted orders in the order of their acceptance

  const place = (index) => {
    for (const { spec, position } of placements.get(index) ?? []) {
      const order = accept(spec, market, setup, index);
      results.set(position, order);
      if (!order.done) live.push(order);
    }
  };

  place(-1);
  events.forEach((event, index) => {
    if (setup.decisions.firedActs === 'beforeNext') actFired(live, market, setup, index);
    const seen = market.apply(event);
    if (setup.decisions.firedActs === 'withNext') actFired(live, market, setup, index);
    const traded = seen.trade?.quantity ?? 0n;
    const shared = { buy: traded, sell: traded, queue: traded, book: traded };
    for (const order of inTurn(live, seen, setup)) meet(order, seen, market, setup, index, shared);
    if (live.some((order) => order.done)) live = live.filter((order) => !order.done);
    place(index);
  });
  return { orders: plan.orders.map((spec, position) => result(results.get(position) ?? unplaced(spec))) };
}

function readSetup(plan, overrides) {
  const { instrument, fees, slippage } = plan;
  return {
    decisions: decide(overrides),
    tick: parse(instrument.tick), step: parse(instrument.step), base: instrument.base, quote: instrument.quote,
    fees: { maker: parseRate(fees.maker), taker: parseRate(fees.taker) },
    slippage: parseRate(slippage),
  };
}

function byEvent(specs) {
  const placements = new Map();
  specs.forEach((spec, position) => {
    if (!placements.has(spec.afterEvent)) placements.set(spec.afterEvent, []);
    placements.get(spec.afterEvent).push({ spec, position });
  });
  return placements;
}

/** An order arrives after event index: it is refused, watches, or meets the book as it stands. */
function accept(spec, market, setup, index) {
  let order;
  try {
    order = readOrder(spec, setup);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refused(spec, error.code);
  }
  const lastPrice = market.last?.price ?? null;
  if (!isConditional(order)) activate(order, market, setup, index);
  else if (alreadyReached(order, lastPrice)) end(order, 'rejected', 'trigger_wrong_side');
  else startWatching(order, lastPrice, setup.decisions);
  return order;
}

/** Takes what it can at once, then rests if it is of that kind. */
function activate(order, market, setup, index) {
  order.fired = false;
  if (act(order, market, setup, index)) startResting(order, market);
}

function actFired(live, market, setup, index) {
  for (const order of firedInTurn(live, setup)) activate(order, market, setup, index);
}

/** One event for one accepted order. */
function meet(order, seen, market, setup, index, shared) {
  if (order.done) return;
  if (order.fired) activate(order, market, setup, index); // fired at an event before: acts now (D5)
  else if (order.resting) rest(order, seen, market, setup, index, shared);
  else if (seen.trade && fires(order, seen.trade.price)) fire(order, seen.trade, index);
}

function fire(order, trade, index) {
  order.fired = true;
  order.status = 'new';
  order.firedBy = { event: index, id: trade.id, price: format(trade.price) };
}

const refused = (spec, reason) => ({ id: spec.id, status: 'rejected', reason, fills: [], done: true });
const unplaced = (spec) => refused(spec, 'market_ended');
