// Signatures made by npm ccxt, sent byte by byte: what is signed is what is sent, wherever it stands and whatever letters it has.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { connect } from './connect/ccxt.mjs';
import { finish, given, same, step, that } from './steps.mjs';
import { send } from './raw.mjs';

const fromCcxt = createRequire(createRequire(import.meta.url).resolve('ccxt'));
const { sha256 } = await import(pathToFileURL(fromCcxt.resolve('@noble/hashes/sha2.js')));
const exchange = await connect(given.url, given.key, given.secret);
const order = 'symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.00100';

/** ccxt's own HMAC, over bytes as they stand. */
const sign = (text) => exchange.hmac(exchange.encode(text), exchange.encode(given.secret), sha256);
const stamp = () => `timestamp=${Date.now()}&recvWindow=10000`;

/** What ccxt itself would send. */
function whole(path, method, fields) {
  const { url, body } = exchange.sign(path, 'private', method, fields);
  const target = new URL(url);
  return { path: target.pathname.slice(new URL(given.url).pathname.replace(/\/$/, '').length), query: target.search.slice(1), body };
}

async function accepted(sending) {
  const answer = await sending;
  that('accepted', answer.status === 200, answer.body);
}

async function refused(sending, code, status = 400) {
  const answer = await sending;
  same('refused', `${answer.status} ${answer.body.code}`, `${status} ${code}`);
}

const strange = [
  ['ä ö ü ß', 'Latin letters'], ['preço é nosso', 'Portuguese'], ['値段は高い', 'Japanese'], ['₿ 🚀', 'signs beyond the first plane'],
  ['a+b c%20d&e=f', 'letters that mean something in a query'],
];
for (const [text, name] of strange) {
  await step(`GET, ${name}, encoded and signed by ccxt`, async () => {
    const { path, query } = whole('account', 'GET', { note: text });
    await accepted(send('GET', path, { query }));
    await refused(send('GET', path, { query: query.replace('note=', 'note=x') }), -1022);
  });
  await step(`POST, ${name}, encoded and signed by ccxt`, async () => {
    const { path, body } = whole('order/test', 'POST', { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.00100', note: text });
    await accepted(send('POST', path, { body }));
    await refused(send('POST', path, { body: body.replace('note=', 'note=x') }), -1022);
  });
}

await step('escapes in small letters stay as they were sent', async () => {
  const query = `note=%c3%a7%7e&${stamp()}`;
  await accepted(send('GET', '/api/v3/account', { query: `${query}&signature=${sign(query)}` }));
  await refused(send('GET', '/api/v3/account', { query: `${query}&signature=${sign(query.replace('%c3%a7', '%C3%A7'))}` }), -1022);
});
await step('raw letters in a body are signed as bytes', async () => {
  const body = `note=preço&${order}&${stamp()}`;
  await accepted(send('POST', '/api/v3/order/test', { body: `${body}&signature=${sign(body)}` }));
  await refused(send('POST', '/api/v3/order/test', { body: `${body}&signature=${sign(body.replace('preço', 'preco'))}` }), -1022);
});
await step('query and body together, signed without a divider', async () => {
  const [query, body] = [`symbol=BTCUSDT&side=BUY&${stamp()}`, 'type=MARKET&quantity=0.00100'];
  const signature = sign(query + body);
  await accepted(send('POST', '/api/v3/order/test', { query, body: `${body}&signature=${signature}` }));
  await accepted(send('POST', '/api/v3/order/test', { query: `${query}&signature=${signature}`, body }));
  await refused(send('POST', '/api/v3/order/test', { query, body: `${body}&signature=${sign(`${query}&${body}`)}` }), -1022);
  await refused(send('POST', '/api/v3/order/test', { query, body: `${body}&signature=${sign(body + query)}` }), -1022);
});
await step('the query wins over the body', async () => {
  const [query, body] = ['symbol=BTCUSDT&quantity=0.00100', `symbol=NOPEUSDT&side=BUY&type=MARKET&quantity=5000&${stamp()}`];
  await accepted(send('POST', '/api/v3/order/test', { query, body: `${body}&signature=${sign(query + body)}` }));
});
await step('the signature may stand first or in the middle', async () => {
  const [first, second] = ['note=1', stamp()];
  await accepted(send('GET', '/api/v3/account', { query: `signature=${sign(`${first}&${second}`)}&${first}&${second}` }));
  await accepted(send('GET', '/api/v3/account', { query: `${first}&signature=${sign(`${first}&${second}`)}&${second}` }));
});
await step('hex of either case', async () => {
  const query = stamp();
  await accepted(send('GET', '/api/v3/account', { query: `${query}&signature=${sign(query).toUpperCase()}` }));
});
await step('microseconds, and three decimals of recvWindow', async () => {
  for (const query of [`timestamp=${Date.now()}000`, `timestamp=${Date.now()}&recvWindow=5000.123`])
    await accepted(send('GET', '/api/v3/account', { query: `${query}&signature=${sign(query)}` }));
});
await step('DELETE with a form body', async () => {
  const body = `symbol=BTCUSDT&orderId=999999999999&${stamp()}`;
  await refused(send('DELETE', '/api/v3/order', { body: `${body}&signature=${sign(body)}` }), -2011);
  await refused(send('DELETE', '/api/v3/order', { body: `${body}&signature=${sign(`${body}x`)}` }), -1022);
});
await step('a form is a form, whatever its header says', async () => {
  const body = `${order}&${stamp()}`;
  for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded; charset=utf-8'])
    await accepted(send('POST', '/api/v3/order/test', { body: `${body}&signature=${sign(body)}`, type }));
});
await step('refused: an old time, a time to come, too wide a window', async () => {
  for (const [query, code] of [
    [`timestamp=${Date.now() - 6_000}`, -1021], [`timestamp=${Date.now() + 3_000}`, -1021], [`timestamp=${Date.now()}&recvWindow=60001`, -1131],
  ])
    await refused(send('GET', '/api/v3/account', { query: `${query}&signature=${sign(query)}` }), code);
});
await step('refused: no signature, no timestamp, no key, another key', async () => {
  const query = stamp();
  await refused(send('GET', '/api/v3/account', { query }), -1102);
  await refused(send('GET', '/api/v3/account', { query: `signature=${sign('')}` }), -1102);
  await refused(send('GET', '/api/v3/account', { query: `${query}&signature=${sign(query)}`, key: null }), -2014, 401);
  await refused(send('GET', '/api/v3/account', { query: `${query}&signature=${sign(query)}`, key: 'A'.repeat(64) }), -2015, 401);
});
await step('a key header on public calls is not looked at', async () => {
  await accepted(send('GET', '/api/v3/ticker/price', { query: 'symbol=BTCUSDT', key: 'whatever' }));
});
finish();
