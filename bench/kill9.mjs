#!/usr/bin/env node
// Kills the real server with -9 at random moments under load, starts it again, and at the end checks that nothing acknowledged is missing
// and that the ledger is sound.   node bench/kill9.mjs [--kills 30] [--users 6] [--seed 1] [--server path/to/Lastro.Server.dll]
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, openSync, rmSync } from 'node:fs'
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
const log = openSync(join(data, 'server.log'), 'a')
const port = await new Promise((done) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = probe.address()
    probe.close(() => done(free))
  })
})
const base = `http://127.0.0.1:${port}`
const settings = ['--urls', base, '--Data', data, '--Market', 'demo', '--Limits:LoginPerMinutePerIp', '0', '--Limits:RegisterPerMinutePerIp', '0', '--Limits:OrdersPerSecondPerUser', '0']

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
    if (answer.body.status === 'new') user.open.push(answer.body.id)
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
const work = async (user) => {
  while (running) {
    try {
      const choice = random()
      if (choice < 0.35) await place(user, { side: 'buy', type: 'limit', quantity: '0.001', price: String(20000 + Math.floor(random() * 10000)) })
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
const workers = users.map(work)
const restarts = []
for (let kill = 1; kill <= kills; kill++) {
  await sleep(500 + random() * 3500)
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
for (const [id, { user, key, answer }] of acknowledged) {
  const { status, body } = await call('GET', `/api/v1/orders/${id}`, user.token)
  if (status !== 200 || body.clientOrderId !== key) wrong.push(`${id}: acknowledged and missing`)
  else if (canceled.has(id) && body.status !== 'canceled') wrong.push(`${id}: its cancel was acknowledged, it is ${body.status}`)
  else if (answer.status !== 'new' && JSON.stringify(body) !== JSON.stringify(answer)) wrong.push(`${id}: was ${answer.status} and is ${body.status}`)
  else if (body.type === 'market' && ['new', 'partiallyFilled'].includes(body.status)) wrong.push(`${id}: a market order left open`)
}
stopping = true
const gone = new Promise((done) => child.once('exit', done))
child.kill('SIGTERM')
await gone
const verify = spawn('dotnet', [server, 'ledger', 'verify', '--Data', data], { stdio: 'inherit' })
const sound = (await new Promise((done) => verify.once('exit', done))) === 0

console.log(`kills ${kills}; orders acknowledged ${acknowledged.size}, cancels ${canceled.size}, requests cut ${counts.cut}, refused ${counts.refused}, 5xx ${counts.unavailable}`)
console.log(`missing or changed ${wrong.length}; doubled ${doubled}; ledger ${sound ? 'sound' : 'NOT SOUND'}`)
console.log(`kill to first accepted order: p50 ${Math.round(quantile(restarts, 0.5))} ms, p95 ${Math.round(quantile(restarts, 0.95))} ms`)
for (const line of wrong.slice(0, 20)) console.log(line)
if (wrong.length > 0 || doubled > 0 || !sound) {
  console.log(`the data folder is kept: ${data}`)
  process.exit(1)
}
rmSync(data, { recursive: true, force: true })
