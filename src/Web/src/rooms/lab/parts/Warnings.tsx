import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Report, Run } from '@/api/backtests'
import { type Shape, warningsOf } from '../model/report'
import { useFigures } from '../words'

const shapeOf: Record<string, Shape> = {
  share: 'percent',
  drawdown: 'percent',
  hold: 'signedPercent',
  return: 'signedPercent',
  deflatedSharpe: 'percent',
  pnl: 'signedMoney',
}

/** What makes the result less sure than it looks, before any figure. */
export function Warnings({ report, run }: { report: Report; run: Run }) {
  const { t, i18n } = useTranslation('lab')
  const figure = useFigures()
  const warnings = warningsOf(report, { ...run, warnings: run.summary?.warnings ?? [] }).filter((warning) =>
    i18n.exists(`lab:warning_${warning.code}`),
  )
  if (warnings.length === 0) return null
  return (
    <ul aria-label={t('warnings')} className="flex flex-col gap-1 border-b border-line px-4 py-2 max-sm:px-3">
      {warnings.map(({ code, values }) => (
        <li key={code} data-warning={code} className="flex items-start gap-2">
          <TriangleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-warn" />
          <span>
            {t(
              `warning_${code}`,
              Object.fromEntries(
                Object.entries(values).map(([name, value]) => [name, figure(value, shapeOf[name] ?? 'count')]),
              ),
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
