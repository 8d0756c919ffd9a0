export type Frame = { channel: string; type: 'snapshot' | 'update'; seq: number; asOf: string; data: unknown }
export type LinkState = 'connecting' | 'live' | 'reconnecting' | 'offline'
export type Link = { state: LinkState; attempt: number; lastHeardAt: number | null }
export type Listener = { frame: (frame: Frame) => void; refused?: (code: string) => void }

/** What the link needs from the outside; a test gives its own. */
export type LinkWorld = {
  open: () => WebSocket
  now: () => number
  random: () => number
  online: () => boolean
  report: (link: Link) => void
  unauthorized: () => Promise<unknown>
}

const quietBeforePingMs = 2_000
const pongWithinMs = 3_000
const watchEveryMs = 500
const longestWaitMs = 5_000
const closedByLogOut = 4401

export function reconnectDelay(attempt: number, random: number): number {
  const ceiling = Math.min(longestWaitMs, 250 * 2 ** Math.min(attempt, 6))
  return Math.round(ceiling / 2 + (ceiling / 2) * random)
}

/** One WebSocket for the whole app: counted subscriptions, gap check, watchdog, reconnect with jitter. */
export class LiveLink {
  private readonly world: LinkWorld
  private readonly listeners = new Map<string, Set<Listener>>()
  private readonly lastSeq = new Map<string, number>()
  private socket: WebSocket | null = null
  private link: Link = { state: 'connecting', attempt: 0, lastHeardAt: null }
  private pingAt: number | null = null
  private watch: ReturnType<typeof setInterval> | null = null
  private retry: ReturnType<typeof setTimeout> | null = null

  constructor(world: LinkWorld) {
    this.world = world
  }

  start(): void {
    if (this.watch !== null) return
    this.watch = setInterval(() => this.check(), watchEveryMs)
    this.connect()
  }

  stop(): void {
    if (this.watch !== null) clearInterval(this.watch)
    if (this.retry !== null) clearTimeout(this.retry)
    this.watch = null
    this.retry = null
    this.drop()
  }

  /** Opens a new socket at once: after signing in or out, so that the cookie is read again. */
  restart(): void {
    if (this.watch === null) return
    this.drop()
    this.connect()
  }

  subscribe(channel: string, listener: Listener): () => void {
    const known = this.listeners.get(channel)
    if (known) {
      known.add(listener)
      // A late listener needs its own snapshot: ask the server for a fresh one.
      this.resubscribe(channel)
    } else {
      this.listeners.set(channel, new Set([listener]))
      this.send({ op: 'subscribe', channels: [channel] })
    }
    return () => this.unsubscribe(channel, listener)
  }

  private unsubscribe(channel: string, listener: Listener): void {
    const known = this.listeners.get(channel)
    if (!known?.delete(listener) || known.size > 0) return
    this.listeners.delete(channel)
    this.lastSeq.delete(channel)
    this.send({ op: 'unsubscribe', channels: [channel] })
  }

  private resubscribe(channel: string): void {
    this.lastSeq.delete(channel)
    this.send({ op: 'unsubscribe', channels: [channel] })
    this.send({ op: 'subscribe', channels: [channel] })
  }

  private connect(): void {
    if (this.retry !== null) clearTimeout(this.retry)
    this.retry = null
    const socket = this.world.open()
    this.socket = socket
    this.lastSeq.clear()
    this.pingAt = null
    socket.onopen = () => {
      if (this.socket !== socket) return
      this.heard('live', 0)
      const channels = [...this.listeners.keys()]
      if (channels.length > 0) this.send({ op: 'subscribe', channels })
    }
    socket.onmessage = (event: MessageEvent) => {
      if (this.socket === socket && typeof event.data === 'string') this.receive(event.data)
    }
    socket.onclose = (event: CloseEvent) => {
      if (this.socket === socket) this.lost(event.code)
    }
    socket.onerror = () => undefined
  }

  private drop(): void {
    const socket = this.socket
    this.socket = null
    if (socket === null) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
  }

  private lost(code: number): void {
    this.socket = null
    const attempt = this.link.attempt + 1
    this.set({ state: this.world.online() ? 'reconnecting' : 'offline', attempt, lastHeardAt: this.link.lastHeardAt })
    const wait = reconnectDelay(attempt - 1, this.world.random())
    const open = () => {
      this.retry = setTimeout(() => this.connect(), wait)
    }
    if (code === closedByLogOut) void this.world.unauthorized().then(open, open)
    else open()
  }

  private check(): void {
    const now = this.world.now()
    if (this.socket === null || this.link.state !== 'live' || this.link.lastHeardAt === null) return
    if (this.pingAt !== null && now - this.pingAt > pongWithinMs) {
      this.drop()
      this.lost(0)
      return
    }
    if (this.pingAt === null && now - this.link.lastHeardAt > quietBeforePingMs) {
      this.pingAt = now
      this.send({ op: 'ping' })
    }
  }

  private receive(text: string): void {
    this.pingAt = null
    this.heard('live', 0)
    const message: unknown = JSON.parse(text)
    if (typeof message !== 'object' || message === null) return
    if ('op' in message) {
      if (message.op === 'error' && 'channel' in message && typeof message.channel === 'string')
        this.refuse(message.channel, 'code' in message ? String(message.code) : 'unexpected')
      return
    }
    if ('channel' in message && 'seq' in message) this.deliver(message as Frame)
  }

  private refuse(channel: string, code: string): void {
    for (const listener of this.listeners.get(channel) ?? []) listener.refused?.(code)
  }

  private deliver(frame: Frame): void {
    const listeners = this.listeners.get(frame.channel)
    if (!listeners) return
    const before = this.lastSeq.get(frame.channel)
    if (frame.type === 'update' && (before === undefined || frame.seq !== before + 1)) {
      // A hole: nothing after it can be trusted until the next snapshot. Frames that trail a resubscribe end here too.
      if (before !== undefined) this.resubscribe(frame.channel)
      return
    }
    this.lastSeq.set(frame.channel, frame.seq)
    for (const listener of listeners) listener.frame(frame)
  }

  private heard(state: LinkState, attempt: number): void {
    this.set({ state, attempt, lastHeardAt: this.world.now() })
  }

  private set(link: Link): void {
    this.link = link
    this.world.report(link)
  }

  private send(message: object): void {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(message))
  }
}
