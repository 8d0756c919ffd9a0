import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { portfolioQuery } from '@/api/accounts'
import type { Account, Balance, Portfolio } from '@/api/types'
import { Amount, Percent, PriceText } from '@/money/Amount'
import { type Holding, slicesOf, totalValue } from '../model'

type SummaryProps = {
  account: Account
  balances: readonly Balance[]
  holdings: readonly Holding[]
  valueAsset: string
}

const dressing = ['bg-series-1', 'bg-series-2', 'bg-series-3', 'bg-series-4', 'bg-text-3']

/** The same worth in money people know. A rate that is not a market's says so. */
function Elsewhere({ portfolio }: { portfolio: Portfolio }) {
  const { t } = useTranslation('wallet')
  const { worth, rates } = portfolio
  return (
    <p className="flex flex-wrap gap-x-3 text-table text-text-2">
      <span data-worth="usd">
        ≈ <Amount value={worth.usd} asset="USD" />
      </span>
      {worth.brl === null ? null : (
        <span data-worth="brl">
          ≈ <Amount value={worth.brl} asset="BRL" />
          <span className="text-text-3">
            {' '}
            · {rates.brlSource === 'setting' ? t('atSetRate', { date: rates.brlDate ?? '–' }) : t('atRate')}{' '}
            <PriceText value={rates.brlPerUsdt} />
          </span>
        </span>
      )}
    </p>
  )
}

function Figures({ portfolio }: { portfolio: Portfolio }) {
  const { t } = useTranslation('wallet')
  const unit = { asset: portfolio.valueAsset, showAsset: false }
  const figures = [
    ['change', <Amount key="change" value={portfolio.change} {...unit} signed />],
    ['realised', <Amount key="realised" value={portfolio.realised} {...unit} signed />],
    ['unrealised', <Amount key="unrealised" value={portfolio.unrealised} {...unit} signed />],
    ['fees', <Amount key="fees" value={portfolio.fees} {...unit} />],
    ['trades', <span key="trades">{portfolio.trades}</span>],
  ] as const
  return (
    <dl
      aria-label={t('sinceStart', { season: portfolio.season })}
      className="flex flex-wrap gap-x-8 gap-y-2 max-sm:grid max-sm:w-full max-sm:grid-cols-3"
    >
      {figures.map(([name, figure]) => (
        <div key={name} data-figure={name}>
          <dt className="text-table text-text-3">{t(name)}</dt>
          <dd className="text-em font-semibold">{figure}</dd>
        </div>
      ))}
    </dl>
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
  const portfolio = useQuery({ ...portfolioQuery(account.id), refetchInterval: 5_000 }).data
  const total = totalValue(balances)
  return (
    <header className="flex flex-wrap items-end gap-x-12 gap-y-4 border-b border-line p-4 max-sm:p-3">
      <div>
        <h1 className="flex items-center gap-2 text-table text-text-2">
          {t('title')} · {account.name} · {t('seasonNumber', { season: account.season })}
        </h1>
        <p className="text-total font-semibold" data-testid="wallet-total">
          <Amount value={portfolio?.value ?? total.toFixed()} asset={valueAsset} />
        </p>
        {portfolio ? <Elsewhere portfolio={portfolio} /> : null}
      </div>
      {portfolio ? <Figures portfolio={portfolio} /> : null}
      <Allocation holdings={holdings} />
    </header>
  )
}
