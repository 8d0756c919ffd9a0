#!/usr/bin/env node
// Kills the real server with -9 at random moments under load, starts it again, and at the end checks that nothing acknowledged is missing
// that everything that fired fired once, and that the ledger is sound.
//   node bench/kill9.mjs [--kills 30] [--users 6] [--seed 1] [--market demo|replay] [--server path/to/Lastro.Server.dll]
// replay: a random walk of minutes, made here, played sixty times as fast; the server goes on where it was killed.
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const flag = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : process.argv[at + 1]
}
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const candidates = ['artifacts/server/Lastro.Server.dll', 'src/Server/bin/Release/net10.0/Lastro.Server.dll', 'src/Server/bin/Debug/net10.0/Lastro.Server.dll']
const server = flag('server', candidates.map((path) => join(root, path)).find((path) => existsSync(path)))
const kills = Number(flag('kills', 30))
const userCount = Number(flag('users', 6))
let seed = Number(flag('seed', 1))
const random = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648
  return seed / 2147483648
}
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))
const data = mkdtempSync(join(tmpdir(), 'lastro-kill9-'))
chmodSync(data, 0o711)
const log = openSync(join(data, 'server.log'), 'a')
const port = await new Promise((done) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = probe.address()
    probe.close(() => done(free))
  })
})
const base = `http://127.0.0.1:${port}`
const replayed = flag('market', 'demo') === 'replay'
const walk = () => {
  const rows = ['open_time_ms,open,high,low,close,volume']
  let close = 50_000
  for (let minute = 0; minute < 20_000; minute++) {
    const open = close
    close = Math.max(30_000, open * (1 + (random() - 0.5) * 0.004))
    const spread = [1 + random() * 0.001, 1 - random() * 0.001]
    const [high, low] = [Math.max(open, close) * spread[0], Math.min(open, close) * spread[1]]
    rows.push([Date.UTC(2026, 0, 5) + minute * 60_000, ...[open, high, low, close].map((price) => price.toFixed(2)), (1 + random() * 20).toFixed(5)].join())
  }
  writeFileSync(join(data, 'BTCUSDT.csv'), rows.join('\n'))
  return ['--Market', `replay:${join(data, 'BTCUSDT.csv')}`, '--Replay:Speed', '60']
}
const settings = ['--urls', base, '--Data', join(data, 'server'), ...(replayed ? walk() : ['--Market', 'demo']), '--Limits:LoginPerMinutePerIp', '0', '--Limits:RegisterPerMinutePerIp', '0', '--Limits:OrdersPerSecondPerUser', '0']

let child
let stopping = false
const launch = () => {
  child = spawn('dotnet', [server, ...settings], { stdio: ['ignore', log, log] })
  const mine = child
  mine.on('exit', (code, signal) => {
    if (signal !== 'SIGKILL' && !stopping) {
      console.error(`the server ended by itself (${code ?? signal}); see ${data}/server.log`)
      process.exit(1)
    }
  })
}
const call = async (method, path, token, body) => {
  const response = await fetch(base + path, {
    method,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined,
    signal: AbortSignal.timeout(20_000),
  })
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : null }
}
const untilAccepted = async (user) => {
  const begun = performance.now()
  for (;;) {
    try {
      const answer = await place(user, { side: 'buy', type: 'limit', quantity: '0.001', price: '20000' })
      if (answer?.status === 201) return performance.now() - begun
    } catch (error) {
      if (performance.now() - begun > 120_000) throw error
    }
    await sleep(20)
  }
}

const users = []
const acknowledged = new Map()
const canceled = new Set()
const unknown = []
const counts = { placed: 0, refused: 0, canceled: 0, unavailable: 0, cut: 0 }
let serial = 0

