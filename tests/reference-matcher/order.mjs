// An order: reading and checking what the user wrote, its money (fees) and its result.
import { ONE, ceilDiv, floorTo, format, parse } from './decimal.mjs';

const TYPES = ['market', 'limit', 'stopLoss', 'stopLossLimit', 'takeProfit', 'takeProfitLimit', 'trailingStop'];
const MODELS = ['touch', 'through', 'queue', 'book'];

export class Refusal extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** The order with its numbers parsed; throws Refusal. `rules` = {tick, step}. */
export function readOrder(spec, rules) {
  const order = {
    id: spec.id, side: spec.side, type: spec.type,
    isBuy: spec.side === 'buy',
    opposite: spec.side === 'buy' ? 'ask' : 'bid',
    own: spec.side === 'buy' ? 'bid' : 'ask',
    hasLimit: ['limit', 'stopLossLimit', 'takeProfitLimit'].includes(spec.type),
    timeInForce: spec.timeInForce ?? 'gtc',
    givenTimeInForce: spec.timeInForce ?? null,
    postOnly: spec.postOnly === true,
    model: spec.model ?? null,
    quantity: amount(spec.quantity), quoteQuantity: amount(spec.quoteQuantity),
    price: amount(spec.price), triggerPrice: amount(spec.triggerPrice), activationPrice: amount(spec.activationPrice),
    trailingDelta: spec.trailingDelta ?? null,
    filled: 0n, fills: [], status: 'new', reason: null, firedBy: null,
  };
  check(order, rules);
  if (order.quantity === null && order.hasLimit) {
    order.quantity = floorTo((order.quoteQuantity * ONE) / order.price, rules.step);
    if (order.quantity === 0n) throw new Refusal('below_minimum');
  }
  return order;
}

function amount(text) {
  if (text === undefined || text === null) return null;
  try {
    return parse(text);
  } catch {
    throw new Refusal('invalid_field');
  }
}

function check(order, { tick, step }) {
  const need = (condition, code = 'invalid_field') => {
    if (!condition) throw new Refusal(code);
  };
  need(['buy', 'sell'].includes(order.side) && TYPES.includes(order.type));
  need(['gtc', 'ioc', 'fok'].includes(order.timeInForce));
  need(order.model === null || MODELS.includes(order.model));
  need((order.quantity === null) !== (order.quoteQuantity === null));
  need((order.quantity ?? order.quoteQuantity) > 0n);
  need(order.quantity === null || order.quantity % step === 0n, 'quantity_not_on_step');
  need((order.price !== null) === order.hasLimit);
  const conditional = /^(stopLoss|takeProfit)/.test(order.type);
  need((order.triggerPrice !== null) === conditional);
  need((order.trailingDelta !== null) === (order.type === 'trailingStop'));
  need(order.trailingDelta === null
    || (Number.isInteger(order.trailingDelta) && order.trailingDelta > 0 && order.trailingDelta < 10000));
  need(order.activationPrice === null || order.type === 'trailingStop');
  for (const price of [order.price, order.triggerPrice, order.activationPrice]) {
    need(price === null || price > 0n);
    need(price === null || price % tick === 0n, 'price_not_on_tick');
  }
  need(!order.postOnly || (order.hasLimit && order.timeInForce === 'gtc'));
}

/** True when price a is at or better than the limit b for this order's side as a price to pay or receive. */
export const within = (order, price, limit) => (order.isBuy ? price <= limit : price >= limit);
/** True when price is strictly beyond the limit: the market went through it. */
export const beyond = (order, price, limit) => (order.isBuy ? price < limit : price > limit);

export const remaining = (order) => order.quantity - order.filled;

/**
 * Books a fill. Fee in the asset received, rounded up to 8 decimals once per fill:
 * a buy pays quantity*rate in base, a sell price*quantity*rate in quote.
 */
export function addFill(order, setup, fill) {
  const { price, quantity, maker, event, cause } = fill;
  const rate = maker ? setup.fees.maker : setup.fees.taker;
  const fee = order.isBuy
    ? ceilDiv(quantity * rate.n, rate.d)
    : ceilDiv(price * quantity * rate.n, rate.d * ONE);
  order.fills.push({
    price: format(price), quantity: format(quantity), maker, fee: format(fee),
    feeAsset: order.isBuy ? setup.base : setup.quote, event,
    cause: { kind: cause.kind, id: cause.id, price: format(cause.price) },
  });
  order.filled += quantity;
}

export function end(order, status, reason = null) {
  order.status = status;
  order.reason = reason;
  order.done = true;
}

export function result(order) {
  const answer = { id: order.id, status: order.fired && !order.done ? 'triggered' : order.status };
  if (order.reason) answer.reason = order.reason;
  if (order.firedBy) answer.firedBy = order.firedBy;
  answer.fills = order.fills;
  return answer;
}
