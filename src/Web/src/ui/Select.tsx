import clsx from 'clsx'
import { ChevronDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { controlClass, Field } from './Field'

export type Option<T extends string> = { value: T; label: string }

type SelectProps<T extends string> = {
  label: ReactNode
  value: T
  options: readonly Option<T>[]
  onChange: (value: T) => void
  hint?: ReactNode
  error?: ReactNode
  className?: string
}

type BareSelectProps<T extends string> = Omit<ComponentProps<'select'>, 'onChange' | 'value' | 'children'> &
  Pick<SelectProps<T>, 'value' | 'options' | 'onChange'> & { quiet?: boolean }

/** The platform's own select: best keyboard and phone behaviour there is. `className` sets the outer box (its width). */
export function BareSelect<T extends string>({
  value,
  options,
  onChange,
  className,
  quiet = false,
  ...rest
}: BareSelectProps<T>) {
  return (
    <span className={clsx('relative inline-flex max-w-full', className ?? 'w-full')}>
      <select
        {...rest}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value)
          if (chosen) onChange(chosen.value)
        }}
        className={clsx(
          quiet
            ? 'h-8 w-full min-w-0 rounded-md bg-transparent px-2 text-table text-text-2 hover:bg-bg2'
            : controlClass,
          'appearance-none pr-7 text-ellipsis',
        )}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        size={14}
        strokeWidth={1.75}
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-text-3"
      />
    </span>
  )
}

export function Select<T extends string>({ label, hint, error, className, ...rest }: SelectProps<T>) {
  return (
    <Field label={label} hint={hint} error={error} {...(className === undefined ? {} : { className })}>
      {(parts) => <BareSelect {...rest} {...parts} />}
    </Field>
  )
}
