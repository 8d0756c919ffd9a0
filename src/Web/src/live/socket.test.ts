import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Frame, type Link, LiveLink, reconnectDelay } from './socket'

/** A socket that records what is sent; the test plays the server. */
class Wire {
  readyState = 0
  sent: { op: string; channels?: string[] }[] = []
  closed = false
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  onerror: (() => void) | null = null
  send(text: string) {
    this.sent.push(JSON.parse(text))
  }
  close() {
    this.closed = true
  }
  accept() {
    this.readyState = 1
    this.onopen?.()
  }
  say(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
  cut(code = 1006) {
    this.readyState = 3
    this.onclose?.({ code })
  }
  get asked() {
    return this.sent.map((message) => `${message.op} ${message.channels?.join(',') ?? ''}`.trim())
  }
}

let wires: Wire[] = []
let links: Link[] = []
const unauthorized = vi.fn(async () => true)

function start(): LiveLink {
  const link = new LiveLink({
    open: () => {
      const wire = new Wire()
      wires.push(wire)
      return wire as unknown as WebSocket
    },
    now: () => Date.now(),
    random: () => 0.5,
    online: () => true,
    report: (state) => links.push(state),
    unauthorized,
  })
  link.start()
  return link
}

const wire = (index: number): Wire => {
  const found = wires[index]
  if (!found) throw new Error(`only ${wires.length} sockets were opened`)
  return found
}

const frame = (seq: number, type: Frame['type'] = 'update', channel = 'depth:X'): Frame => ({
  channel,
  type,
  seq,
  asOf: '2026-01-01T00:00:00.000Z',
  data: seq,
})

beforeEach(() => {
  vi.useFakeTimers()
  wires = []
  links = []
  unauthorized.mockClear()
})
afterEach(() => vi.useRealTimers())

test('one subscription for many listeners, given up with the last', () => {
  const link = start()
  wire(0).accept()
  const first = link.subscribe('depth:X', { frame: () => undefined })
  const second = link.subscribe('depth:X', { frame: () => undefined })
  first()
  expect(wire(0).asked).toEqual(['subscribe depth:X', 'unsubscribe depth:X', 'subscribe depth:X'])
  second()
  expect(wire(0).asked.at(-1)).toBe('unsubscribe depth:X')
  link.stop()
})

test('a hole in the sequence asks for a new snapshot and drops what cannot be trusted', () => {
  const link = start()
  wire(0).accept()
  const got: number[] = []
  link.subscribe('depth:X', { frame: (each) => got.push(each.seq) })
  for (const each of [frame(1, 'snapshot'), frame(2), frame(4), frame(5)]) wire(0).say(each)
  expect(got).toEqual([1, 2])
  expect(wire(0).asked.slice(-2)).toEqual(['unsubscribe depth:X', 'subscribe depth:X'])
  for (const each of [frame(1, 'snapshot'), frame(2)]) wire(0).say(each)
  expect(got).toEqual([1, 2, 1, 2])
  link.stop()
})

test('a cut connection comes back, with every channel asked for again', () => {
  const link = start()
  link.subscribe('depth:X', { frame: () => undefined })
  wire(0).accept()
  wire(0).cut()
  expect(links.at(-1)).toMatchObject({ state: 'reconnecting', attempt: 1 })
  vi.advanceTimersByTime(5_000)
  wire(1).accept()
  expect(wire(1).asked).toEqual(['subscribe depth:X'])
  expect(links.at(-1)).toMatchObject({ state: 'live', attempt: 0 })
  link.stop()
})

test('silence is asked about and then taken for a loss, within six seconds', () => {
  const link = start()
  wire(0).accept()
  vi.advanceTimersByTime(3_000)
  expect(wire(0).asked).toContain('ping')
  wire(0).say({ op: 'pong' })
  expect(links.at(-1)?.state).toBe('live')
  vi.advanceTimersByTime(6_000)
  expect(wire(0).closed).toBe(true)
  expect(links.some((each) => each.state === 'reconnecting')).toBe(true)
  link.stop()
})

test('a closed session is refreshed before the next attempt', async () => {
  const link = start()
  wire(0).accept()
  wire(0).cut(4401)
  expect(unauthorized).toHaveBeenCalledOnce()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(wires).toHaveLength(2)
  link.stop()
})

test('a refused channel tells its listeners why', () => {
  const link = start()
  wire(0).accept()
  const refused = vi.fn()
  link.subscribe('orders', { frame: () => undefined, refused })
  wire(0).say({ op: 'error', channel: 'orders', code: 'unauthenticated', detail: 'sign in' })
  expect(refused).toHaveBeenCalledWith('unauthenticated')
  link.stop()
})

test('waits grow, stay under five seconds and are spread', () => {
  expect(reconnectDelay(0, 0)).toBeLessThan(reconnectDelay(0, 1))
  for (let attempt = 0; attempt < 50; attempt++) {
    expect(reconnectDelay(attempt, 1)).toBeLessThanOrEqual(5_000)
    expect(reconnectDelay(attempt, 0)).toBeGreaterThanOrEqual(125)
  }
})
