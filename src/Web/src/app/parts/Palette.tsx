import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { marketsQuery, tickersQuery } from '@/api/markets'
import { searchMarkets } from '@/api/searchMarkets'
import { PriceText } from '@/money/Amount'
import { closeOverlay } from '@/ui/overlay'
import { useActions } from './actions'

const shownMarkets = 12
const item =
  'flex h-control cursor-pointer items-center gap-3 rounded-md px-2 data-[selected=true]:bg-bg2 data-[selected=true]:text-text-1'

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-label [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-text-3"
    >
      {children}
    </Command.Group>
  )
}

/** Every market, page and action, two keystrokes away. Markets come first: "btc" and Enter opens Bitcoin. */
export function Palette() {
  const { t } = useTranslation('shell')
  const go = useNavigate()
  const client = useQueryClient()
  const [typed, setTyped] = useState('')
  const markets = useQuery(marketsQuery)
  const actions = useActions()
  const found = useMemo(() => {
    const all = markets.data?.items ?? []
    return typed.trim() === '' ? all.slice(0, 5) : searchMarkets(all, typed).slice(0, shownMarkets)
  }, [markets.data, typed])
  const tickers = client.getQueryData(tickersQuery.queryKey)?.items ?? []
  const lastOf = (symbol: string) => tickers.find((ticker) => ticker.symbol === symbol)?.last
  const wanted = typed.trim().toLowerCase()
  const fitting = actions.filter((action) => wanted === '' || action.text.toLowerCase().includes(wanted))
  const run = (act: () => void) => {
    closeOverlay()
    act()
  }
  return (
    <Command.Dialog
      open
      onOpenChange={(open) => {
        if (!open) closeOverlay()
      }}
      shouldFilter={false}
      label={t('searchBox')}
      overlayClassName="fade-in fixed inset-0 z-40 bg-scrim"
      contentClassName="fade-in fixed top-[12vh] left-1/2 z-40 w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 rounded-lg border border-line-strong bg-bg1 shadow-dialog"
    >
      <Command.Input
        value={typed}
        onValueChange={setTyped}
        placeholder={t('searchBox')}
        className="h-11 w-full rounded-t-lg border-b border-line bg-transparent px-4 text-em outline-none placeholder:text-text-3"
      />
      <Command.List className="max-h-[50vh] overflow-auto p-1" label={t('suggestions')}>
        <Command.Empty className="p-4 text-text-2">{t('nothingFound')}</Command.Empty>
        {found.length > 0 ? (
          <Group heading={t('markets')}>
            {found.map((market) => (
              <Command.Item
                key={market.symbol}
                value={market.symbol}
                className={item}
                onSelect={() => run(() => void go({ to: '/trade/$symbol', params: { symbol: market.symbol } }))}
              >
                <span className="grow">
                  <b className="font-semibold">{market.base}</b>
                  <span className="text-text-3">/{market.quote}</span>
                </span>
                <PriceText value={lastOf(market.symbol)} tick={market.tickSize} className="text-text-2" />
              </Command.Item>
            ))}
          </Group>
        ) : null}
        {fitting.length > 0 ? (
          <Group heading={t('actions')}>
            {fitting.map((action) => (
              <Command.Item key={action.id} value={action.id} className={item} onSelect={() => run(action.run)}>
                {action.text}
              </Command.Item>
            ))}
          </Group>
        ) : null}
      </Command.List>
    </Command.Dialog>
  )
}
