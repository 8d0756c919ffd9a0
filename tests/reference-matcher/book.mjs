// The local book by Binance's documented rule (web-socket-streams.md, "How to manage a local order book correctly"):
// buffer diffs until the snapshot; drop diffs with u <= lastUpdateId; the first one used must reach back to the
// snapshot (U <= lastUpdateId + 1); each later one must reach back to the one before, else drop the book.

/** One side: sizes by price and the prices sorted from the best. */
class Side {
  constructor(isBid) {
    this.isBid = isBid;
    this.sizes = new Map();
    this.prices = [];
  }

  size(price) {
    return this.sizes.get(price) ?? 0n;
  }

  /** True when a price is strictly better (nearer to a taker) than another on this side. */
  better(a, b) {
    return this.isBid ? a > b : a < b;
  }

  set(price, size) {
    const known = this.sizes.has(price);
    if (size === 0n) {
      if (!known) return;
      this.sizes.delete(price);
      this.prices.splice(this.position(price), 1);
    } else {
      if (!known) this.prices.splice(this.position(price), 0, price);
      this.sizes.set(price, size);
    }
  }

  position(price) {
    let low = 0;
    let high = this.prices.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.better(this.prices[middle], price)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  best() {
    return this.prices.length ? this.prices[0] : null;
  }
}

export class LocalBook {
  constructor() {
    this.ready = false;
    this.id = 0;
    this.bid = new Side(true);
    this.ask = new Side(false);
    this.buffer = [];
    this.snapshot = null;
    this.worst = { bid: null, ask: null }; // where the last picture ended
  }

  /** The size displayed at a price; null beyond the picture's worst level, until a change names the price. */
  shown(name, price) {
    const side = this[name];
    if (side.sizes.has(price) || this.worst[name] === null) return side.size(price);
    return side.better(this.worst[name], price) ? null : 0n;
  }

  /**
   * Applies a snapshot or diff event. Returns null when the book did not change, else the levels that this event
   * named: [{side, price, before, after}] (a snapshot names every level of the book before and after it).
   */
  apply(event) {
    if (event.kind === 'snapshot') {
      this.snapshot = event;
      return this.start();
    }
    if (!this.ready) {
      this.buffer.push(event);
      return this.snapshot ? this.start() : null;
    }
    if (event.id <= this.id) return null;
    if (event.first > this.id + 1) {
      this.drop(event);
      return null;
    }
    return this.applyDiff(event);
  }

  /** Builds the book from the snapshot and the buffered diffs, if they join up. */
  start() {
    this.buffer = this.buffer.filter((diff) => diff.id > this.snapshot.id);
    if (this.buffer.length && this.buffer[0].first > this.snapshot.id + 1) {
      this.snapshot = null; // older than the first diff: another one is needed
      return null;
    }
    const before = { bid: this.bid, ask: this.ask };
    this.bid = new Side(true);
    this.ask = new Side(false);
    for (const side of ['bid', 'ask']) for (const { price, size } of this.snapshot[side]) this[side].set(price, size);
    this.worst = { bid: this.bid.prices.at(-1) ?? null, ask: this.ask.prices.at(-1) ?? null };
    this.id = this.snapshot.id;
    this.ready = true;
    const waiting = this.buffer;
    this.buffer = [];
    this.snapshot = null;
    for (const diff of waiting) {
      if (!this.ready) this.buffer.push(diff);
      else if (diff.first > this.id + 1) this.drop(diff);
      else this.applyDiff(diff);
    }
    return this.ready ? this.comparedWith(before) : null;
  }

  comparedWith(before) {
    const changes = [];
    for (const side of ['bid', 'ask']) {
      const prices = new Set([...before[side].prices, ...this[side].prices]);
      for (const price of prices) {
        changes.push({ side, price, before: before[side].size(price), after: this[side].size(price) });
      }
    }
    return changes;
  }

  applyDiff(event) {
    const changes = [];
    for (const side of ['bid', 'ask']) {
      for (const { price, size } of event[side]) {
        changes.push({ side, price, before: this[side].size(price), after: size });
        this[side].set(price, size);
      }
    }
    this.id = event.id;
    return changes;
  }

  /** A gap: no book until the next snapshot; the levels stay only to be compared with it. */
  drop(event) {
    this.ready = false;
    this.buffer = [event];
  }
}
