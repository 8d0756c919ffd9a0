import { expect, test } from 'vitest'
import { pickAccount } from './chosenAccount'
import type { Account } from './types'

const account = (id: string, kind: Account['kind'] = 'paper'): Account => ({
  id,
  kind,
  exchange: 'paper',
  name: id,
  createdAt: '2026-01-01T00:00:00Z',
  fillModel: 'default',
  latencyMs: 0,
  slippageBps: null,
  season: 1,
  seasonStartedAt: '2026-01-01T00:00:00Z',
})

test('the stored choice counts while the list has it, else the first paper account', () => {
  const all = [account('live', 'live'), account('a'), account('b')]
  expect(pickAccount(all, 'b')?.id).toBe('b')
  expect(pickAccount(all, 'live')?.id).toBe('live')
  expect(pickAccount(all, 'of another user')?.id).toBe('a')
  expect(pickAccount(all, null)?.id).toBe('a')
  expect(pickAccount([], 'b')).toBeNull()
})
