import { useQuery } from '@tanstack/react-query'
import type Big from 'big.js'
import { useTranslation } from 'react-i18next'
import { tickersQuery } from '@/api/markets'
import type { Account, Balance } from '@/api/types'
import { Amount, Percent, PriceText } from '@/money/Amount'
import { toBig } from '@/money/format'
import { Time } from '@/ui/bits'
import { type Holding, slicesOf, totalValue } from '../model'

type SummaryProps = {
  account: Account
  balances: readonly Balance[]
  holdings: readonly Holding[]
  valueAsset: string
}

const dressing = ['bg-series-1', 'bg-series-2', 'bg-series-3', 'bg-series-4', 'bg-text-3']

function InReais({ total }: { total: Big }) {
  const { t } = useTranslation('wallet')
  const tickers = useQuery(tickersQuery)
  const rate = tickers.data?.items.find((ticker) => ticker.symbol === 'USDTBRL')
  const last = toBig(rate?.last)
  if (last === null || !rate) return null
  return (
    <p className="text-table text-text-2">
      ≈ <Amount value={total.times(last).toFixed()} asset="BRL" />
      <span className="text-text-3">
        {' '}
        · {t('atRate')} <PriceText value={rate.last} /> {rate.asOf ? <Time at={rate.asOf} style="time" /> : null}
      </span>
    </p>
  )
}

function Allocation({ holdings }: { holdings: readonly Holding[] }) {
  const { t } = useTranslation('wallet')
  const slices = slicesOf(holdings)
  if (slices.length === 0) return null
  return (
    <div className="min-w-0 grow sm:max-w-xl">
      <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-sm bg-line">
        {slices.map((slice, index) => (
          <span key={slice.asset} className={dressing[index]} style={{ width: `${slice.share}%` }} />
        ))}
      </div>
      <ul aria-label={t('allocation')} className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-table">
        {slices.map((slice, index) => (
          <li key={slice.asset} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2 rounded-sm ${dressing[index]}`} />
            <span>{slice.asset === '' ? t('others') : slice.asset}</span>
            <Percent value={slice.share} signed={false} className="text-text-2" />
          </li>
        ))}
      </ul>
    </div>
  )
}

export function Summary({ account, balances, holdings, valueAsset }: SummaryProps) {
  const { t } = useTranslation('wallet')
  const total = totalValue(balances)
  return (
    <header className="flex flex-wrap items-end gap-x-10 gap-y-4 border-b border-line p-4 max-sm:p-3">
      <div>
        <h1 className="flex items-center gap-2 text-table text-text-2">
          {t('title')} · {account.name}
        </h1>
        <p className="text-total font-semibold" data-testid="wallet-total">
          <Amount value={total.toFixed()} asset={valueAsset} />
        </p>
        <InReais total={total} />
      </div>
      <Allocation holdings={holdings} />
    </header>
  )
}
