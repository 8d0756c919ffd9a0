import { create } from 'zustand'

type SessionState = { expired: boolean; userId: string | null }

/** What the browser knows about the session. Tokens live in HttpOnly cookies only. */
export const useSession = create<SessionState>(() => ({ expired: false, userId: null }))

const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('lastro.session')

export const signedIn = (userId: string) => useSession.setState({ expired: false, userId })
export const signedOut = () => {
  useSession.setState({ expired: false, userId: null })
  tabs?.postMessage('signed-out')
}
export const sessionEnded = () => {
  if (useSession.getState().userId !== null) useSession.setState({ expired: true })
}

/** Another tab signed out: ask the server again. */
export function onOtherTabSignedOut(listener: () => void): () => void {
  const handle = () => listener()
  tabs?.addEventListener('message', handle)
  return () => tabs?.removeEventListener('message', handle)
}

let running: Promise<boolean> | null = null

/** One refresh at a time; true when the session lives on. */
export function refreshSession(): Promise<boolean> {
  running ??= fetch('/api/v1/auth/refresh', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  })
    .then((answer) => answer.ok)
    .finally(() => {
      running = null
    })
  return running
}
