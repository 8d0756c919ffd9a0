// Hand-computed examples, one or more for each rule. Run: node --test
import assert from 'node:assert/strict';
import test from 'node:test';
import { LocalBook } from './book.mjs';
import { format, parse } from './decimal.mjs';
import { parseRecording } from './recording.mjs';
import { diff, expect, run, snapshot, start, ticker, trade } from './testing.mjs';

test('decimals are exact and plain', () => {
  assert.equal(format(parse('61837.63000000')), '61837.63');
  assert.equal(format(parse('0.00000001')), '0.00000001');
  for (const text of ['1e5', '0.000000001']) assert.throws(() => parse(text));
});

test('recording: counted are trade, bookTicker, depth; klines are not', () => {
  const kinds = parseRecording([
    '17 {"stream":"x@kline_1m","data":{"e":"kline","k":{}}}',
    '18 {"stream":"x@trade","data":{"e":"trade","t":1,"p":"1","q":"2","m":true}}',
    '{"u":5,"s":"X","b":"1","B":"1","a":"2","A":"1"}', '19 {"lastUpdateId":1,"bids":[],"asks":[]}', '',
  ].join('\n')).map((event) => event.kind);
  assert.deepEqual(kinds, ['trade', 'ticker', 'snapshot']);
});

test('book: diffs wait for the snapshot, old ones fall away, a gap drops the book until the next snapshot', () => {
  const book = new LocalBook();
  book.apply(diff(5, 8, [['99', '7']]));
  book.apply(diff(9, 12, [['99', '5']], [['101', '0']]));
  assert.equal(book.ready, false);
  book.apply(start());
  assert.deepEqual([book.ready, book.id, book.bid.size(parse('99')), book.ask.best()], [true, 12, parse('5'), parse('102')]);
  assert.equal(book.apply(diff(11, 12, [['99', '9']])), null);
  book.apply(diff(14, 15, [['99', '1']]));
  assert.equal(book.ready, false);
  book.apply(snapshot(14, [['97', '1']], [['103', '1']]));
  assert.deepEqual([book.ready, book.id, book.bid.best()], [true, 15, parse('99')]);
});

test('market buy walks the book level by level; fee in base, rounded up to 8 decimals per fill', () => {
  const [order] = run([start()], { type: 'market', quantity: '1.23457', afterEvent: 0 });
  expect(order, 'filled', '1@101/book/0', '0.23457@102/book/0');
  assert.deepEqual(order.fills.map((f) => [f.fee, f.feeAsset, f.maker]), [['0.002', 'BTC', false], ['0.00046914', 'BTC', false]]);
  assert.deepEqual(order.fills[1].cause, { kind: 'book', id: 10, price: '102' });
});

test('fee of a sell is price*quantity*rate in quote, rounded up', () => {
  const [order] = run([snapshot(1, [['0.33', '1']], [])], { type: 'market', side: 'sell', quantity: '0.00001', afterEvent: 0 });
  assert.equal(order.fills[0].fee, '0.00000001'); // 0.33*0.00001*0.002 = 6.6e-9
  assert.equal(order.fills[0].feeAsset, 'USDT');
});

test('market remainder is canceled, with nothing filled rejected', () => {
  const [first, second] = run([start()], [{ type: 'market', quantity: '6', afterEvent: 0 }, { type: 'market', afterEvent: 0 }]);
  expect(first, 'canceled', '1@101/book/0', '4@102/book/0');
  expect(second, 'rejected');
});
test('quoteQuantity buys floor(quote/price to the step), level by level', () => {
  const [order, tiny] = run([start()], [
    { type: 'market', quoteQuantity: '111', afterEvent: 0 }, // 1*101, then 10/102 = 0.098039..
    { type: 'market', quoteQuantity: '0.001', afterEvent: 0 },
  ]);
  expect(order, 'filled', '1@101/book/0', '0.09803@102/book/0');
  assert.deepEqual([tiny.status, tiny.reason], ['rejected', 'below_minimum']);
});

test('without a book: last price moved by the slippage, onto the tick away from us, never worse than the limit', () => {
  const events = [trade('100.03', '1'), trade('100', '1')];
  const [buy, sell, capped, resting] = run(events, [
    { type: 'market', afterEvent: 0 }, // 100.03*1.0005 = 100.080015 -> 100.09
    { type: 'market', side: 'sell', afterEvent: 0 }, // 99.979985 -> 99.97
    { price: '100.04', afterEvent: 0 },
    { price: '100.02', model: 'touch', afterEvent: 0 },
  ]);
  expect(buy, 'filled', '1@100.09/slippage/0');
  expect(sell, 'filled', '1@99.97/slippage/0');
  expect(capped, 'filled', '1@100.04/slippage/0');
  expect(resting, 'filled', '1@100.02/trade/1');
  assert.equal(run([ticker(1, '1', '1', '2', '1')], { type: 'market', afterEvent: 0 })[0].reason, 'no_price');
});

