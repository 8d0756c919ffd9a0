import clsx from 'clsx'
import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Freshness } from '../freshness'

/** Says nothing while prices are fresh. */
export function FreshnessMark({ freshness, className }: { freshness: Freshness; className?: string }) {
  const text = useFreshnessText(freshness)
  if (text === null) return null
  return (
    <p role="status" className={clsx('flex items-center gap-1.5 text-table text-warn', className)}>
      <TriangleAlert size={14} strokeWidth={1.75} aria-hidden />
      {text}
    </p>
  )
}

export function useFreshnessText(freshness: Freshness): string | null {
  const { t } = useTranslation('trade')
  switch (freshness.state) {
    case 'fresh':
    case 'loading':
      return null
    case 'unheard':
      return t('staleUnheard', { seconds: freshness.seconds })
    case 'stale':
      return freshness.seconds === null ? t('staleSource') : t('staleSourceFor', { seconds: freshness.seconds })
    case 'paused':
      return t('replayPaused')
    case 'ended':
      return t('replayEnded')
  }
}
