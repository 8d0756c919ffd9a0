// Conditional orders: they look at trade prices only.

/** Falling: stopLoss sell, takeProfit buy, trailing sell fire at trade <= level; the others at trade >= level. */
function falling(order) {
  if (order.type === 'trailingStop') return !order.isBuy;
  return order.type.startsWith('stopLoss') ? !order.isBuy : order.isBuy;
}

export const isConditional = (order) => order.triggerPrice !== null || order.trailingDelta !== null;

const reached = (order, price, level) => (falling(order) ? price <= level : price >= level);

/** "A trigger that the last trade has already reached is refused" */
export const alreadyReached = (order, lastPrice) =>
  order.triggerPrice !== null && lastPrice !== null && reached(order, lastPrice, order.triggerPrice);

/** Starts watching; a trailing stop without activationPrice trails at once. */
export function startWatching(order, lastPrice, decisions) {
  order.status = 'waiting';
  order.extreme = null;
  order.active = order.trailingDelta !== null && order.activationPrice === null;
  if (order.active && decisions.trailingSeed === 'last') order.extreme = lastPrice;
}

/** One trade: does the order fire at it? */
export function fires(order, price) {
  if (order.triggerPrice !== null) return reached(order, price, order.triggerPrice);
  return trailingFires(order, price);
}

/** "the extreme since placement (or since a trade reached activationPrice) is updated, then tested: a sell fires at
 *  trade <= extreme*(1 - bps/10000), mirrored for a buy" */
function trailingFires(order, price) {
  if (!order.active) {
    order.active = order.isBuy ? price <= order.activationPrice : price >= order.activationPrice;
    if (!order.active) return false;
  }
  const further = order.extreme === null || (order.isBuy ? price < order.extreme : price > order.extreme);
  if (further) order.extreme = price;
  return reached(order, price * BPS, threshold(order).level);
}

const BPS = 10000n;

/** What a trade must reach, times 10000: exact also for a trailing stop. */
export function threshold(order) {
  const level = order.triggerPrice !== null
    ? order.triggerPrice * BPS
    : order.extreme * (BPS + BigInt(order.isBuy ? order.trailingDelta : -order.trailingDelta));
  return { falling: falling(order), level };
}
