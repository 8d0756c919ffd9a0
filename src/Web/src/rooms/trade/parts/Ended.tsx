import { useQuery } from '@tanstack/react-query'
import { SkeletonRows } from '@/ui/states'
import { closedOrdersQuery, fillsQuery } from '../api'
import { FillsTable } from './FillsTable'
import { HistoryTable } from './HistoryTable'

type Props = { what: 'history' | 'fills'; accountId: string; symbol: string | null }

/** Ended orders, or the fills that orders led to. */
export function Ended({ what, accountId, symbol }: Props) {
  return what === 'history' ? (
    <History accountId={accountId} symbol={symbol} />
  ) : (
    <Fills accountId={accountId} symbol={symbol} />
  )
}

type Asked = Omit<Props, 'what'>

function History({ accountId, symbol }: Asked) {
  const query = useQuery(closedOrdersQuery(accountId, symbol))
  return query.isPending ? (
    <SkeletonRows rows={3} />
  ) : (
    <HistoryTable
      accountId={accountId}
      orders={query.data?.items ?? []}
      error={query.error}
      retry={() => void query.refetch()}
    />
  )
}

function Fills({ accountId, symbol }: Asked) {
  const query = useQuery(fillsQuery(accountId, symbol))
  const orders = useQuery(closedOrdersQuery(accountId, symbol)).data?.items
  return query.isPending ? (
    <SkeletonRows rows={3} />
  ) : (
    <FillsTable
      fills={query.data?.items ?? []}
      orders={orders ?? []}
      error={query.error}
      retry={() => void query.refetch()}
    />
  )
}
