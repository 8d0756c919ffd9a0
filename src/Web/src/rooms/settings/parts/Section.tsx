import type { ReactNode } from 'react'

export function Section({
  id,
  title,
  hint,
  children,
}: {
  id: string
  title: string
  hint?: string
  children: ReactNode
}) {
  return (
    <section aria-labelledby={id} className="grid gap-4 border-t border-line pt-4 sm:grid-cols-[14rem_1fr]">
      <header>
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {hint ? <p className="mt-1 text-table text-text-3">{hint}</p> : null}
      </header>
      <div className="flex max-w-xl flex-col gap-4">{children}</div>
    </section>
  )
}
