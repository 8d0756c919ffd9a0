import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '@/ui/useNow'

/** Seconds left until the server will listen again; counts down by itself. */
export function useWait(seconds: number | undefined, since: number): number {
  const now = useNow()
  if (seconds === undefined) return 0
  return Math.max(0, Math.ceil(seconds - (now - since) / 1000))
}

/** Keeps the moment of the last failure, for counting down. */
export function useFailedAt(): [number, () => void] {
  const [at, setAt] = useState(0)
  return [at, () => setAt(Date.now())]
}

export function WaitText({ seconds }: { seconds: number }) {
  const { t } = useTranslation('auth')
  return <>{t('wait', { count: seconds })}</>
}
