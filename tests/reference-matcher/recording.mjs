// A recorded Binance combined stream -> the list of events the matcher counts, in the order of the file.
// One message a line: optional local receive time, a space, JSON; wrapped {stream, data} or raw.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from './decimal.mjs';

export function readRecording(path) {
  let bytes = readFileSync(path);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes);
  return parseRecording(bytes.toString('utf8'));
}

export function parseRecording(text) {
  const events = [];
  for (const line of text.split('\n')) {
    const start = line.indexOf('{');
    if (start < 0) continue;
    const event = toEvent(JSON.parse(line.slice(start)));
    if (event) events.push(event);
  }
  return events;
}

/** trade | ticker | snapshot | diff, or null for what is not counted (klines, other streams). */
export function toEvent(message) {
  const data = message.data ?? message;
  if (data.e === 'trade') {
    return { kind: 'trade', id: data.t, price: parse(data.p), quantity: parse(data.q), buyerIsMaker: data.m, time: data.T };
  }
  if (data.e === 'depthUpdate') {
    return { kind: 'diff', time: data.E, first: data.U, id: data.u, bid: levels(data.b), ask: levels(data.a) };
  }
  if (data.lastUpdateId !== undefined) {
    return { kind: 'snapshot', id: data.lastUpdateId, bid: levels(data.bids), ask: levels(data.asks) };
  }
  if (data.e === undefined && data.u !== undefined && data.B !== undefined && data.A !== undefined) {
    return {
      kind: 'ticker', id: data.u,
      bid: { price: parse(data.b), size: parse(data.B) },
      ask: { price: parse(data.a), size: parse(data.A) },
    };
  }
  return null;
}

const levels = (rows) => rows.map(([price, size]) => ({ price: parse(price), size: parse(size) }));
