import clsx from 'clsx'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf, useProblemText } from '@/api/problem'
import { Button } from './Button'

/** The final shape in grey; invisible for the first 150 ms so that fast answers do not flicker. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={clsx('skeleton rounded-sm bg-bg2', className)} />
}

export function SkeletonRows({ rows, className }: { rows: number; className?: string }) {
  const { t } = useTranslation('common')
  return (
    <div role="status" aria-label={t('loading')} className={clsx('flex flex-col gap-2 p-2', className)}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are equal and never move
        <Skeleton key={row} className="h-5" />
      ))}
    </div>
  )
}

/** One sentence and at most one button. */
export function EmptyState({ text, action, className }: { text: ReactNode; action?: ReactNode; className?: string }) {
  return (
    <div className={clsx('flex flex-col items-start gap-3 p-4 text-text-2', className)}>
      <p>{text}</p>
      {action}
    </div>
  )
}

/** What failed, why, "Try again", and the trace id to quote. The rest of the page keeps working. */
export function ErrorState({ what, error, retry }: { what: ReactNode; error: unknown; retry?: () => void }) {
  const { t } = useTranslation('common')
  const text = useProblemText()
  const { traceId } = problemOf(error)
  return (
    <div role="alert" className="flex flex-col items-start gap-2 p-4">
      <p className="font-semibold">{what}</p>
      <p className="text-text-2">{text(error)}</p>
      {traceId ? <code className="font-mono text-table text-text-3 select-all">{traceId}</code> : null}
      {retry ? <Button onClick={retry}>{t('tryAgain')}</Button> : null}
    </div>
  )
}
