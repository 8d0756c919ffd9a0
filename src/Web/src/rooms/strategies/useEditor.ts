import { useCallback, useState } from 'react'
import type { StrategyDocument } from '@/api/strategies'
import { begin, change, redo, undo } from './model/history'

/** The document being written, with every step back and forth. */
export function useEditor(first: StrategyDocument) {
  const [history, setHistory] = useState(() => begin(first))
  /** `tag` names what is typed into, so that a word is one step; null makes a step of its own. */
  const edit = useCallback((next: StrategyDocument, tag: string | null = null) => {
    setHistory((known) => change(known, next, tag, Date.now()))
  }, [])
  return {
    document: history.now,
    edit,
    undo: useCallback(() => setHistory(undo), []),
    redo: useCallback(() => setHistory(redo), []),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    replaceAll: useCallback((next: StrategyDocument) => setHistory(begin(next)), []),
  }
}

export type Edit = (next: StrategyDocument, tag?: string | null) => void
