import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { marketsQuery } from '@/api/markets'
import { useMe } from '@/api/me'
import { useSession } from '@/api/session'
import { live } from '@/live/link'
import { closeOverlay, openPalette, openShortcuts, useOverlay } from '@/ui/overlay'
import { changePrefs, usePrefs } from '@/ui/prefs'
import { useShortcuts } from '@/ui/shortcuts'
import { Toasts, useNotifyProblem } from '@/ui/toast'
import { Banners } from './parts/Banners'
import { BottomBar } from './parts/NavLinks'
import { useTradeSymbol } from './parts/nav'
import { TopBar } from './parts/TopBar'
import { keepSettingsInStep } from './settingsSync'

const Palette = lazy(async () => ({ default: (await import('./parts/Palette')).Palette }))
const SessionDialog = lazy(async () => ({ default: (await import('./parts/SessionDialog')).SessionDialog }))
const ShortcutSheet = lazy(async () => ({ default: (await import('./parts/ShortcutSheet')).ShortcutSheet }))

function useLiveLink(): void {
  useEffect(() => {
    live.start()
    return () => live.stop()
  }, [])
}

function useSettingsInStep(): void {
  const client = useQueryClient()
  const failed = useNotifyProblem()
  // biome-ignore lint/correctness/useExhaustiveDependencies: wired once for the life of the app
  useEffect(() => keepSettingsInStep(client, failed), [client])
}

function useAppKeys(): void {
  const go = useNavigate()
  const symbol = useTradeSymbol()
  useShortcuts({
    '?': openShortcuts,
    '/': openPalette,
    h: () => changePrefs({ hideAmounts: !usePrefs.getState().hideAmounts }),
    'g m': () => void go({ to: '/markets' }),
    'g t': () => void go({ to: '/trade/$symbol', params: { symbol } }),
    'g o': () => void go({ to: '/orders' }),
    'g w': () => void go({ to: '/wallet' }),
    'g r': () => void go({ to: '/strategies' }),
    'g l': () => void go({ to: '/lab', search: {} }),
    'g s': () => void go({ to: '/settings' }),
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      if (useOverlay.getState().open === 'palette') closeOverlay()
      else openPalette()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}

export function Shell() {
  const { t } = useTranslation('shell')
  const client = useQueryClient()
  const overlay = useOverlay((state) => state.open)
  const expired = useSession((session) => session.expired)
  useMe()
  useLiveLink()
  useSettingsInStep()
  useAppKeys()
  useEffect(() => void client.prefetchQuery(marketsQuery), [client])
  return (
    <>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-1 focus:left-1 focus:z-50 focus:rounded-md focus:bg-primary focus:px-3 focus:py-2 focus:text-on-primary"
      >
        {t('skip')}
      </a>
      <div className="flex h-dvh flex-col overflow-hidden">
        <div className="mode-stripe shrink-0" aria-hidden />
        <TopBar />
        <Banners />
        <main
          id="main"
          tabIndex={-1}
          className="flex min-h-0 min-w-0 grow basis-0 flex-col overflow-x-hidden overflow-y-auto outline-none"
        >
          <Outlet />
        </main>
        <BottomBar />
      </div>
      <Suspense>
        {overlay === 'palette' ? <Palette /> : null}
        {overlay === 'shortcuts' ? <ShortcutSheet /> : null}
        {expired ? <SessionDialog /> : null}
      </Suspense>
      <Toasts />
    </>
  )
}
