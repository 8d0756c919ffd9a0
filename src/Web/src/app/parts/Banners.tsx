import { useQuery } from '@tanstack/react-query'
import { TriangleAlert, WifiOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { authOptionsQuery } from '@/api/me'
import { useTimeFormat } from '@/i18n/time'
import { useLink } from '@/live/link'

function Banner({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div role="status" className="flex items-center gap-2 border-b border-line bg-bg2 px-3 py-1 text-table text-warn">
      {icon}
      <p>{children}</p>
    </div>
  )
}

export function Banners() {
  const { t } = useTranslation('shell')
  const options = useQuery(authOptionsQuery)
  const link = useLink()
  const format = useTimeFormat()
  const lost = link.state === 'offline' || (link.state === 'reconnecting' && link.attempt > 3)
  return (
    <>
      {options.data?.insecureHttp ? (
        <Banner icon={<TriangleAlert size={14} strokeWidth={1.75} aria-hidden />}>{t('insecure')}</Banner>
      ) : null}
      {lost ? (
        <Banner icon={<WifiOff size={14} strokeWidth={1.75} aria-hidden />}>
          {t('offlineBanner', { time: link.lastHeardAt === null ? '\u2013' : format(link.lastHeardAt, 'timeSeconds') })}
        </Banner>
      ) : null}
    </>
  )
}
