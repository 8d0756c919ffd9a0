// Resting orders (maker), by fill model. Each function answers one event for one order.
import { ceilTo, floorTo, max, min } from './decimal.mjs';
import { addFill, beyond, end, remaining, within } from './order.mjs';
import * as reconciled from './reconciled.mjs';

/** The order starts to rest: the default model, and its place in the queue. */
export function startResting(order, market) {
  const depth = market.book.ready;
  const joins = market.decisions.noBook === 'joins'; // D9
  if (order.model === null) order.model = depth || joins ? 'queue' : 'through';
  const queues = order.model === 'queue' || order.model === 'book';
  if (!depth && queues && !joins) order.model = 'through';
  order.resting = true;
  order.restedAt = market.rested++;
  if (!queues) return;
  order.unplaced = !depth;
  if (depth) takePlace(order, market);
}

/** "starts behind the size displayed at its price" */
function takePlace(order, market) {
  order.unplaced = false;
  if (market.decisions.queueReading === 'reconciled') {
    reconciled.place(order, market);
    return;
  }
  order.shown = market.book[order.own].size(order.price);
  order.ahead = order.shown;
  order.explained = 0n; // traded at this price since the displayed size last changed
}

export function rest(order, seen, market, setup, index, shared) {
  const context = { order, market, setup, index, shared };
  if (order.unplaced && seen.depth && market.book.ready) takePlace(order, market);
  else if (order.unplaced || order.model === 'touch' || order.model === 'through') return whole(context, seen);
  else if (seen.depth) setup.decisions.queueReading === 'reconciled' ? reconciled.shown(order, market, seen.depth) : queueFall(context);
  if (seen.trade) queueTrade(context, seen.trade);
  if (seen.quote && order.model === 'book' && !order.done) crossing(context, seen.quote);
}

/** touch: "fills whole at the limit when a trade prints at or beyond it or the opposite best quote reaches it";
 *  through: "when a trade prints beyond it or the opposite best quote passes it". */
function whole(context, { trade, quote }) {
  const { order, setup } = context;
  const hit = order.model === 'touch' ? within : beyond; // queue and book without a book: as through
  if (trade && hit(order, trade.price, order.price)) {
    fill(context, remaining(order), order.price, { kind: 'trade', id: trade.id, price: trade.price });
    return;
  }
  if (!quote || !uses(setup.decisions.quoteSource, quote)) return;
  const best = quote[order.opposite];
  if (best !== null && hit(order, best, order.price)) {
    fill(context, remaining(order), order.price, { kind: 'quote', id: quote.id, price: best });
  }
}

const uses = (wanted, quote) => wanted === 'both' || wanted === quote.source;

/** "each trade at that price shortens what is ahead and then fills the order with its rest ...
 *  a trade beyond the price fills up to that trade's quantity" */
function queueTrade(context, trade) {
  const { order, setup, shared } = context;
  const { decisions } = setup;
  if (decisions.tradeSide === 'maker' && trade.buyerIsMaker !== order.isBuy) return;
  const passed = beyond(order, trade.price, order.price);
  if (!passed && trade.price !== order.price) return;
  let rest = decisions.tradeSharing === 'queued' ? shared[order.model] : trade.quantity;
  if (decisions.queueReading === 'reconciled') {
    rest = floorTo(reconciled.traded(order, trade, passed, rest), setup.step);
  } else if (passed) {
    if (decisions.beyondClearsAhead === 'yes') order.ahead = 0n;
  } else {
    const shortened = min(order.ahead, rest);
    order.ahead -= shortened;
    rest -= shortened;
    order.explained += trade.quantity;
  }
  if (decisions.tradeSharing === 'shared') rest = max(0n, rest - (trade.quantity - shared[order.side]));
  const quantity = min(rest, remaining(order));
  if (quantity === 0n) return;
  shared[order.side] -= quantity;
  shared[order.model] -= quantity;
  fill(context, quantity, order.price, { kind: 'trade', id: trade.id, price: trade.price });
}

/** "a fall of displayed size that no trade explains shortens it in proportion" */
function queueFall({ order, market, setup }) {
  const { decisions, step } = setup;
  const after = market.book[order.own].size(order.price);
  const before = order.shown;
  const gone = before - after - order.explained;
  if (gone > 0n && order.ahead > 0n) {
    // what was left of the old display after the trades, and how much of that stayed
    const base = decisions.fallBase === 'remaining' ? before - order.explained : before;
    const stayed = base - gone;
    if (decisions.aheadRounding === 'up') order.ahead = ceilTo(ceilingShare(order.ahead, stayed, base), step);
    else if (decisions.aheadRounding === 'down') order.ahead = (((order.ahead * stayed) / base) / step) * step;
    else order.ahead = (order.ahead * stayed) / base;
  }
  if (after !== before || decisions.explainedReset === 'everyDepth') order.explained = 0n;
  order.shown = after;
}

const ceilingShare = (ahead, stayed, base) => (ahead * stayed + base - 1n) / base;

/** book: "= queue with partial fills also from the opposite side's displayed size when quotes cross" */
function crossing(context, quote) {
  const { order, market, setup } = context;
  if (!uses(setup.decisions.bookSource, quote)) return;
  const side = order.opposite;
  if (quote.source === 'ticker') {
    if (within(order, quote[side], order.price)) consume(context, quote.id, quote[side], market.offeredTop(side), 'quote');
    return;
  }
  for (const price of market.book[side].prices) {
    if (order.done || !within(order, price, order.price)) return;
    consume(context, quote.id, price, market.offered(side, price), setup.decisions.bookCause);
  }
}

function consume(context, id, price, offered, kind) {
  const { order, market, setup } = context;
  const quantity = min(max(0n, offered), remaining(order));
  if (quantity === 0n) return;
  market.take(order.opposite, price, quantity);
  fill(context, quantity, setup.decisions.bookFillPrice === 'limit' ? order.price : price, { kind, id, price });
}

function fill({ order, setup, index }, quantity, price, cause) {
  addFill(order, setup, { price, quantity, maker: true, event: index, cause });
  if (remaining(order) === 0n) end(order, 'filled');
  else order.status = 'partiallyFilled';
}