const place = async (user, fields, key = `k${++serial}`) => {
  const body = { accountId: user.account, symbol: 'BTCUSDT', clientOrderId: key, ...fields }
  let answer
  try {
    answer = await call('POST', '/api/v1/orders', user.token, body)
  } catch (error) {
    // Refused at the door: it was never sent. Everything else may have arrived.
    if (error.cause?.code !== 'ECONNREFUSED') {
      counts.cut++
      unknown.push({ user, body })
    }
    throw error
  }
  if (answer.status === 201) {
    counts.placed++
    acknowledged.set(answer.body.id, { user, key, answer: answer.body })
    if (answer.body.status === 'new' || answer.body.status === 'waiting') user.open.push(answer.body.id)
  } else if (answer.status >= 500) {
    counts.unavailable++
    unknown.push({ user, body })
  } else counts.refused++
  return answer
}
const cancel = async (user, id) => {
  const answer = await call('DELETE', `/api/v1/orders/${id}`, user.token)
  if (answer.status === 200) {
    counts.canceled++
    canceled.add(id)
  }
}

let running = true
let last = 50_000
const follow = async () => {
  while (running) {
    const answer = await call('GET', '/api/v1/markets/tickers?symbols=BTCUSDT').catch(() => null)
    last = Number(answer?.body.items?.[0]?.last ?? last)
    await sleep(500)
  }
}
/** A conditional order near the price, so that many fire. */
const conditional = (user) => {
  const near = (share) => (last * (1 + share)).toFixed(2)
  const distance = 0.0005 + random() * 0.003
  const kinds = [
    { side: 'buy', type: 'takeProfit', quoteQuantity: '20', triggerPrice: near(-distance) },
    { side: 'buy', type: 'stopLoss', quoteQuantity: '20', triggerPrice: near(distance), holdWhen: 'fired' },
    { side: 'sell', type: 'stopLoss', quantity: '0.0003', triggerPrice: near(-distance) },
    { side: 'sell', type: 'trailingStop', quantity: '0.0003', trailingDelta: 5 + Math.floor(random() * 30) },
    { side: 'buy', type: 'takeProfitLimit', quantity: '0.0004', triggerPrice: near(-distance), price: near(-distance * 1.5) },
  ]
  return place(user, kinds[Math.floor(random() * kinds.length)])
}
const work = async (user) => {
  while (running) {
    try {
      const choice = random()
      if (choice < 0.2) await conditional(user)
      else if (choice < 0.35) await place(user, { side: 'buy', type: 'limit', quantity: '0.001', price: String(20000 + Math.floor(random() * 10000)) })
      else if (choice < 0.55) await place(user, { side: 'buy', type: 'market', quoteQuantity: '25' })
      else if (choice < 0.65) await place(user, { side: 'sell', type: 'market', quantity: '0.0002' })
      else if (user.open.length > 0) await cancel(user, user.open.splice(Math.floor(random() * user.open.length), 1)[0])
      else await place(user, { side: 'buy', type: 'limit', quantity: '0.001', price: '1000000' })
    } catch {
      await sleep(100)
    }
  }
}
const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]

launch()
for (let attempt = 0; ; attempt++) {
  try {
    if ((await fetch(`${base}/health/ready`)).ok) break
  } catch {
    if (attempt > 1200) throw new Error(`the server did not start; see ${data}/server.log`)
  }
  await sleep(100)
}
for (let index = 0; index < userCount; index++) {
  const email = `kill${index}@example.com`
  const password = 'a long unlikely phrase 9'
  await call('POST', '/api/v1/auth/register', null, { email, password, name: 'Kill' })
  const { body } = await call('POST', '/api/v1/auth/login', null, { email, password })
  const accounts = await call('GET', '/api/v1/accounts', body.accessToken)
  users.push({ email, password, token: body.accessToken, account: accounts.body.items[0].id, open: [] })
}
await untilAccepted(users[0])
const workers = [...users.map(work), follow()]
const restarts = []
for (let kill = 1; kill <= kills; kill++) {
  await sleep(replayed ? 2000 + random() * 3000 : 500 + random() * 3500)
  const dead = new Promise((done) => child.once('exit', done))
  child.kill('SIGKILL')
  await dead
  const begun = performance.now()
  launch()
  await untilAccepted(users[0])
  restarts.push(performance.now() - begun)
  if (kill % 10 === 0)
    for (const user of users) user.token = (await call('POST', '/api/v1/auth/login', null, { email: user.email, password: user.password })).body.accessToken
  console.log(`kill ${kill}: accepted again after ${Math.round(restarts.at(-1))} ms; ${counts.placed} placed, ${counts.canceled} canceled, ${unknown.length} unknown`)
}
running = false
await Promise.all(workers)

