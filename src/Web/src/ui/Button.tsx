import clsx from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { Tip } from './Tooltip'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'buy' | 'sell' | 'danger'

const looks: Record<ButtonVariant, string> = {
  primary: 'bg-primary text-on-primary font-semibold hover:opacity-90',
  secondary: 'border border-line-strong text-text-1 hover:bg-bg2',
  ghost: 'text-text-2 hover:bg-bg2 hover:text-text-1',
  buy: 'bg-up text-on-up font-semibold hover:opacity-90',
  sell: 'bg-down text-on-down font-semibold hover:opacity-90',
  danger: 'border border-down text-down font-semibold hover:bg-bg2',
}

export type ButtonProps = ComponentProps<'button'> & { variant?: ButtonVariant; busy?: boolean; small?: boolean }

/** Busy keeps the width and the words, refuses a second press and says so to assistive technology. */
export function Button({ variant = 'secondary', busy = false, small = false, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      disabled={rest.disabled === true || busy}
      className={clsx(
        'inline-flex items-center justify-center gap-2 rounded-md whitespace-nowrap transition-[background-color,opacity] duration-100 disabled:opacity-60',
        small ? 'h-6 px-2 text-table max-sm:h-9' : 'h-control px-3',
        looks[variant],
        className,
      )}
    />
  )
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'children'> & {
  label: string
  icon: ReactNode
  hint?: string
}

/** A button that shows only an icon always carries its name, also as a tooltip. */
export function IconButton({ label, icon, hint, className, ...rest }: IconButtonProps) {
  return (
    <Tip text={hint ?? label}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={clsx(
          'inline-grid size-8 shrink-0 place-items-center rounded-md text-text-2 hover:bg-bg2 hover:text-text-1 max-sm:size-11',
          className,
        )}
      >
        {icon}
      </button>
    </Tip>
  )
}
