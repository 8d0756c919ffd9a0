import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { meQuery, saveSettings } from '@/api/me'
import { unwrap } from '@/api/problem'
import { signedIn } from '@/api/session'
import type { User } from '@/api/types'
import { usePrefs } from '@/ui/prefs'

function useEnter() {
  const client = useQueryClient()
  return (user: User) => {
    client.setQueryData(meQuery.queryKey, user)
    signedIn(user.id)
  }
}

export function useLogin() {
  const enter = useEnter()
  return useMutation({
    mutationFn: (body: { email: string; password: string }) => unwrap(api.POST('/api/v1/auth/login', { body })),
    onSuccess: (session) => enter(session.user),
  })
}

/** Registering from a browser signs in; what was chosen before (language, theme) becomes the account's. */
export function useRegister() {
  const enter = useEnter()
  return useMutation({
    mutationFn: async (body: { email: string; password: string; name: string }) => {
      const user = await unwrap(api.POST('/api/v1/auth/register', { body }))
      await saveSettings(usePrefs.getState()).catch(() => undefined)
      return user
    },
    onSuccess: enter,
  })
}
