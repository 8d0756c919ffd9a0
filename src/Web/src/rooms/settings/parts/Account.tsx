import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSignOut } from '@/api/me'
import type { User } from '@/api/types'
import { Button } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { useNotifyProblem } from '@/ui/toast'
import { Section } from './Section'

export function Account({ user }: { user: User }) {
  const { t } = useTranslation('settings')
  const signOut = useSignOut()
  const failed = useNotifyProblem()
  const go = useNavigate()
  const leave = (everywhere: boolean) =>
    signOut.mutate(everywhere, { onError: failed, onSuccess: () => void go({ to: '/login', search: {} }) })
  const rows = [
    [t('name'), user.name],
    [t('email'), user.email],
    [t('role'), t(`role_${user.role}`)],
  ]
  return (
    <Section id="account" title={t('account')}>
      <dl className="grid grid-cols-[8rem_1fr] gap-y-1">
        {rows.map(([what, value]) => (
          <div key={what} className="contents">
            <dt className="text-text-3">{what}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
        <dt className="text-text-3">{t('since')}</dt>
        <dd>
          <Time at={user.createdAt} style="date" />
        </dd>
      </dl>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => leave(false)}>{t('signOut')}</Button>
        <Button onClick={() => leave(true)}>{t('signOutAll')}</Button>
      </div>
    </Section>
  )
}
