import { useLocation, useNavigate } from '@tanstack/react-router'
import { Star } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStar } from '@/api/watchlist'
import { notify, useNotifyProblem } from '@/ui/toast'

type StarButtonProps = { symbol: string; starred: boolean; signedIn: boolean; tabbable: boolean }

/** Starring is at once; unstarring can be taken back. A visitor is asked to sign in and comes back here. */
export function StarButton({ symbol, starred, signedIn, tabbable }: StarButtonProps) {
  const { t } = useTranslation(['markets', 'common'])
  const star = useStar()
  const failed = useNotifyProblem()
  const go = useNavigate()
  const here = useLocation({ select: (location) => location.href })
  const set = (on: boolean) => star.mutate({ symbol, starred: on }, { onError: failed })
  const press = () => {
    if (!signedIn) return void go({ to: '/login', search: { to: here } })
    set(!starred)
    if (starred) notify.done(t('unstarred', { symbol }), { label: t('common:undo'), onClick: () => set(true) })
  }
  return (
    <button
      type="button"
      tabIndex={tabbable ? 0 : -1}
      aria-label={t('starOne', { symbol })}
      aria-pressed={starred}
      onClick={press}
      className="relative z-10 grid size-7 place-items-center rounded-md text-text-3 hover:bg-bg1 hover:text-text-1 aria-pressed:text-text-1 max-sm:size-10"
    >
      <Star size={16} strokeWidth={1.75} aria-hidden fill={starred ? 'currentColor' : 'none'} />
    </button>
  )
}
