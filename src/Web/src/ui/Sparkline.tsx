import clsx from 'clsx'

const width = 80
const height = 20
const inset = 1.5

/** A day in 24 closes. Decoration beside the number that says the same, so hidden from assistive technology. */
export function Sparkline({ values, className }: { values: readonly string[]; className?: string }) {
  const numbers = values.map(Number).filter(Number.isFinite)
  if (numbers.length < 2)
    return <svg className={clsx('h-5 w-20', className)} aria-hidden viewBox={`0 0 ${width} ${height}`} />
  const low = Math.min(...numbers)
  const span = Math.max(...numbers) - low || 1
  const points = numbers
    .map((value, index) => {
      const x = inset + (index * (width - 2 * inset)) / (numbers.length - 1)
      const y = height - inset - ((value - low) * (height - 2 * inset)) / span
      return `${x.toFixed(1)},${y.toFixed(1)}`
    })
    .join(' ')
  const rising = (numbers.at(-1) ?? 0) >= (numbers[0] ?? 0)
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className={clsx('h-5 w-20', rising ? 'text-up' : 'text-down', className)}
    >
      <polyline
        points={points}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.25"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}
