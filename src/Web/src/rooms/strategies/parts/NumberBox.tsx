import clsx from 'clsx'
import { useState } from 'react'

type Props = {
  label: string
  value: string
  /** Whether what is typed can be taken; what cannot stays in the box and changes nothing. */
  accepts: (text: string) => boolean
  onChange: (text: string) => void
  hint?: string | undefined
  invalid?: boolean
  className?: string
}

/** A number inside a block. A comma is as good as a point. */
export function NumberBox({ label, value, accepts, onChange, hint, invalid = false, className }: Props) {
  const [typed, setTyped] = useState<{ text: string; for: string } | null>(null)
  const text = typed !== null && typed.for === value ? typed.text : value
  const wrong = !accepts(text.replace(',', '.'))
  return (
    <input
      aria-label={label}
      aria-invalid={wrong || invalid || undefined}
      title={hint}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      onChange={(event) => {
        const next = event.target.value
        const plain = next.trim().replace(',', '.')
        if (accepts(plain)) {
          setTyped({ text: next, for: plain })
          onChange(plain)
        } else setTyped({ text: next, for: value })
      }}
      onBlur={() => setTyped(null)}
      style={{ width: `${Math.max(3, text.length + 1.5)}ch` }}
      className={clsx(
        'h-7 rounded-sm border border-line-strong bg-field px-1 text-center aria-invalid:border-down max-sm:h-10 max-sm:text-[1rem]',
        className,
      )}
    />
  )
}
