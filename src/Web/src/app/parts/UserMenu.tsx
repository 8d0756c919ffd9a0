import { useLocation, useNavigate } from '@tanstack/react-router'
import { Code, Keyboard, KeyRound, LogOut, Settings, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMe, useSignOut } from '@/api/me'
import { Button } from '@/ui/Button'
import { Kbd } from '@/ui/bits'
import { Menu, MenuItem, MenuLabel, MenuLine } from '@/ui/Menu'
import { openShortcuts } from '@/ui/overlay'
import { changePrefs, languageNames, languages } from '@/ui/prefs'
import { useNotifyProblem } from '@/ui/toast'
import { useIsPhone } from '@/ui/useMedia'
import { themeIcons, themes } from './Preferences'

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true }

function PhonePreferences() {
  const { t } = useTranslation('shell')
  return (
    <>
      <MenuLine />
      <MenuLabel>{t('language')}</MenuLabel>
      {languages.map((each) => (
        <MenuItem key={each} onSelect={() => changePrefs({ language: each })}>
          <span lang={each}>{languageNames[each]}</span>
        </MenuItem>
      ))}
      <MenuLine />
      <MenuLabel>{t('theme')}</MenuLabel>
      {themes.map((each) => {
        const Icon = themeIcons[each]
        return (
          <MenuItem key={each} icon={<Icon {...icon} />} onSelect={() => changePrefs({ theme: each })}>
            {t(`theme_${each}`)}
          </MenuItem>
        )
      })}
    </>
  )
}

export function UserMenu() {
  const { t } = useTranslation(['shell', 'common'])
  const me = useMe()
  const go = useNavigate()
  const phone = useIsPhone()
  const here = useLocation({ select: (location) => location.href })
  const signOut = useSignOut()
  const failed = useNotifyProblem()
  const user = me.data ?? null
  const toLogin = () => void go({ to: '/login', search: /^\/(login|register)/.test(here) ? {} : { to: here } })
  const leave = () => signOut.mutate(false, { onError: failed, onSettled: () => void go({ to: '/login', search: {} }) })
  return (
    <>
      {user === null && !me.isPending ? (
        <Button variant="primary" className="max-sm:hidden" onClick={toLogin}>
          {t('common:signIn')}
        </Button>
      ) : null}
      {user !== null || phone ? (
        <Menu label={t('userMenu')} icon={<UserRound {...icon} />}>
          {user ? <MenuLabel>{user.email}</MenuLabel> : <MenuItem onSelect={toLogin}>{t('common:signIn')}</MenuItem>}
          <MenuItem icon={<Settings {...icon} />} onSelect={() => void go({ to: '/settings' })}>
            {t('settings')}
          </MenuItem>
          {user ? (
            <>
              <MenuItem icon={<KeyRound {...icon} />} onSelect={() => void go({ to: '/settings', hash: 'password' })}>
                {t('changePassword')}
              </MenuItem>
              <MenuItem icon={<Code {...icon} />} onSelect={() => void go({ to: '/settings/developers' })}>
                {t('developers')}
              </MenuItem>
            </>
          ) : null}
          {phone ? (
            <PhonePreferences />
          ) : (
            <MenuItem icon={<Keyboard {...icon} />} hint={<Kbd>?</Kbd>} onSelect={openShortcuts}>
              {t('shortcuts')}
            </MenuItem>
          )}
          {user ? (
            <>
              <MenuLine />
              <MenuItem icon={<LogOut {...icon} />} onSelect={leave}>
                {t('signOut')}
              </MenuItem>
            </>
          ) : null}
        </Menu>
      ) : null}
    </>
  )
}
