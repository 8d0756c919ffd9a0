import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Toaster as Sonner, toast } from 'sonner'
import { useProblemText } from '@/api/problem'
import { themeOf, usePrefs } from './prefs'
import { useIsPhone } from './useMedia'

type Action = { label: string; onClick: () => void }

const withAction = (action?: Action) => (action ? { action } : {})

export const notify = {
  done: (text: ReactNode, action?: Action) => void toast.success(text, { duration: 5_000, ...withAction(action) }),
  /** Errors stay until they are closed. */
  failed: (text: ReactNode, action?: Action) =>
    void toast.error(text, { duration: Number.POSITIVE_INFINITY, ...withAction(action) }),
}

/** Shows the catalog text of any failure. */
export function useNotifyProblem(): (error: unknown) => void {
  const text = useProblemText()
  return (error) => notify.failed(text(error))
}

export function Toasts() {
  const theme = usePrefs(themeOf)
  const phone = useIsPhone()
  const { t } = useTranslation('common')
  return (
    <Sonner
      theme={theme}
      position={phone ? 'top-center' : 'bottom-right'}
      closeButton
      containerAriaLabel={t('notifications')}
      toastOptions={{
        closeButtonAriaLabel: t('close'),
        style: {
          background: 'var(--bg2)',
          color: 'var(--text-1)',
          border: '1px solid var(--line-strong)',
          borderRadius: '6px',
          fontFamily: 'inherit',
          fontSize: '0.8125rem',
        },
        actionButtonStyle: { background: 'var(--primary)', color: 'var(--on-primary)' },
      }}
    />
  )
}
