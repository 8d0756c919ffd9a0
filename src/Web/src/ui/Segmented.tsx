import clsx from 'clsx'
import { ToggleGroup } from 'radix-ui'
import type { Option } from './Select'

type SegmentedProps<T extends string> = {
  label: string
  value: T
  options: readonly Option<T>[]
  onChange: (value: T) => void
  className?: string
}

/** One of a few, all visible. */
export function Segmented<T extends string>({ label, value, options, onChange, className }: SegmentedProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        if (next !== '') onChange(next as T)
      }}
      className={clsx('inline-flex max-w-full flex-wrap gap-1', className)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="h-control rounded-md border border-line-strong px-3 whitespace-nowrap text-text-2 hover:bg-bg2 data-[state=on]:border-text-1 data-[state=on]:bg-bg2 data-[state=on]:font-semibold data-[state=on]:text-text-1"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
