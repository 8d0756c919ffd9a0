import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client'
import { ApiError, unwrap } from './problem'
import { signedIn, signedOut } from './session'
import type { Settings, User } from './types'

async function fetchMe(): Promise<User | null> {
  try {
    const user = await unwrap(api.GET('/api/v1/me'))
    signedIn(user.id)
    return user
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 401) return null
    throw error
  }
}

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: fetchMe, staleTime: 60_000 })
export const settingsQuery = queryOptions({
  queryKey: ['me', 'settings'],
  queryFn: () => unwrap(api.GET('/api/v1/me/settings')),
  staleTime: Number.POSITIVE_INFINITY,
})
export const authOptionsQuery = queryOptions({
  queryKey: ['auth', 'options'],
  queryFn: () => unwrap(api.GET('/api/v1/auth/options')),
  staleTime: 60_000,
})

export const useMe = () => useQuery(meQuery)
export const saveSettings = (settings: Settings) => unwrap(api.PUT('/api/v1/me/settings', { body: settings }))

/** Forgets everything that belonged to the user. */
export function forgetUser(client: QueryClient): void {
  signedOut()
  client.setQueryData(meQuery.queryKey, null)
  client.removeQueries({ predicate: (query) => query.meta?.private === true })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (everywhere: boolean) =>
      unwrap(everywhere ? api.POST('/api/v1/auth/logout-all') : api.POST('/api/v1/auth/logout')),
    onSettled: () => forgetUser(client),
  })
}
