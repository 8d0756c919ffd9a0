import clsx from 'clsx'
import type { ReactNode } from 'react'
import { type TimeStyle, useTimeFormat } from '@/i18n/time'

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded-sm border border-line-strong px-1 font-mono whitespace-nowrap text-label text-text-2">
      {children}
    </kbd>
  )
}

export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className="sr-only">{children}</span>
}

/** A moment in the user's zone and format; the machine-readable time stays in the element. */
export function Time({ at, style = 'dateTime', className }: { at: string; style?: TimeStyle; className?: string }) {
  const format = useTimeFormat()
  return (
    <time dateTime={at} className={clsx('whitespace-nowrap', className)}>
      {format(at, style)}
    </time>
  )
}

/** A panel of the grid: 1-px gaps separate panels, no cards in cards. */
export function Panel(props: {
  label: string
  title?: ReactNode
  tools?: ReactNode
  className?: string
  children: ReactNode
}) {
  return (
    <section aria-label={props.label} className={clsx('flex min-h-0 min-w-0 flex-col bg-bg1', props.className)}>
      {props.title || props.tools ? (
        <header className="flex min-h-8 items-center justify-between gap-2 px-2">
          <h2 className="panel-label">{props.title}</h2>
          {props.tools}
        </header>
      ) : null}
      {props.children}
    </section>
  )
}
