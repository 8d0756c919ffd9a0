/** What can be undone. `tag` names what was typed into, so that a word is one step and not one per letter. */
export type History<T> = { past: readonly T[]; now: T; future: readonly T[]; tag: string | null; at: number }

const most = 200
const togetherMs = 900

export const begin = <T>(now: T): History<T> => ({ past: [], now, future: [], tag: null, at: 0 })

/** A change; changes with the same tag in quick succession are one step. */
export function change<T>(history: History<T>, now: T, tag: string | null, at: number): History<T> {
  if (now === history.now) return history
  const joins = tag !== null && tag === history.tag && at - history.at < togetherMs && history.past.length > 0
  const past = joins ? history.past : [...history.past, history.now].slice(-most)
  return { past, now, future: [], tag, at }
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], tag: null, at: 0 }
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future
  if (next === undefined) return history
  return { past: [...history.past, history.now], now: next, future, tag: null, at: 0 }
}
