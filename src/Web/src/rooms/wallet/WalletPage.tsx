import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { Tab, TabList, TabPanel, Tabs } from '@/ui/Tabs'
import { useTitle } from '@/ui/useTitle'
import { holdingsOf, readRange, readSort, readStatementFilter, statementSearch } from './model'
import { AccountBar } from './parts/AccountBar'
import { Holdings } from './parts/Holdings'
import { Performance } from './parts/Performance'
import { Seasons } from './parts/Seasons'
import { Statement } from './parts/Statement'
import { Summary } from './parts/Summary'
import { useWallet } from './useWallet'

const tabs = ['assets', 'performance', 'statement', 'seasons'] as const

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
      <AccountBar account={wallet.account} accounts={wallet.accounts} />
      <Summary account={wallet.account} balances={wallet.balances} holdings={holdings} valueAsset={wallet.valueAsset} />
      <Tabs
        value={tab}
        onChange={(next) => void go({ search: next === 'assets' ? {} : { tab: next } })}
        className="flex min-h-0 grow flex-col"
      >
        <TabList label={t('title')} className="shrink-0 px-3 max-sm:px-2">
          <Tab value="assets">{t('assets')}</Tab>
          <Tab value="performance">{t('performance')}</Tab>
          <Tab value="statement">{t('statement')}</Tab>
          <Tab value="seasons">{t('seasons')}</Tab>
        </TabList>
        <TabPanel value="assets">
          <Holdings
            holdings={holdings}
            valueAsset={wallet.valueAsset}
            sort={readSort(search.sort)}
            onSort={(sort) => void go({ search: { ...search, sort }, replace: true })}
          />
        </TabPanel>
        <TabPanel value="performance" className="flex grow flex-col">
          <Performance
            key={wallet.account.id}
            accountId={wallet.account.id}
            range={readRange(search.range)}
            onRange={(range) => void go({ search: { tab: 'performance', range }, replace: true })}
          />
        </TabPanel>
        <TabPanel value="seasons">
          <Seasons accountId={wallet.account.id} />
        </TabPanel>
        <TabPanel value="statement">
          <Statement
            accountId={wallet.account.id}
            filter={readStatementFilter(search)}
            balances={wallet.balances}
            onFilter={(patch) => void go({ search: statementSearch(search, patch), replace: true })}
          />
        </TabPanel>
      </Tabs>
    </div>
  )
}
