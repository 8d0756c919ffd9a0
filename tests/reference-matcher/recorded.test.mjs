// Checks on the recorded stream itself; skipped, saying so, where it is absent.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from './decimal.mjs';
import { decide } from './decisions.mjs';
import { generate } from './generate.mjs';
import { Market } from './market.mjs';
import { match } from './matcher.mjs';
import { readRecording } from './recording.mjs';

const SHARED = process.env.LASTRO_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const RECORDING = `${SHARED}/data/streams/binance_spot_btcusdt_20240808.txt.gz`;
const skip = existsSync(RECORDING) ? false : `${RECORDING} is absent`;

test('recorded: every current depth update makes the bookTicker of the same moment', { skip }, () => {
  const market = new Market(decide());
  let checked = 0;
  for (const event of readRecording(RECORDING)) {
    const { quote } = market.apply(event);
    if (quote?.source !== 'depth' || !market.top.bid) continue;
    for (const side of ['bid', 'ask']) {
      assert.deepEqual([quote[side], market.book[side].size(quote[side])], [market.top[side].price, market.top[side].size]);
    }
    checked++;
  }
  assert.ok(checked > 3000);
});

test('recorded, random orders: never beyond quantity or limit, makers only after placement', { skip }, () => {
  const events = readRecording(RECORDING);
  const plan = generate(6, 300, events);
  const { orders } = match(events, plan);
  plan.orders.forEach((spec, i) => {
    const fills = orders[i].fills;
    const sum = fills.reduce((total, f) => total + parse(f.quantity), 0n);
    if (spec.quantity) assert.ok(sum <= parse(spec.quantity));
    if (spec.quantity) assert.equal(orders[i].status === 'filled', sum === parse(spec.quantity));
    for (const f of fills) {
      if (spec.price) assert.ok(spec.side === 'buy' ? parse(f.price) <= parse(spec.price) : parse(f.price) >= parse(spec.price));
      assert.ok(f.maker ? f.event > spec.afterEvent : f.event >= spec.afterEvent);
    }
  });
});
