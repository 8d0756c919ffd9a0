// Requests byte by byte, for what no client in reach sends: nothing is encoded, sorted or added here.
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { given, that, until } from './steps.mjs';

// `ws` comes with ccxt; no client of its own.
const WebSocket = createRequire(createRequire(import.meta.url).resolve('ccxt'))('ws');

export const hmac = (text, secret = given.secret) => createHmac('sha256', secret).update(text).digest('hex');

/** Sends query and body as they stand, and gives the status and the answer. */
export function send(method, path, { query = '', body, key = given.key, type = 'application/x-www-form-urlencoded' } = {}) {
  const target = new URL(given.url);
  const headers = { ...(key && { 'X-MBX-APIKEY': key }), ...(body !== undefined && { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }) };
  const path_ = `${target.pathname.replace(/\/$/, '')}${path}${query && `?${query}`}`;
  return new Promise((resolve, reject) => {
    const sent = request({ host: target.hostname, port: target.port, method, path: path_, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => (text += part)).on('end', () => {
        try {
          resolve({ status: answer.statusCode, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) });
        } catch {
          reject(new Error(`${method} ${path} answers ${answer.statusCode} and no JSON: ${text.slice(0, 200)}`));
        }
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The answer of a call that must succeed. */
export async function ok(sending) {
  const answer = await sending;
  that('succeeds', answer.status === 200, answer.body);
  return answer.body;
}

/** A socket whose messages are kept. */
export function open(path) {
  const socket = new WebSocket(given.url.replace(/^http/, 'ws') + path);
  const heard = [];
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (text) => heard.push(JSON.parse(text)));
    socket.on('open', () =>
      resolve({
        heard,
        say: (text) => socket.send(text),
        answer: (id) => until(`the answer ${id}`, () => heard, (all) => all.some((one) => one.id === id)).then((all) => all.find((one) => one.id === id)),
        first: (what, fits) => until(what, () => heard, (all) => all.some(fits)).then((all) => all.find(fits)),
        ping: () => new Promise((pong) => socket.once('pong', pong).ping()),
        close: () => socket.close(),
      }));
  });
}
