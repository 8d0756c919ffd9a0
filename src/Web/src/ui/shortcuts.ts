import { useEffect, useRef } from 'react'
import { usePrefs } from './prefs'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

const isCovered = (): boolean => document.querySelector('[role="dialog"],[role="alertdialog"]') !== null

const sequenceMs = 1_000

/**
 * Single keys ("h", "?") and sequences ("g m"). Off while typing, under a dialog, or by setting (WCAG 2.1.4).
 * Give a stable object, or one whose handlers may change; keys are read at each press.
 */
export function useShortcuts(bindings: Readonly<Record<string, () => void>>): void {
  const current = useRef(bindings)
  current.current = bindings
  useEffect(() => {
    let before = { key: '', at: 0 }
    const press = (event: KeyboardEvent) => {
      if (!usePrefs.getState().shortcuts || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.defaultPrevented || isTyping(event.target) || isCovered()) return
      const pair = event.timeStamp - before.at < sequenceMs ? `${before.key} ${event.key}` : ''
      const run = current.current[pair] ?? current.current[event.key]
      before = { key: event.key, at: event.timeStamp }
      if (!run) return
      event.preventDefault()
      run()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
