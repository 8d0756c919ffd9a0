import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { authOptionsQuery, useMe } from '@/api/me'
import { useTitle } from '@/ui/useTitle'
import { AuthFrame } from './parts/AuthFrame'
import { LoginForm } from './parts/LoginForm'

export function LoginPage() {
  const { t } = useTranslation(['auth', 'common'])
  const { to } = useSearch({ from: '/login' })
  const go = useNavigate()
  const me = useMe()
  const options = useQuery(authOptionsQuery)
  useTitle(t('common:signIn'))
  const target = to ?? '/'
  if (me.data) return <Navigate to={target} replace />
  return (
    <AuthFrame title={t('common:signIn')}>
      <LoginForm onDone={() => void go({ to: target, replace: true })} />
      {options.data?.signUpOpen === false ? (
        <p className="text-text-3">{t('signUpClosed')}</p>
      ) : (
        <p className="text-text-2">
          {t('noAccount')}{' '}
          <Link to="/register" search={to === undefined ? {} : { to }} className="text-text-1 underline">
            {t('createAccount')}
          </Link>
        </p>
      )}
    </AuthFrame>
  )
}
