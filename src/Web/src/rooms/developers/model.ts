import type { KeyRequest, NewKey } from './api'

export type Rights = 'read' | 'trade' | 'both'
export type Lifetime = 'never' | '30' | '90' | '365'
export type Kind = 'hmac' | 'ed25519'

export const lifetimes: readonly Lifetime[] = ['never', '30', '90', '365']

export type Draft = {
  label: string
  accountId: string
  rights: Rights
  addresses: string
  lifetime: Lifetime
  kind: Kind
  publicKey: string
}

const dayMs = 86_400_000

/** Addresses as people type them: one a line, or with commas or spaces between. */
export const readAddresses = (text: string): string[] => text.split(/[\s,;]+/).filter((part) => part !== '')

export function requestOf(draft: Draft, now: number): KeyRequest {
  return {
    label: draft.label.trim(),
    accountId: draft.accountId,
    scopes: draft.rights === 'both' ? ['read', 'trade'] : [draft.rights],
    allowedIps: readAddresses(draft.addresses),
    expiresAt: draft.lifetime === 'never' ? null : new Date(now + Number(draft.lifetime) * dayMs).toISOString(),
    kind: draft.kind,
    publicKey: draft.kind === 'ed25519' ? draft.publicKey : null,
  }
}

/** The one moment the secret is there, as a file people can keep. */
export function keyFile(key: NewKey, server: string): string {
  const lines = [`label: ${key.label}`, `server: ${server}`, `apiKey: ${key.key}`]
  if (key.secret !== null) lines.push(`secret: ${key.secret}`)
  return `${lines.join('\n')}\n`
}

export const keyFileName = (key: NewKey): string => `lastro-${key.prefix}.txt`

/** A network of one address reads better without its length. */
export const showNetwork = (network: string): string => network.replace(/\/(32|128)$/, '')

/** From 0 to 100; null where nothing limits it. */
export function percentUsed(calls: number, limit: number): number | null {
  return limit === 0 ? null : Math.min(100, (calls / limit) * 100)
}
