import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { portfolioQuery } from '@/api/accounts'
import { Amount } from '@/money/Amount'

/** One coin of one account this season: what is owned, what it cost, what came of it. */
export function CoinCard({ accountId, coin }: { accountId: string; coin: string }) {
  const { t } = useTranslation('orders')
  const portfolio = useQuery({ ...portfolioQuery(accountId), refetchInterval: 5_000 })
  const item = portfolio.data?.items.find((each) => each.asset === coin)
  const unit = portfolio.data?.valueAsset ?? 'USDT'
  if (portfolio.data === undefined) return null
  if (item === undefined)
    return <p className="border-b border-line px-4 py-2 text-text-2">{t('coinNothing', { coin })}</p>
  const figures = [
    ['owned', <Amount key="owned" value={item.total} asset={coin} />],
    ['value', <Amount key="value" value={item.value} asset={unit} />],
    ['averageCost', <Amount key="cost" value={item.averageCost} asset={unit} />],
    ['realised', <Amount key="realised" value={item.realised} asset={unit} signed />],
    ['unrealised', <Amount key="unrealised" value={item.unrealised} asset={unit} signed />],
    ['fees', <Amount key="fees" value={item.fees} asset={unit} />],
    ['trades', <span key="trades">{item.trades}</span>],
  ] as const
  return (
    <section aria-label={t('coinOf', { coin })} className="border-b border-line px-4 py-2 max-sm:px-3">
      <h2 className="panel-label">{t('coinOf', { coin })}</h2>
      <dl className="flex flex-wrap gap-x-8 gap-y-1 text-table">
        {figures.map(([name, figure]) => (
          <div key={name}>
            <dt className="text-text-3">{t(name)}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