// What was cut off is asked again with the same key: one answer, one order.
let doubled = 0
for (const { user, body } of unknown.splice(0)) {
  const answers = [await call('POST', '/api/v1/orders', user.token, body), await call('POST', '/api/v1/orders', user.token, body)]
  if (answers[0].status === 201 && answers[0].body.id !== answers[1].body?.id) doubled++
}
await sleep(1500)
const wrong = []
const fired = { orders: 0, filled: 0, failed: 0 }
for (const [id, { user, key, answer }] of acknowledged) {
  const { status, body } = await call('GET', `/api/v1/orders/${id}`, user.token)
  if (status !== 200 || body.clientOrderId !== key) wrong.push(`${id}: acknowledged and missing`)
  else if (canceled.has(id) && body.status !== 'canceled') wrong.push(`${id}: its cancel was acknowledged, it is ${body.status}`)
  else if (!['new', 'waiting'].includes(answer.status) && JSON.stringify(body) !== JSON.stringify(answer)) wrong.push(`${id}: was ${answer.status} and is ${body.status}`)
  else if (body.quantity !== null && Number(body.filledQuantity) > Number(body.quantity)) wrong.push(`${id}: filled ${body.filledQuantity} of ${body.quantity}`)
  else if (body.firedAt !== null && Date.parse(body.firedAt) < Date.parse(body.createdAt)) wrong.push(`${id}: fired before it was placed`)
  else if (answer.status === 'waiting' && body.status === 'filled' && body.firedBy === null) wrong.push(`${id}: filled and never fired`)
  else if (body.type === 'market' && ['new', 'partiallyFilled'].includes(body.status)) wrong.push(`${id}: a market order left open`)
}
for (const [id, { user }] of acknowledged) {
  const { body } = await call('GET', `/api/v1/orders/${id}`, user.token)
  if (body.firedBy === null && body.status !== 'failed') continue
  fired.orders++
  if (body.status === 'filled') fired.filled++
  if (body.status === 'failed') fired.failed++
}
for (const user of users) {
  // An order that fires twice would be filled by more than one walk of the book: its fills then add up to more than it says.
  const seen = new Map()
  for (let cursor = ''; cursor !== null; ) {
    const { body } = await call('GET', `/api/v1/fills?limit=500${cursor && `&cursor=${cursor}`}`, user.token)
    for (const fill of body.items) seen.set(fill.orderId, (seen.get(fill.orderId) ?? 0) + Number(fill.quantity))
    cursor = body.nextCursor
  }
  for (const [id, { user: owner, answer }] of acknowledged)
    if (owner === user && answer.quantity !== null && (seen.get(id) ?? 0) > Number(answer.quantity) + 1e-9) wrong.push(`${id}: its fills add up to ${seen.get(id)}`)
}
stopping = true
const gone = new Promise((done) => child.once('exit', done))
child.kill('SIGTERM')
await gone
const verify = spawn('dotnet', [server, 'ledger', 'verify', '--Data', join(data, 'server')], { stdio: 'inherit' })
const sound = (await new Promise((done) => verify.once('exit', done))) === 0

console.log(`kills ${kills}; orders acknowledged ${acknowledged.size}, cancels ${canceled.size}, requests cut ${counts.cut}, refused ${counts.refused}, 5xx ${counts.unavailable}`)
if (fired.orders < kills) wrong.push(`only ${fired.orders} orders fired: the run proves too little`)
console.log(`fired ${fired.orders}: ${fired.filled} filled, ${fired.failed} without money; none twice`)
console.log(`missing or changed ${wrong.length}; doubled ${doubled}; ledger ${sound ? 'sound' : 'NOT SOUND'}`)
console.log(`kill to first accepted order: p50 ${Math.round(quantile(restarts, 0.5))} ms, p95 ${Math.round(quantile(restarts, 0.95))} ms`)
for (const line of wrong.slice(0, 20)) console.log(line)
if (wrong.length > 0 || doubled > 0 || !sound) {
  console.log(`the data folder is kept: ${data}`)
  process.exit(1)
}
rmSync(data, { recursive: true, force: true })
