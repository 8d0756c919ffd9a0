import { useCallback, useSyncExternalStore } from 'react'
import type { Channel } from './channels'
import { live } from './link'
import type { Frame } from './socket'

export type View<T> = {
  data: T | null
  asOf: string | null
  receivedAt: number | null
  refusal: string | null
}

type Entry = { view: View<unknown>; watchers: Set<() => void>; leave: () => void }

const nothing: View<never> = { data: null, asOf: null, receivedAt: null, refusal: null }
const entries = new Map<string, Entry>()
const dirty = new Set<Entry>()
const betweenFlushesMs = 100
let scheduled = false
let lastFlush = 0

function flush(): void {
  scheduled = false
  lastFlush = Date.now()
  const now = [...dirty]
  dirty.clear()
  for (const entry of now) for (const watcher of [...entry.watchers]) watcher()
}

/** At most ten flushes a second, each within one animation frame; a hidden page is flushed without frames. */
function schedule(entry: Entry): void {
  dirty.add(entry)
  if (scheduled) return
  scheduled = true
  const wait = Math.max(0, betweenFlushesMs - (Date.now() - lastFlush))
  setTimeout(() => (document.hidden ? flush() : requestAnimationFrame(flush)), wait)
}

function enter<T>(channel: Channel<T>): Entry {
  const entry: Entry = { view: nothing, watchers: new Set(), leave: () => undefined }
  entry.leave = live.subscribe(channel.name, {
    frame: (frame) => {
      const data = channel.reduce(entry.view.data as T | null, frame)
      entry.view = { data, asOf: frame.asOf, receivedAt: Date.now(), refusal: null }
      schedule(entry)
    },
    refused: (code) => {
      entry.view = { ...entry.view, refusal: code }
      schedule(entry)
    },
  })
  entries.set(channel.name, entry)
  return entry
}

function watch<T>(channel: Channel<T>, watcher: () => void): () => void {
  const entry = entries.get(channel.name) ?? enter(channel)
  entry.watchers.add(watcher)
  return () => {
    entry.watchers.delete(watcher)
    // Left in the next task, so that a remount in the same commit keeps the subscription.
    setTimeout(() => {
      if (entry.watchers.size > 0 || entries.get(channel.name) !== entry) return
      entry.leave()
      entries.delete(channel.name)
      dirty.delete(entry)
    })
  }
}

/** At most one call per `everyMs`, the last one never lost. */
function calmed(watcher: () => void, everyMs: number): { call: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null
  let last = 0
  const run = () => {
    timer = null
    last = Date.now()
    watcher()
  }
  return {
    call: () => {
      timer ??= setTimeout(run, Math.max(0, everyMs - (Date.now() - last)))
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer)
    },
  }
}

function watchCalmly<T>(channel: Channel<T>, watcher: () => void, everyMs: number): () => void {
  const calm = calmed(watcher, everyMs)
  const leave = watch(channel, calm.call)
  return () => {
    leave()
    calm.stop()
  }
}

/**
 * What a channel says now; null leaves it. Equal names share one subscription and one picture. With `everyMs` this
 * reader is told less often than the ten times a second of the shared flush.
 */
export function useChannel<T>(channel: Channel<T> | null, everyMs = 0): View<T> {
  const name = channel?.name ?? null
  // biome-ignore lint/correctness/useExhaustiveDependencies: a channel is its name; the object may be made anew each render
  const subscribe = useCallback(
    (watcher: () => void) => {
      if (channel === null) return () => undefined
      return everyMs > 0 ? watchCalmly(channel, watcher, everyMs) : watch(channel, watcher)
    },
    [name, everyMs],
  )
  const read = useCallback(() => (name === null ? nothing : (entries.get(name)?.view ?? nothing)), [name])
  return useSyncExternalStore(subscribe, read) as View<T>
}

/** Every frame at once, for drawings outside React (the chart). */
export function listen(channel: string, onFrame: (frame: Frame) => void): () => void {
  return live.subscribe(channel, { frame: onFrame })
}

/** Only for tests and for signing out: forget every picture. */
export function forgetChannels(names: readonly string[]): void {
  for (const name of names) {
    const entry = entries.get(name)
    if (entry) {
      entry.view = nothing
      schedule(entry)
    }
  }
}