test('a consumed level is not offered again until it changes', () => {
  const events = [start(), diff(11, 11, [], [['101', '1']]), diff(12, 12, [], [['101', '0.5']])];
  const order = { type: 'market', quantity: '0.8' };
  const results = run(events, [0, 0, 1, 2].map((afterEvent) => ({ ...order, afterEvent })));
  expect(results[0], 'filled', '0.8@101/book/0');
  expect(results[1], 'filled', '0.2@101/book/0', '0.6@102/book/0');
  expect(results[2], 'filled', '0.8@102/book/1'); // named again with the same size: no change (D3)
  expect(results[3], 'filled', '0.5@101/book/2', '0.3@102/book/2');
});

test('marketable limit takes to its limit and rests; ioc expires the rest; fok whole or not at all; post-only never takes', () => {
  const order = { price: '101', quantity: '3', afterEvent: 0 };
  expect(run([start()], { ...order })[0], 'partiallyFilled', '1@101/book/0');
  expect(run([start()], { ...order, timeInForce: 'ioc' })[0], 'expired', '1@101/book/0');
  expect(run([start()], { ...order, timeInForce: 'fok' })[0], 'expired');
  expect(run([start()], { ...order, price: '102', timeInForce: 'fok' })[0], 'filled', '1@101/book/0', '2@102/book/0');
  assert.equal(run([start()], { ...order, postOnly: true })[0].reason, 'would_take');
  expect(run([start()], { ...order, price: '100.99', postOnly: true })[0], 'new');
});

test('touch: at or beyond by trade or quote, whole at the limit; events after placement only', () => {
  const order = { price: '100', model: 'touch', quantity: '50', afterEvent: 1 };
  expect(run([start(), trade('100', '9'), trade('100', '0.1')], order)[0], 'filled', '50@100/trade/2');
  const [byQuote] = run([start(), trade('105', '1'), ticker(11, '99', '1', '100', '0.01')], order);
  expect(byQuote, 'filled', '50@100/quote/2');
  assert.deepEqual(byQuote.fills[0].cause, { kind: 'quote', id: 11, price: '100' });
  assert.equal(byQuote.fills[0].maker, true);
});

test('through: beyond only', () => {
  const order = { side: 'sell', price: '100', model: 'through', afterEvent: 0 };
  expect(run([start(), trade('100', '9'), ticker(11, '100', '1', '101', '1')], order)[0], 'new');
  expect(run([start(), trade('100.01', '0.1')], order)[0], 'filled', '1@100/trade/1');
  expect(run([start(), ticker(11, '100.01', '1', '101', '1')], order)[0], 'filled', '1@100/quote/1');
});

test('queue: behind the displayed size, shortened by trades, then filled with their rest', () => {
  const events = [start(), trade('99', '1.5'), trade('99', '0.7'), trade('99', '5')];
  expect(run(events, { price: '99', model: 'queue', afterEvent: 0 })[0], 'filled', '0.2@99/trade/2', '0.8@99/trade/3');
});

test('queue: an unexplained fall shortens in proportion, an explained one does not', () => {
  // 2 ahead; trade 0.5 -> 1.5 ahead; display 2 -> 1.2: 0.5 explained, 0.3 of 1.5 left: 1.5*1.2/1.5 = 1.2 ahead
  const events = [start(), trade('99', '0.5'), diff(11, 11, [['99', '1.2']]), trade('99', '1.3')];
  expect(run(events, { price: '99', model: 'queue', afterEvent: 0 })[0], 'partiallyFilled', '0.1@99/trade/3');
  // others joined behind: 2 ahead, display 2 -> 5 -> 4: 1 of 5 unexplained, 2*4/5 = 1.6 ahead
  const joined = [start(), diff(11, 11, [['99', '5']]), diff(12, 12, [['99', '4']]), trade('99', '2')];
  expect(run(joined, { price: '99', model: 'queue', afterEvent: 0 })[0], 'partiallyFilled', '0.4@99/trade/3');
  // rounded up to the step: 1*2/3
  const third = [snapshot(10, [['99', '1']], []), diff(11, 11, [['99', '3']]), diff(12, 12, [['99', '2']]), trade('99', '1')];
  expect(run(third, { price: '99', afterEvent: 0 })[0], 'partiallyFilled', '0.33333@99/trade/3');
});

