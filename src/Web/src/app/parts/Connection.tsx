import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { useLink } from '@/live/link'
import { usePriceSource } from '@/live/usePriceSource'
import { Tip } from '@/ui/Tooltip'
import { useNow } from '@/ui/useNow'

type Words = { text: string; tone: 'good' | 'wait' | 'bad' }

function useWords(): Words {
  const { t } = useTranslation('shell')
  const link = useLink()
  const source = usePriceSource()
  if (link.state === 'offline') return { text: t('offline'), tone: 'bad' }
  if (link.state === 'reconnecting') return { text: t('reconnecting', { n: link.attempt }), tone: 'wait' }
  if (link.state === 'connecting') return { text: t('connecting'), tone: 'wait' }
  if (source?.state === 'paused') return { text: t('feedPaused'), tone: 'wait' }
  if (source?.state === 'ended') return { text: t('feedEnded'), tone: 'bad' }
  if (source?.state === 'reconnecting' || source?.state === 'connecting')
    return { text: t('feedWaiting'), tone: 'wait' }
  if (source?.stale) return { text: t('feedStale'), tone: 'wait' }
  return { text: t('live'), tone: 'good' }
}

/** Dot, words and age: the words alone would do. */
export function Connection() {
  const { t } = useTranslation('shell')
  const { text, tone } = useWords()
  const source = usePriceSource()
  const now = useNow()
  const heardAt = useLink((link) => link.lastHeardAt)
  const age = heardAt === null ? null : Math.max(0, Math.round((now - heardAt) / 1000))
  return (
    <Tip text={t('connectionHint', { source: source?.source ?? '\u2013' })}>
      <button
        type="button"
        className="flex h-8 items-center gap-1.5 rounded-md px-1 text-table whitespace-nowrap text-text-2"
      >
        <span
          aria-hidden
          className={clsx(
            'size-2 shrink-0 rounded-full border',
            tone === 'good' && 'border-up bg-up',
            tone === 'wait' && 'border-warn',
            tone === 'bad' && 'border-down bg-down',
          )}
        />
        <span role="status">{text}</span>
        <span aria-hidden className="min-w-6 text-text-3 max-lg:hidden">
          {age === null ? '' : t('ageSeconds', { n: age })}
        </span>
      </button>
    </Tip>
  )
}

/** Prices that no exchange made are never shown without this label. */
export function SimulatedLabel() {
  const { t } = useTranslation('shell')
  const source = usePriceSource()
  if (!source?.simulated) return null
  return (
    <span className="rounded-sm border border-warn px-1.5 text-label font-semibold whitespace-nowrap text-warn uppercase">
      {t('simulated')}
    </span>
  )
}
