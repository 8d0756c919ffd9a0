import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { sourceQuery } from '@/api/markets'
import { useMe, useSignOut } from '@/api/me'
import { unwrap } from '@/api/problem'
import { usePriceSource } from '@/live/usePriceSource'
import { openShortcuts } from '@/ui/overlay'
import { changePrefs, languageNames, languages, themeOf, usePrefs } from '@/ui/prefs'
import { useNotifyProblem } from '@/ui/toast'
import { useTradeSymbol } from './nav'

export type Action = { id: string; text: string; run: () => void }

function useReplayAction(isAdmin: boolean): Action[] {
  const { t } = useTranslation('shell')
  const client = useQueryClient()
  const source = usePriceSource()
  const failed = useNotifyProblem()
  const paused = source?.replay?.paused ?? false
  const toggle = useMutation({
    mutationFn: () => unwrap(paused ? api.POST('/api/v1/replay/play') : api.POST('/api/v1/replay/pause')),
    onSuccess: (now) => client.setQueryData(sourceQuery.queryKey, now),
    onError: failed,
  })
  if (!isAdmin || !source?.replay) return []
  return [{ id: 'replay', text: paused ? t('replayPlay') : t('replayPause'), run: () => toggle.mutate() }]
}

/** Everything the palette can do besides opening a market. */
export function useActions(): Action[] {
  const { t } = useTranslation(['shell', 'common'])
  const go = useNavigate()
  const me = useMe()
  const signOut = useSignOut()
  const theme = usePrefs(themeOf)
  const hidden = usePrefs((prefs) => prefs.hideAmounts)
  const symbol = useTradeSymbol()
  const replay = useReplayAction(me.data?.role === 'admin')
  const toLogin = () => void go({ to: '/login', search: {} })
  const session: Action = me.data
    ? { id: 'sign-out', text: t('signOut'), run: () => signOut.mutate(false, { onSettled: toLogin }) }
    : { id: 'sign-in', text: t('common:signIn'), run: toLogin }
  return [
    { id: 'markets', text: t('markets'), run: () => void go({ to: '/markets' }) },
    { id: 'trade', text: t('trade'), run: () => void go({ to: '/trade/$symbol', params: { symbol } }) },
    { id: 'scheduled', text: t('scheduled'), run: () => void go({ to: '/orders/scheduled' }) },
    { id: 'orders', text: t('orders'), run: () => void go({ to: '/orders' }) },
    { id: 'wallet', text: t('wallet'), run: () => void go({ to: '/wallet' }) },
    { id: 'strategies', text: t('strategies'), run: () => void go({ to: '/strategies' }) },
    {
      id: 'strategy-new',
      text: t('newStrategy'),
      run: () => void go({ to: '/strategies/$id', params: { id: 'new' }, search: {} }),
    },
    { id: 'lab', text: t('lab'), run: () => void go({ to: '/lab', search: {} }) },
    { id: 'settings', text: t('settings'), run: () => void go({ to: '/settings' }) },
    { id: 'developers', text: t('developers'), run: () => void go({ to: '/settings/developers' }) },
    { id: 'password', text: t('changePassword'), run: () => void go({ to: '/settings', hash: 'password' }) },
    {
      id: 'theme',
      text: theme === 'dark' ? t('toLight') : t('toDark'),
      run: () => changePrefs({ theme: theme === 'dark' ? 'light' : 'dark' }),
    },
    {
      id: 'hide',
      text: hidden ? t('showAmounts') : t('hideAmounts'),
      run: () => changePrefs({ hideAmounts: !hidden }),
    },
    ...languages.map((language) => ({
      id: `language-${language}`,
      text: `${t('language')}: ${languageNames[language]}`,
      run: () => changePrefs({ language }),
    })),
    { id: 'shortcuts', text: t('shortcuts'), run: openShortcuts },
    ...replay,
    session,
  ]
}
