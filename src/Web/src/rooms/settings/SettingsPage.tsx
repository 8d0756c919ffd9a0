import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { useTitle } from '@/ui/useTitle'
import { Account } from './parts/Account'
import { Appearance } from './parts/Appearance'
import { Behaviour } from './parts/Behaviour'
import { PasswordForm } from './parts/PasswordForm'
import { Region } from './parts/Region'
import { Section } from './parts/Section'

export function SettingsPage() {
  const { t } = useTranslation('settings')
  const me = useMe()
  useTitle(t('title'))
  return (
    <div className="mx-auto w-full max-w-5xl p-6 max-sm:p-3">
      <h1 className="text-price font-semibold">{t('title')}</h1>
      <p className="mt-1 text-text-2">{me.data ? t('savedOnServer') : t('savedHere')}</p>
      <div className="mt-6 flex flex-col gap-8">
        <Region />
        <Appearance />
        <Behaviour />
        {me.data ? (
          <>
            <Section id="developers" title={t('developers')} hint={t('developersHint')}>
              <Link to="/settings/developers" className="self-start underline underline-offset-4">
                {t('openDevelopers')}
              </Link>
            </Section>
            <PasswordForm />
            <Account user={me.data} />
          </>
        ) : null}
      </div>
    </div>
  )
}
