// Exact amounts: whole numbers of 1e-18, so that a sum is what it says to the last digit.
import { same, that } from './steps.mjs';

const digits = 18;
const one = 10n ** BigInt(digits);

/** An amount of the wire. Plain notation only: that is part of what is tested. */
export function exact(text) {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text));
  that('a plain amount', parts !== null && (parts[3] ?? '').length <= digits, text);
  const value = BigInt(parts[2]) * one + BigInt((parts[3] ?? '').padEnd(digits, '0'));
  return parts[1] === '-' ? -value : value;
}

export function times(left, right) {
  const product = left * right;
  that('a product without rest', product % one === 0n, product);
  return product / one;
}

/** A thousandth, rounded up to eight decimals: the fee of one fill. */
export function fee(received) {
  const grid = one / 10n ** 8n;
  const raw = received / 1000n + (received % 1000n === 0n ? 0n : 1n);
  return ((raw + grid - 1n) / grid) * grid;
}

export function plain(value) {
  const sign = value < 0n ? '-' : '';
  const text = String(value < 0n ? -value : value).padStart(digits + 1, '0');
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0+$/, '');
}

/** Eight decimals, always: how Binance writes an amount. */
export function wire(what, text) {
  that(`${what} has eight decimals`, typeof text === 'string' && /^-?\d+\.\d{8}$/.test(text), text);
}

/** So many per mille above or below, on the grid, as text. */
export function near(price, perMille, decimals = 2) {
  return (Math.round(Number(price) * (1 + perMille / 1000) * 10 ** decimals) / 10 ** decimals).toFixed(decimals);
}

/**
 * What an account must hold: its first balances and every fill since. Told of all fills, it must agree with the server to the last digit.
 */
export class Purse {
  #sums = new Map();
  #pair;

  /** @param balances as the wire has them: [{asset, free, locked}] */
  constructor(balances, pair = { base: 'BTC', quote: 'USDT' }) {
    this.#pair = pair;
    for (const { asset, free, locked } of balances) this.#sums.set(asset, exact(free) + exact(locked));
  }

  sum(asset) {
    return this.#sums.get(asset) ?? 0n;
  }

  /** Checks a full answer of an order against its own fills, and books them. */
  filled(order) {
    const { base, quote } = this.#pair;
    that('it has fills', Array.isArray(order.fills) && order.fills.length > 0, order);
    const [quantity, cost] = this.#book(order.fills, () => order.side === 'BUY');
    same('executedQty', plain(exact(order.executedQty)), plain(quantity));
    same('cummulativeQuoteQty', plain(exact(order.cummulativeQuoteQty)), plain(cost));
    return `${plain(quantity)} ${base} for ${plain(cost)} ${quote} in ${order.fills.length}`;
  }

  /** Books fills as myTrades tells them. */
  traded(trades) {
    return this.#book(trades, (trade) => trade.isBuyer);
  }

  #book(fills, buys) {
    const { base, quote } = this.#pair;
    let [quantity, cost] = [0n, 0n];
    for (const fill of fills) {
      for (const name of ['price', 'qty', 'commission']) wire(`fill's ${name}`, fill[name]);
      const [price, filled, commission] = [exact(fill.price), exact(fill.qty), exact(fill.commission)];
      const value = times(price, filled);
      same('the asset of the fee', fill.commissionAsset, buys(fill) ? base : quote);
      same('the fee', plain(commission), plain(fee(buys(fill) ? filled : value)));
      quantity += filled;
      cost += value;
      this.#change(base, buys(fill) ? filled : -filled);
      this.#change(quote, buys(fill) ? -value : value);
      this.#change(fill.commissionAsset, -commission);
    }
    return [quantity, cost];
  }

  /** What the account says must be what was booked; what is held must be what open orders hold. */
  agrees(balances, held = {}) {
    for (const { asset, free, locked } of balances) {
      wire(`free ${asset}`, free);
      wire(`locked ${asset}`, locked);
      same(`the sum of ${asset}`, plain(exact(free) + exact(locked)), plain(this.sum(asset)));
      same(`held ${asset}`, plain(exact(locked)), plain(exact(held[asset] ?? '0')));
    }
    return [this.#pair.base, this.#pair.quote].map((asset) => `${asset} ${plain(this.sum(asset))}`).join(', ');
  }

  #change(asset, by) {
    this.#sums.set(asset, this.sum(asset) + by);
  }
}
