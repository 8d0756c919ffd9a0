import clsx from 'clsx'
import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

type TabsProps<T extends string> = {
  value: T
  onChange: (value: T) => void
  className?: string
  children: ReactNode
}

export function Tabs<T extends string>({ value, onChange, className, children }: TabsProps<T>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as T)} className={className}>
      {children}
    </Radix.Root>
  )
}

export function TabList({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <Radix.List
      aria-label={label}
      className={clsx('flex gap-1 overflow-x-auto overflow-y-hidden border-b border-line', className)}
    >
      {children}
    </Radix.List>
  )
}

export function Tab({ value, className, children }: { value: string; className?: string; children: ReactNode }) {
  return (
    <Radix.Trigger
      value={value}
      className={clsx(
        '-mb-px h-control shrink-0 border-b-2 border-transparent px-2 whitespace-nowrap text-text-2 hover:text-text-1 focus-visible:-outline-offset-2 data-[state=active]:border-text-1 data-[state=active]:font-semibold data-[state=active]:text-text-1',
        className,
      )}
    >
      {children}
    </Radix.Trigger>
  )
}

export function TabPanel({ value, className, children }: { value: string; className?: string; children: ReactNode }) {
  return (
    <Radix.Content value={value} className={clsx('focus-visible:-outline-offset-2', className)}>
      {children}
    </Radix.Content>
  )
}
