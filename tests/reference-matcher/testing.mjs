// Helpers of the tests: events written by hand and fills written in one line.
import assert from 'node:assert/strict';
import { match } from './matcher.mjs';
import { toEvent } from './recording.mjs';

let nextId = 100;
export const trade = (p, q, m = true, T = 0) => toEvent({ e: 'trade', t: ++nextId, p, q, m, T });
export const ticker = (u, b, B, a, A) => toEvent({ u, b, B, a, A });
export const snapshot = (lastUpdateId, bids, asks) => toEvent({ lastUpdateId, bids, asks });
export const diff = (U, u, b, a = [], E = 0) => toEvent({ e: 'depthUpdate', U, u, b, a, E });
/** bids 99 x 2, 98 x 3; asks 101 x 1, 102 x 4 at update 10 */
export const start = () => snapshot(10, [['99', '2'], ['98', '3']], [['101', '1'], ['102', '4']]);

export function run(events, orders, overrides) {
  const list = [orders].flat().map((order, i) => ({ id: i + 1, side: 'buy', type: 'limit', quantity: '1', ...order }));
  for (const order of list) if (order.quoteQuantity) delete order.quantity;
  const plan = {
    instrument: { tick: '0.01', step: '0.00001', base: 'BTC', quote: 'USDT' },
    fees: { maker: '0.001', taker: '0.002' }, slippage: '0.0005', orders: list,
  };
  return match(events, plan, overrides).orders;
}
/** "quantity@price/kind/event" per fill */
const brief = (order) => order.fills.map((f) => `${f.quantity}@${f.price}/${f.cause.kind}/${f.event}`);
export function expect(order, status, ...fills) {
  assert.deepEqual([order.status, ...brief(order)], [status, ...fills]);
}
