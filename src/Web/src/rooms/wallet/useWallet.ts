import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { balancesQuery } from '@/api/accounts'
import { useChosenAccount } from '@/api/chosenAccount'
import type { Account, Balance } from '@/api/types'
import { balancesChannel } from '@/live/channels'
import { useChannel } from '@/live/useChannel'

const refreshMs = 5_000

export type Wallet = {
  account: Account | null
  accounts: readonly Account[]
  balances: readonly Balance[]
  valueAsset: string
  isPending: boolean
  error: unknown
  retry: () => void
}

/** The balances as asked every five seconds (for values) and as pushed in between (for amounts). */
export function useWallet(): Wallet {
  const chosen = useChosenAccount()
  const { account } = chosen
  const asked = useQuery({
    ...balancesQuery(account?.id ?? ''),
    enabled: account !== null,
    refetchInterval: refreshMs,
  })
  const pushed = useChannel(account === null ? null : balancesChannel).data
  const balances = useMemo(() => merge(account, asked.data?.items ?? [], pushed), [account, asked.data, pushed])
  return {
    account,
    accounts: chosen.accounts,
    balances,
    valueAsset: asked.data?.valueAsset ?? 'USDT',
    isPending: chosen.isPending || (account !== null && asked.isPending),
    error: chosen.error ?? asked.error,
    retry: () => {
      chosen.retry()
      if (account !== null) void asked.refetch()
    },
  }
}

function merge(
  account: Account | null,
  asked: readonly Balance[],
  pushed: ReadonlyMap<string, Balance> | null,
): readonly Balance[] {
  if (account === null || pushed === null) return asked
  const byAsset = new Map(asked.map((balance) => [balance.asset, balance]))
  for (const [key, balance] of pushed) {
    if (!key.startsWith(`${account.id}/`)) continue
    const known = byAsset.get(balance.asset)
    const same = known?.available === balance.available && known.held === balance.held
    if (!same) byAsset.set(balance.asset, balance)
  }
  return [...byAsset.values()]
}
