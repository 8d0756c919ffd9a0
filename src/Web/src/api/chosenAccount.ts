import { useQuery } from '@tanstack/react-query'
import { create } from 'zustand'
import { accountsQuery } from './accounts'
import { useMe } from './me'
import type { Account } from './types'

const key = 'lastro.account'

/** The account chosen last in this browser. It may be another user's or gone: it counts only while the list has it. */
const useStored = create<{ id: string | null }>(() => ({ id: localStorage.getItem(key) }))

export function chooseAccount(id: string): void {
  localStorage.setItem(key, id)
  useStored.setState({ id })
}

/** The stored choice where the list has it, else the first paper account. */
export function pickAccount(accounts: readonly Account[], stored: string | null): Account | null {
  return accounts.find((each) => each.id === stored) ?? accounts.find((each) => each.kind === 'paper') ?? null
}

const none: readonly Account[] = []

/** The one place that says which account the pages show and trade with. */
export function useChosenAccount() {
  const me = useMe()
  const signedIn = me.data !== null && me.data !== undefined
  const asked = useQuery({ ...accountsQuery, enabled: signedIn })
  const stored = useStored((state) => state.id)
  const accounts = asked.data?.items ?? none
  return {
    account: pickAccount(accounts, stored),
    accounts,
    visitor: me.data === null,
    isPending: me.isPending || (signedIn && asked.isPending),
    error: me.error ?? asked.error,
    retry: () => void asked.refetch(),
  }
}
