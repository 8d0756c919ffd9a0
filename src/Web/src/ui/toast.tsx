import clsx from 'clsx'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { useProblemText } from '@/api/problem'

type Action = { label: string; onClick: () => void }
type Toast = { id: number; kind: 'done' | 'failed'; text: ReactNode; action?: Action }

const atMost = 4
const shownMs = 5_000
const withActionMs = 8_000

const useToasts = create<{ items: readonly Toast[] }>(() => ({ items: [] }))
let nextId = 1

const dismiss = (id: number) => useToasts.setState(({ items }) => ({ items: items.filter((item) => item.id !== id) }))

function show(kind: Toast['kind'], text: ReactNode, action?: Action): number {
  const id = nextId++
  useToasts.setState(({ items }) => ({
    items: [...items, { id, kind, text, ...(action ? { action } : {}) }].slice(-atMost),
  }))
  if (kind === 'done') setTimeout(() => dismiss(id), action ? withActionMs : shownMs)
  return id
}

export const notify = {
  done: (text: ReactNode, action?: Action) => void show('done', text, action),
  /** Errors stay until they are closed. */
  failed: (text: ReactNode, action?: Action) => void show('failed', text, action),
}

/** Shows the catalog text of any failure. */
export function useNotifyProblem(): (error: unknown) => void {
  const text = useProblemText()
  return (error) => notify.failed(text(error))
}

function One({ toast }: { toast: Toast }) {
  const { t } = useTranslation('common')
  const Icon = toast.kind === 'done' ? CircleCheck : CircleAlert
  return (
    <li
      className={clsx(
        'fade-in flex items-center gap-2 rounded-lg border bg-bg2 py-1 pr-1 pl-3 shadow-dialog',
        toast.kind === 'done' ? 'border-line-strong' : 'border-down',
      )}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden className={toast.kind === 'done' ? 'text-up' : 'text-down'} />
      <p className="min-w-0 grow py-1">{toast.text}</p>
      {toast.action ? (
        <button
          type="button"
          className="h-7 rounded-md px-2 font-semibold underline hover:bg-bg1 max-sm:h-10"
          onClick={() => {
            toast.action?.onClick()
            dismiss(toast.id)
          }}
        >
          {toast.action.label}
        </button>
      ) : null}
      <button
        type="button"
        aria-label={t('close')}
        className="grid size-7 shrink-0 place-items-center rounded-md text-text-2 hover:bg-bg1 max-sm:size-10"
        onClick={() => dismiss(toast.id)}
      >
        <X size={14} strokeWidth={1.75} aria-hidden />
      </button>
    </li>
  )
}

/** The one place for messages: bottom right, on a phone on top. Polite for news, assertive for failures. */
export function Toasts() {
  const { t } = useTranslation('common')
  const items = useToasts((state) => state.items)
  const list = (kind: Toast['kind']) => items.filter((item) => item.kind === kind)
  return (
    <section
      aria-label={t('notifications')}
      className="pointer-events-none fixed right-4 bottom-4 z-50 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 *:pointer-events-auto max-sm:top-16 max-sm:bottom-auto"
    >
      <ul aria-live="assertive" className="flex flex-col gap-2">
        {list('failed').map((toast) => (
          <One key={toast.id} toast={toast} />
        ))}
      </ul>
      <ul aria-live="polite" className="flex flex-col gap-2">
        {list('done').map((toast) => (
          <One key={toast.id} toast={toast} />
        ))}
      </ul>
    </section>
  )
}
