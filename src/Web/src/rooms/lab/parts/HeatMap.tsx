import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SweepRow } from '@/api/backtests'
import { heatOf, warmth } from '../model/heat'
import { shapes } from '../model/report'
import { useFigures } from '../words'
import { shade } from './shade'

type Props = {
  rows: readonly SweepRow[]
  x: string
  y: string | null
  metric: string
  fixed: Readonly<Record<string, number>>
}

/** A figure over two inputs. Each cell says its number, so that colour only helps. */
export function HeatMap({ rows, x, y, metric, fixed }: Props) {
  const { t } = useTranslation('lab')
  const figure = useFigures()
  const key = JSON.stringify(fixed)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is fixed counts by its values
  const heat = useMemo(() => heatOf(rows, x, y, metric, fixed), [rows, x, y, metric, key])
  const values = heat.cells.flatMap((line) => line.map((cell) => cell.value))
  const shape = shapes.get(metric) ?? 'number'
  const label = t('heatLabel', { metric: t(`metric_${metric}`), x, y: y ?? '' })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, also by keyboard
    <section aria-label={label} tabIndex={0} className="relative shrink-0 overflow-x-auto px-4 pb-4 max-sm:px-3">
      <table
        aria-label={label}
        data-testid="heat"
        className="border-separate border-spacing-px text-table tabular-nums"
      >
        <thead>
          <tr>
            <th scope="col" className="px-2 text-left font-normal whitespace-nowrap text-text-3">
              {y === null ? '' : `${y} ↓`} {x} →
            </th>
            {heat.xs.map((value) => (
              <th key={value} scope="col" className="min-w-16 px-2 text-right font-semibold">
                {value}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {heat.cells.map((line, row) => (
            <tr key={heat.ys[row] ?? 'only'}>
              <th scope="row" className="px-2 text-left font-semibold">
                {heat.ys[row] ?? t(`metric_${metric}`)}
              </th>
              {line.map((cell, column) => (
                <td
                  key={heat.xs[column]}
                  data-cell={`${heat.xs[column]}/${heat.ys[row] ?? ''}`}
                  className="h-8 px-2 text-right whitespace-nowrap"
                  style={cell.value === null ? undefined : { background: shade(warmth(cell.value, values, metric)) }}
                >
                  {figure(cell.value, shape)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
