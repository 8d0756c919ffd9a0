// What is known of the market after each event: last trade, best quote, local book, and what our own orders have
// already consumed of displayed sizes ("a level's consumed size is not offered again ... until that level changes").
import { LocalBook } from './book.mjs';
import { min, max } from './decimal.mjs';

export class Market {
  constructor(decisions) {
    this.decisions = decisions;
    this.book = new LocalBook();
    this.last = null; // last trade event
    this.newestId = 0; // newest update id seen on ticker or book
    this.taken = { bid: new Map(), ask: new Map() }; // consumed size by price, of the local book
    this.top = { bid: null, ask: null }; // {price, size, taken}: best quotes by bookTicker
  }

  /** Applies event; returns what it is to our orders: {trade?, quote?, depth?}. */
  apply(event) {
    if (event.kind === 'trade') {
      this.last = event;
      return { trade: event };
    }
    if (event.kind === 'ticker') return this.applyTicker(event);
    return this.applyDepth(event);
  }

  applyTicker(event) {
    if (event.id < this.newestId) return {}; // older than what is known
    for (const side of ['bid', 'ask']) {
      const { price, size } = event[side];
      const before = this.top[side];
      if (before && before.price === price && before.size === size) continue;
      const sameAsBook = this.book.ready && this.book[side].size(price) === size;
      const taken = sameAsBook ? this.taken[side].get(price) ?? 0n : 0n;
      this.top[side] = { price, size, taken };
    }
    this.newestId = event.id;
    return { quote: { source: 'ticker', id: event.id, bid: event.bid.price, ask: event.ask.price } };
  }

  applyDepth(event) {
    const changes = this.book.apply(event);
    if (!changes) return {};
    for (const { side, price, before, after } of changes) {
      if (before === after && this.decisions.levelChange === 'differs') continue;
      this.refresh(side, price, after);
    }
    if (this.book.id < this.newestId) return { depth: true };
    this.newestId = this.book.id;
    const bid = this.book.bid.best();
    const ask = this.book.ask.best();
    return { depth: true, quote: { source: 'depth', id: this.book.id, bid, ask } };
  }

  /** A level of the local book changed: it is offered whole again, unless the ticker showed this very size before. */
  refresh(side, price, size) {
    const top = this.top[side];
    if (top && top.price === price && top.size === size && top.taken > 0n) this.taken[side].set(price, top.taken);
    else this.taken[side].delete(price);
  }

  /** Size of a local book level that our orders may still take. */
  offered(side, price) {
    return max(0n, this.book[side].size(price) - (this.taken[side].get(price) ?? 0n));
  }

  /** Size of the bookTicker's best level that our orders may still take. */
  offeredTop(side) {
    const top = this.top[side];
    return top ? max(0n, top.size - top.taken) : 0n;
  }

  /** Remembers that one of our orders consumed quantity at (side, price), whichever source offered it. */
  take(side, price, quantity) {
    const size = this.book.ready ? this.book[side].size(price) : 0n;
    if (size > 0n) this.taken[side].set(price, min(size, (this.taken[side].get(price) ?? 0n) + quantity));
    const top = this.top[side];
    if (top && top.price === price) top.taken = min(top.size, top.taken + quantity);
  }
}
