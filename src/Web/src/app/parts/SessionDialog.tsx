import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { forgetUser, useMe } from '@/api/me'
import { useSession } from '@/api/session'
import { live } from '@/live/link'
import { Dialog } from '@/ui/Dialog'

const LoginForm = lazy(async () => ({ default: (await import('@/rooms/sign-in')).LoginForm }))

/** Signing in again over the page: nothing typed below is lost. Closing it means signing out. */
export function SessionDialog() {
  const { t } = useTranslation('shell')
  const client = useQueryClient()
  const go = useNavigate()
  const me = useMe()
  const leave = () => {
    forgetUser(client)
    void go({ to: '/login', search: {} })
  }
  const comeBack = () => {
    useSession.setState({ expired: false })
    live.restart()
    void client.invalidateQueries()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) leave()
      }}
      title={t('expiredTitle')}
      description={t('expiredText')}
    >
      <Suspense>
        <LoginForm email={me.data?.email ?? ''} onDone={comeBack} />
      </Suspense>
    </Dialog>
  )
}
