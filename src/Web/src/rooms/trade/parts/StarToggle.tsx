import { useLocation, useNavigate } from '@tanstack/react-router'
import { Star } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStar } from '@/api/watchlist'
import { IconButton } from '@/ui/Button'
import { notify, useNotifyProblem } from '@/ui/toast'

export function StarToggle({ symbol, starred, visitor }: { symbol: string; starred: boolean; visitor: boolean }) {
  const { t } = useTranslation(['trade', 'common'])
  const star = useStar()
  const failed = useNotifyProblem()
  const go = useNavigate()
  const here = useLocation({ select: (location) => location.href })
  const set = (on: boolean) => star.mutate({ symbol, starred: on }, { onError: failed })
  const press = () => {
    if (visitor) return void go({ to: '/login', search: { to: here } })
    set(!starred)
    if (starred) notify.done(t('unstarred', { symbol }), { label: t('common:undo'), onClick: () => set(true) })
  }
  return (
    <IconButton
      label={t(starred ? 'unstar' : 'star')}
      aria-pressed={starred}
      onClick={press}
      icon={<Star size={16} strokeWidth={1.75} aria-hidden fill={starred ? 'currentColor' : 'none'} />}
      className="-ml-1.5"
    />
  )
}
