import { useTranslation } from 'react-i18next'
import type { RunStatus } from '@/api/backtests'

type Props = { label: string; value: number; status: RunStatus; queuePosition?: number | null }

/** How far a job is: in words, and as a bar. */
export function Progress({ label, value, status, queuePosition = null }: Props) {
  const { t } = useTranslation('lab')
  const percent = Math.floor(100 * Math.min(1, Math.max(0, value)))
  const said =
    status === 'queued'
      ? queuePosition === null
        ? t('queued')
        : t('queuedAt', { n: queuePosition })
      : t('percentDone', { percent })
  return (
    <div className="flex min-w-32 items-center gap-2">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={said}
        className="h-2 grow overflow-hidden rounded-sm border border-line-strong bg-field"
      >
        <div className="h-full bg-text-2" style={{ width: `${percent}%` }} />
      </div>
      <span className="shrink-0 text-table text-text-2">{said}</span>
    </div>
  )
}
