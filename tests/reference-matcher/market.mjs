// What is known of the market after each event: last trade, best quote, local book, and what our own orders have
// already consumed of displayed sizes ("a level's consumed size is not offered again ... until that level changes").
import { LocalBook } from './book.mjs';
import { floorTo, max, min } from './decimal.mjs';

export class Market {
  constructor(decisions, step = 1n) {
    this.decisions = decisions;
    this.step = step;
    this.book = new LocalBook();
    this.last = null; // last trade event
    this.rested = 0; // orders that have started to rest
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
    return { quote: this.quote('ticker', event.id, (side) => (this.passesOver(side, event[side]) ? null : event[side].price)) };
  }

  applyDepth(event) {
    const changes = this.book.apply(event);
    if (!changes) return {};
    const named = { bid: new Set(), ask: new Set() };
    for (const { side, price, before, after } of changes) {
      named[side].add(price);
      if (before === after && this.decisions.levelChange === 'differs') continue;
      this.refresh(side, price, after);
    }
    const depth = { named, time: event.time };
    if (this.book.id < this.newestId && this.decisions.lateDepth === 'skip') return { depth };
    this.newestId = Math.max(this.newestId, this.book.id);
    return { depth, quote: this.quote('depth', this.book.id, (side) => this.best(side)) };
  }

  /** Best quotes as they are when they are asked for: an order that acts at this event may consume one before others meet it. */
  quote(source, id, best) {
    return { source, id, get bid() { return best('bid'); }, get ask() { return best('ask'); } };
  }

  /** Best price of the local book, consumed or not by decision. */
  best(side) {
    if (this.decisions.spentQuotes === 'count') return this.book[side].best();
    return this.book[side].prices.find((price) => this.offered(side, price) > 0n) ?? null;
  }

  /** The bookTicker shows a level of the size it has in the local book, and our orders have consumed that. */
  passesOver(side, { price, size }) {
    if (this.decisions.spentQuotes === 'count' || !this.book.ready) return false;
    return this.taken[side].has(price) && this.book[side].size(price) === size && this.offered(side, price) === 0n;
  }

  /** A level of the local book changed: it is offered whole again, unless the ticker showed this very size before. */
  refresh(side, price, size) {
    const top = this.decisions.tickerSize === 'known' ? this.top[side] : null;
    if (top && top.price === price && top.size === size && top.taken > 0n) this.taken[side].set(price, top.taken);
    else this.taken[side].delete(price);
  }

  /** Size of a local book level that our orders may still take. */
  offered(side, price) {
    const left = max(0n, this.book[side].size(price) - (this.taken[side].get(price) ?? 0n));
    return this.decisions.offStep === 'whole' ? left : floorTo(left, this.step);
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
