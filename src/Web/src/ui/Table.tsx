import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'

export type SortDirection = 'asc' | 'desc'

export function Table({ className, label, ...rest }: ComponentProps<'table'> & { label: string }) {
  return <table {...rest} aria-label={label} className={clsx('w-full border-collapse text-table', className)} />
}

type ThProps = {
  children: ReactNode
  align?: 'left' | 'right'
  sort?: SortDirection | null
  onSort?: () => void
  className?: string
}

/** With `onSort` the header is a button and carries aria-sort. */
export function Th({ children, align = 'left', sort, onSort, className }: ThProps) {
  const Arrow = sort === 'asc' ? ArrowUp : ArrowDown
  return (
    <th
      scope="col"
      aria-sort={onSort ? (sort === 'asc' ? 'ascending' : sort === 'desc' ? 'descending' : 'none') : undefined}
      className={clsx(
        'h-row px-2 font-normal whitespace-nowrap text-text-3',
        align === 'right' ? 'text-right' : 'text-left',
        className,
      )}
    >
      {onSort ? (
        <button
          type="button"
          onClick={onSort}
          className={clsx('inline-flex h-full items-center gap-1 hover:text-text-1', sort && 'text-text-1')}
        >
          {children}
          {sort ? <Arrow size={12} strokeWidth={1.75} aria-hidden /> : null}
        </button>
      ) : (
        children
      )}
    </th>
  )
}

export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr {...rest} className={clsx('border-t border-line hover:bg-bg2', className)} />
}

export function Td({ align = 'left', className, ...rest }: ComponentProps<'td'> & { align?: 'left' | 'right' }) {
  return <td {...rest} className={clsx('h-row px-2 whitespace-nowrap', align === 'right' && 'text-right', className)} />
}