test('queue: a trade beyond fills up to its quantity and leaves nothing ahead; quotes do not fill', () => {
  const events = [start(), ticker(11, '97', '1', '98', '9'), trade('98.99', '0.4'), trade('99', '0.1')];
  expect(run(events, { price: '99', model: 'queue', afterEvent: 0 })[0], 'partiallyFilled', '0.4@99/trade/2', '0.1@99/trade/3');
});

test('default: queue with a book, through without', () => {
  const order = { price: '99', afterEvent: 0 };
  expect(run([start(), trade('98', '0.3')], order)[0], 'partiallyFilled', '0.3@99/trade/1');
  expect(run([trade('105', '1'), trade('99', '9'), trade('98', '0.3')], order)[0], 'filled', '1@99/trade/2');
});

test('book: as queue, and from the displayed opposite size when quotes cross, each size once', () => {
  const order = { price: '99', model: 'book', quantity: '2', afterEvent: 0 };
  const crossed = ticker(11, '97', '1', '98.5', '0.6');
  const events = [start(), crossed, ticker(12, '97', '2', '98.5', '0.6'), ticker(13, '97', '2', '98.5', '0.7'),
    diff(11, 13, [['99', '0']], [['98.5', '0.7'], ['98.7', '0.2']]), trade('99', '0.1')];
  const [first, second] = run(events, [order, { ...order, quantity: '0.1', afterEvent: 1 }]);
  expect(first, 'partiallyFilled', '0.6@99/quote/1', '0.7@99/quote/3', '0.2@99/book/4', '0.1@99/trade/5');
  expect(second, 'filled', '0.1@99/trade/5');
});

test('conditional orders fire at trade prices, act from the next event on, on the book as it then stands', () => {
  const events = [start(), trade('100', '1'), ticker(11, '1', '1', '2', '1'), trade('98', '1'),
    diff(11, 12, [['99', '0.4']]), trade('97', '1')];
  const [stop, stopLimit] = run(events, [
    { type: 'stopLoss', side: 'sell', triggerPrice: '98', quantity: '0.5', afterEvent: 1 },
    { type: 'stopLossLimit', side: 'sell', triggerPrice: '98.5', price: '98.99', quantity: '0.5', afterEvent: 1, model: 'touch' },
  ]);
  expect(stop, 'filled', '0.4@99/book/4', '0.1@98/book/4');
  assert.deepEqual([stop.firedBy.event, stop.firedBy.price], [3, '98']);
  expect(stopLimit, 'new');
  const rise = [start(), trade('100', '1'), trade('101', '1'), trade('101', '1')];
  expect(run(rise, { type: 'stopLoss', triggerPrice: '101', afterEvent: 1 })[0], 'filled', '1@101/book/3');
  expect(run(rise, { type: 'takeProfit', side: 'sell', triggerPrice: '100.5', afterEvent: 1 })[0], 'filled', '1@99/book/3');
  expect(run(rise, { type: 'takeProfit', triggerPrice: '99', afterEvent: 1 })[0], 'waiting');
});

test('a trigger already reached by the last trade is refused', () => {
  const placed = (side, type, triggerPrice) => run([start(), trade('100', '1')], { side, type, triggerPrice, afterEvent: 1 })[0];
  for (const [side, type] of [['sell', 'stopLoss'], ['buy', 'takeProfit'], ['buy', 'stopLoss'], ['sell', 'takeProfit']]) {
    assert.equal(placed(side, type, '100').reason, 'trigger_wrong_side');
  }
  assert.equal(placed('sell', 'stopLoss', '99.99').status, 'waiting');
});

test('trailing stop: extreme updated, then tested, exactly; with activation price', () => {
  const prices = ['100', '110', '108.91', '108.9', '1'];
  const events = [start(), ...prices.map((p) => trade(p, '1'))];
  const sell = { type: 'trailingStop', side: 'sell', trailingDelta: 100, quantity: '0.1', afterEvent: 0 };
  assert.equal(run(events, sell)[0].firedBy.event, 4); // 110*0.99 = 108.9
  assert.equal(run(events, { ...sell, activationPrice: '111' })[0].status, 'waiting');
  const rise = [start(), ...['100', '95', '90', '90.89', '90.9', '1'].map((p) => trade(p, '1'))];
  assert.equal(run(rise, { ...sell, side: 'buy', activationPrice: '92' })[0].firedBy.event, 5); // 90*1.01 = 90.9
});

test('refusals', () => {
  const reason = (order) => run([start()], { afterEvent: 0, ...order })[0].reason;
  const given = [{ price: '99.001' }, { price: '99', quantity: '0.000001' }, {}, { price: '99', afterEvent: 7 }];
  assert.deepEqual(given.map(reason), ['price_not_on_tick', 'quantity_not_on_step', 'invalid_field', 'market_ended']);
});
