import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { marketsQuery } from '@/api/markets'
import type { Instrument } from '@/api/types'
import { Amount, Percent } from '@/money/Amount'
import { Button } from '@/ui/Button'
import { downloadCsv, toCsv } from '@/ui/csv'
import { changePrefs, usePrefs } from '@/ui/prefs'
import { Switch } from '@/ui/Switch'
import { EmptyState } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { type Column, csvHeader, csvRow, type Holding, isSmall, nextSort, type Sort, sortHoldings } from '../model'

type HoldingsProps = {
  holdings: readonly Holding[]
  valueAsset: string
  sort: Sort
  onSort: (sort: string) => void
}

/** The market where an asset is traded against the value asset, else any of it. */
function useMarketOf(valueAsset: string): (asset: string) => Instrument | undefined {
  const markets = useQuery(marketsQuery)
  return (asset) =>
    markets.data?.items.find((market) => market.base === asset && market.quote === valueAsset) ??
    markets.data?.items.find((market) => market.base === asset || market.quote === asset)
}

export function Holdings({ holdings, valueAsset, sort, onSort }: HoldingsProps) {
  const { t } = useTranslation(['wallet', 'common'])
  const hideSmall = usePrefs((prefs) => prefs.hideSmallBalances)
  const marketOf = useMarketOf(valueAsset)
  const shown = sortHoldings(hideSmall ? holdings.filter((holding) => !isSmall(holding)) : holdings, sort)
  const head = (column: Column, className = '', align: 'left' | 'right' = 'right') => (
    <Th
      align={align}
      className={className}
      sort={sort.column === column ? sort.direction : null}
      onSort={() => onSort(nextSort(sort, column))}
    >
      {t(column)}
    </Th>
  )
  return (
    <>
      <div className="flex items-center justify-between gap-4 px-4 py-2 max-sm:px-3">
        <Switch
          label={t('hideSmall')}
          checked={hideSmall}
          onChange={(hideSmallBalances) => changePrefs({ hideSmallBalances })}
        />
        <Button
          small
          variant="ghost"
          onClick={() => downloadCsv('lastro-wallet.csv', toCsv(csvHeader, shown.map(csvRow)))}
        >
          <Download size={14} strokeWidth={1.75} aria-hidden />
          {t('common:csv')}
        </Button>
      </div>
      {shown.length === 0 ? (
        <EmptyState text={t('empty')} />
      ) : (
        <Table label={t('assets')}>
          <thead>
            <tr>
              {head('asset', 'pl-4 max-sm:pl-3', 'left')}
              {head('total', 'max-sm:hidden')}
              {head('available')}
              {head('held', 'max-md:hidden')}
              {head('value', 'max-sm:pr-3')}
              {head('share', 'max-sm:hidden')}
              {head('averageCost', 'max-lg:hidden')}
              {head('pnl', 'pr-4 max-lg:hidden')}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <HoldingRow key={row.asset} row={row} valueAsset={valueAsset} market={marketOf(row.asset)} />
            ))}
          </tbody>
        </Table>
      )}
    </>
  )
}

type HoldingRowProps = { row: Holding; valueAsset: string; market: Instrument | undefined }

function HoldingRow({ row, valueAsset, market }: HoldingRowProps) {
  const { t } = useTranslation('wallet')
  const own = { asset: row.asset, showAsset: false }
  const worth = { asset: valueAsset, showAsset: false }
  // A price, and told as finely as the market tells its own: 0.37 says little of a coin that costs 0.3695.
  const tick = market?.quote === valueAsset ? { step: market.tickSize } : {}
  return (
    <Tr data-asset={row.asset}>
      <Td className="pl-4 max-sm:pl-3">
        {market === undefined ? (
          <b className="font-semibold">{row.asset}</b>
        ) : (
          <Link
            to="/trade/$symbol"
            params={{ symbol: market.symbol }}
            className="font-semibold underline decoration-line-strong underline-offset-4 hover:decoration-text-1"
          >
            {row.asset}
          </Link>
        )}
      </Td>
      <Td align="right" data-column="total" className="max-sm:hidden">
        <Amount value={row.total} {...own} />
      </Td>
      <Td align="right" data-column="available">
        <Amount value={row.available} {...own} />
        {Number(row.held) > 0 ? (
          <span className="block text-label text-text-3 md:hidden">
            {t('inOrdersShort')} <Amount value={row.held} {...own} />
          </span>
        ) : null}
      </Td>
      <Td align="right" data-column="held" className="max-md:hidden">
        <Amount value={row.held} {...own} />
      </Td>
      <Td align="right" data-column="value" className="max-sm:pr-3">
        <Amount value={row.value} {...worth} />
      </Td>
      <Td align="right" className="text-text-2 max-sm:hidden">
        <Percent value={row.share} signed={false} />
      </Td>
      <Td align="right" data-column="averageCost" className="text-text-2 max-lg:hidden">
        <Amount value={row.averageCost} {...worth} {...tick} rounding="nearest" />
      </Td>
      <Td align="right" className="pr-4 max-lg:hidden">
        <Amount value={row.pnl} signed {...worth} />
      </Td>
    </Tr>
  )
}
