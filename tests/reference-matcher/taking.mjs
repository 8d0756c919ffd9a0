// What an order takes at once: market orders and the marketable part of limit orders.
import { ceilDiv, ceilTo, floorTo, max, min } from './decimal.mjs';
import { addFill, end, remaining, within } from './order.mjs';

/** "Market and marketable limit orders walk the local book where there is one, level by level; without a book: last
 *  price moved by the configured slippage. Never worse than the limit." -> {parts, whole}: what it would take. */
export function plan(order, market, setup) {
  return market.book.ready ? planFromBook(order, market, setup) : planFromLast(order, market, setup);
}

function planFromBook(order, market, setup) {
  const side = order.opposite;
  const want = wanted(order);
  const parts = [];
  for (const price of market.book[side].prices) {
    if (want.done || (order.hasLimit && !within(order, price, order.price))) break;
    const offered = market.offered(side, price);
    if (offered === 0n) continue;
    const quantity = want.at(price, offered, setup.step);
    if (quantity === 0n) continue;
    parts.push({ price, quantity, taken: { side, price }, cause: { kind: 'book', id: market.book.id, price } });
  }
  const something = parts.length > 0;
  return { parts, whole: something && (want.done || want.nothingLeft(parts, setup.step)), tooSmall: want.done && !something };
}

function planFromLast(order, market, setup) {
  const nothing = { parts: [], whole: false, tooSmall: false };
  if (!market.last || !marketable(order, market, setup)) return nothing;
  const last = market.last.price;
  let price = slipped(order, last, setup);
  if (order.hasLimit) price = order.isBuy ? min(price, order.price) : max(price, order.price);
  const want = wanted(order);
  const quantity = want.at(price, null, setup.step);
  if (quantity === 0n) return { ...nothing, tooSmall: true };
  const cause = { kind: 'slippage', id: market.last.id, price: last };
  return { parts: [{ price, quantity, taken: null, cause }], whole: true, tooSmall: false };
}

/** The last price moved away from us: up for a buy, down for a sell (D20). */
function slipped(order, last, setup) {
  const { n, d } = setup.slippage;
  const unit = setup.decisions.slippageRounding === 'exact' ? 1n : setup.tick;
  return order.isBuy ? ceilTo(ceilDiv(last * (d + n), d), unit) : floorTo((last * (d - n)) / d, unit);
}

/** How much the order still wants, level after level: a quantity, or what quoteQuantity buys there. */
function wanted(order) {
  if (order.quantity !== null) {
    let left = remaining(order);
    return {
      done: left === 0n,
      at(price, offered) {
        const quantity = offered === null ? left : min(left, offered);
        left -= quantity;
        this.done = left === 0n;
        return quantity;
      },
      nothingLeft: () => left === 0n,
    };
  }
  let left = order.quoteQuantity * 10n ** 8n; // price * quantity has 16 decimals
  return {
    done: false,
    /** "quoteQuantity buys floor(quote/price to the step), level by level" */
    at(price, offered, step) {
      const affordable = floorTo(left / price, step);
      const quantity = offered === null ? affordable : min(affordable, offered);
      left -= price * quantity;
      this.done = offered === null || affordable < offered;
      return quantity;
    },
    nothingLeft: (parts, step) => parts.length > 0 && floorTo(left / parts.at(-1).price, step) === 0n,
  };
}

/** Would a limit order meet the other side at once? */
export function marketable(order, market, setup) {
  if (!order.hasLimit) return true;
  if (!market.book.ready) {
    if (market.last === null) return false;
    const price = setup.decisions.flatLimit === 'last' ? market.last.price : slipped(order, market.last.price, setup);
    return within(order, price, order.price);
  }
  for (const price of market.book[order.opposite].prices) {
    if (!within(order, price, order.price)) return false;
    if (setup.decisions.postOnlyAgainst === 'displayed' || market.offered(order.opposite, price) > 0n) return true;
  }
  return false;
}

/** The order acts: takes what it can; returns true when its rest is to rest in the market. */
export function act(order, market, setup, index) {
  if (order.postOnly) {
    if (!marketable(order, market, setup)) return true;
    end(order, 'rejected', 'would_take');
    return false;
  }
  const planned = plan(order, market, setup);
  if (order.timeInForce === 'fok' && !planned.whole) {
    end(order, 'expired', 'not_whole');
    return false;
  }
  for (const { price, quantity, taken, cause } of planned.parts) {
    if (taken) market.take(taken.side, taken.price, quantity);
    addFill(order, setup, { price, quantity, maker: false, event: index, cause });
  }
  if (planned.whole) end(order, 'filled');
  else if (order.timeInForce !== 'gtc') end(order, 'expired', 'remainder');
  else if (!order.hasLimit) endMarket(order, market, planned);
  else if (order.fills.length) order.status = 'partiallyFilled';
  return !order.done;
}

/** "Market remainder that the book cannot give: canceled (rejected when nothing filled)". */
function endMarket(order, market, planned) {
  if (order.fills.length) end(order, 'canceled', 'no_liquidity');
  else if (planned.tooSmall) end(order, 'rejected', 'below_minimum');
  else end(order, 'rejected', market.book.ready || market.last ? 'no_liquidity' : 'no_price');
}
