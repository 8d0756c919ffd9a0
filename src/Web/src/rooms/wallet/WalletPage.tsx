import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { Tab, TabList, TabPanel, Tabs } from '@/ui/Tabs'
import { useTitle } from '@/ui/useTitle'
import { holdingsOf, readSort } from './model'
import { Holdings } from './parts/Holdings'
import { Statement } from './parts/Statement'
import { Summary } from './parts/Summary'
import { useWallet } from './useWallet'

const tabs = ['assets', 'statement'] as const

export function WalletPage() {
  const { t } = useTranslation('wallet')
  const search = useSearch({ from: '/wallet' })
  const go = useNavigate({ from: '/wallet' })
  const wallet = useWallet()
  const tab = tabs.find((each) => each === search.tab) ?? 'assets'
  useTitle(t('title'))
  if (wallet.error) return <ErrorState what={t('failed')} error={wallet.error} retry={wallet.retry} />
  if (wallet.isPending) return <SkeletonRows rows={8} />
  if (wallet.account === null) return <EmptyState text={t('noAccount')} />
  const holdings = holdingsOf(wallet.balances)
  return (
    <div className="flex min-h-0 grow flex-col bg-bg1">
      <Summary account={wallet.account} balances={wallet.balances} holdings={holdings} valueAsset={wallet.valueAsset} />
      <Tabs
        value={tab}
        onChange={(next) => void go({ search: next === 'assets' ? {} : { tab: next } })}
        className="flex min-h-0 grow flex-col"
      >
        <TabList label={t('title')} className="shrink-0 px-3 max-sm:px-2">
          <Tab value="assets">{t('assets')}</Tab>
          <Tab value="statement">{t('statement')}</Tab>
        </TabList>
        <TabPanel value="assets">
          <Holdings
            holdings={holdings}
            valueAsset={wallet.valueAsset}
            sort={readSort(search.sort)}
            onSort={(sort) => void go({ search: { ...search, sort }, replace: true })}
          />
        </TabPanel>
        <TabPanel value="statement">
          <Statement
            accountId={wallet.account.id}
            asset={search.asset ?? ''}
            balances={wallet.balances}
            onAsset={(asset) =>
              void go({ search: asset === '' ? { tab: 'statement' } : { tab: 'statement', asset }, replace: true })
            }
          />
        </TabPanel>
      </Tabs>
    </div>
  )
}
