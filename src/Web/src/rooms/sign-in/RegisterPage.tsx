import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { authOptionsQuery, useMe } from '@/api/me'
import { useTitle } from '@/ui/useTitle'
import { AuthFrame } from './parts/AuthFrame'
import { RegisterForm } from './parts/RegisterForm'

export function RegisterPage() {
  const { t } = useTranslation(['auth', 'common'])
  const { to } = useSearch({ from: '/register' })
  const go = useNavigate()
  const me = useMe()
  const options = useQuery(authOptionsQuery)
  useTitle(t('createAccount'))
  const target = to ?? '/'
  if (me.data) return <Navigate to={target} replace />
  const closed = options.data?.signUpOpen === false
  return (
    <AuthFrame title={t('createAccount')} intro={closed ? t('signUpClosed') : t('registerIntro')}>
      {closed ? null : <RegisterForm onDone={() => void go({ to: target, replace: true })} />}
      <p className="text-text-2">
        {t('haveAccount')}{' '}
        <Link to="/login" search={to === undefined ? {} : { to }} className="text-text-1 underline">
          {t('common:signIn')}
        </Link>
      </p>
    </AuthFrame>
  )
}
