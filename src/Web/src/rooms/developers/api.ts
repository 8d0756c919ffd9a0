import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { unwrap } from '@/api/problem'
import type { components } from '@/api/schema.gen'

type Schemas = components['schemas']

export type ApiKey = Schemas['ApiKeyView']
export type NewKey = Schemas['NewApiKey']
export type KeyRequest = Schemas['CreateApiKeyRequest']

const mine = { private: true }
const refreshMs = 3_000

/** Asked again every few seconds: a key's last use shows soon after the call. */
export const keysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: () => unwrap(api.GET('/api/v1/api-keys')),
  refetchInterval: refreshMs,
  meta: mine,
})

export const usageQuery = queryOptions({
  queryKey: ['api-keys', 'usage'],
  queryFn: () => unwrap(api.GET('/api/v1/api-keys/usage')),
  refetchInterval: refreshMs,
  meta: mine,
})

export const createKey = (body: KeyRequest) => unwrap(api.POST('/api/v1/api-keys', { body }))

export const revokeKey = (id: string) => unwrap(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } }))
