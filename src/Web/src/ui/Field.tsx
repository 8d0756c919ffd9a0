import clsx from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'

type FieldParts = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }

export type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  className?: string
  children: (parts: FieldParts) => ReactNode
}

/** Label, control, hint and error, tied together by ids. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId()
  const hasError = error !== undefined && error !== null && error !== '' && error !== false
  const described = [hint ? `${id}-hint` : '', hasError ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className={clsx('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-table text-text-2">
        {label}
      </label>
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(hasError ? { 'aria-invalid': true as const } : {}),
      })}
      {hint ? (
        <p id={`${id}-hint`} className="text-label text-text-3">
          {hint}
        </p>
      ) : null}
      {hasError ? (
        <p id={`${id}-error`} role="alert" className="text-table text-down">
          {error}
        </p>
      ) : null}
    </div>
  )
}

export const controlClass =
  'h-control w-full min-w-0 rounded-md border border-line-strong bg-field px-2 text-text-1 placeholder:text-text-3 aria-invalid:border-down max-sm:text-[1rem]'

type TextFieldProps = Omit<ComponentProps<'input'>, 'children' | 'className'> &
  Omit<FieldProps, 'children'> & { unit?: ReactNode; inputClassName?: string }

/** An input with its unit inside the frame. Pass a button as unit to make the unit switchable. */
export function TextField({ label, hint, error, className, unit, inputClassName, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} {...(className === undefined ? {} : { className })}>
      {(parts) => (
        <span className="relative flex">
          <input {...input} {...parts} className={clsx(controlClass, unit !== undefined && 'pr-16', inputClassName)} />
          {unit === undefined ? null : (
            <span className="absolute inset-y-0 right-0 flex items-center pr-2 text-table text-text-3">{unit}</span>
          )}
        </span>
      )}
    </Field>
  )
}
