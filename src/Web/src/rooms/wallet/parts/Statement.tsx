import { useInfiniteQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Balance, StatementLine } from '@/api/types'
import { Amount } from '@/money/Amount'
import { Button } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { downloadCsv, toCsv } from '@/ui/csv'
import { useZone } from '@/ui/prefs'
import { BareSelect } from '@/ui/Select'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { statementQuery } from '../api'
import { checkSums, statementCsvHeader, statementCsvRow } from '../model'

type StatementProps = {
  accountId: string
  asset: string
  balances: readonly Balance[]
  onAsset: (asset: string) => void
}

/** Says whether every line loaded adds up to the balance; silent until the last page is here. */
function SumCheck({ lines, balances }: { lines: readonly StatementLine[]; balances: readonly Balance[] }) {
  const { t } = useTranslation('wallet')
  const wrong = checkSums(lines, balances).filter((sum) => !sum.matches)
  const good = wrong.length === 0
  const Icon = good ? CircleCheck : CircleAlert
  return (
    <p role="status" className="flex items-center gap-1.5 text-table text-text-2">
      <Icon size={14} strokeWidth={1.75} aria-hidden className={good ? 'text-up' : 'text-warn'} />
      {good
        ? t('sumsMatch', { count: lines.length })
        : t('sumsDiffer', { assets: wrong.map((sum) => sum.asset).join(', ') })}
    </p>
  )
}

export function Statement({ accountId, asset, balances, onAsset }: StatementProps) {
  const { t } = useTranslation(['wallet', 'common'])
  const zone = useZone()
  const pages = useInfiniteQuery({ ...statementQuery(accountId, asset), refetchInterval: 10_000 })
  if (pages.isError)
    return <ErrorState what={t('statementFailed')} error={pages.error} retry={() => void pages.refetch()} />
  if (pages.isPending) return <SkeletonRows rows={8} />
  const lines = pages.data.pages.flatMap((page) => page.items)
  const mine = asset === '' ? balances : balances.filter((balance) => balance.asset === asset)
  const assets = [
    { value: '', label: t('allAssets') },
    ...balances.map((each) => ({ value: each.asset, label: each.asset })),
  ]
  return (
    <>
      <div className="flex flex-wrap items-center gap-4 px-4 py-2 max-sm:px-3">
        <BareSelect aria-label={t('asset')} value={asset} options={assets} onChange={onAsset} className="w-40" />
        {pages.hasNextPage ? null : <SumCheck lines={lines} balances={mine} />}
        <Button
          small
          variant="ghost"
          className="ml-auto"
          onClick={() => downloadCsv('lastro-statement.csv', toCsv(statementCsvHeader, lines.map(statementCsvRow)))}
        >
          <Download size={14} strokeWidth={1.75} aria-hidden />
          {t('common:csv')}
        </Button>
      </div>
      {lines.length === 0 ? (
        <EmptyState text={t('noLines')} />
      ) : (
        <Table label={t('statement')}>
          <thead>
            <tr>
              <Th className="pl-4 max-sm:pl-3">
                {t('time')} <span className="max-sm:hidden">({zone})</span>
              </Th>
              <Th>{t('kind')}</Th>
              <Th className="max-sm:hidden">{t('asset')}</Th>
              <Th align="right">{t('available')}</Th>
              <Th align="right" className="max-sm:pr-3">
                {t('held')}
              </Th>
              <Th className="pr-4 max-lg:hidden">{t('reference')}</Th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </tbody>
        </Table>
      )}
      {pages.hasNextPage ? (
        <div className="p-4">
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('older')}
          </Button>
        </div>
      ) : null}
    </>
  )
}

function Line({ line }: { line: StatementLine }) {
  const { t } = useTranslation('wallet')
  const change = (value: string) =>
    Number(value) === 0 ? (
      <span className="text-text-3">–</span>
    ) : (
      <Amount value={value} asset={line.asset} showAsset={false} signed />
    )
  return (
    <Tr>
      <Td className="pl-4 max-sm:pl-3">
        <Time at={line.time} style="dateTimeSeconds" className="max-sm:hidden" />
        <Time at={line.time} style="time" className="sm:hidden" />
      </Td>
      <Td>
        {t(`kind_${line.kind}`)} <span className="text-text-3 sm:hidden">{line.asset}</span>
      </Td>
      <Td className="max-sm:hidden">{line.asset}</Td>
      <Td align="right">{change(line.available)}</Td>
      <Td align="right" className="max-sm:pr-3">
        {change(line.held)}
      </Td>
      <Td className="max-w-64 truncate pr-4 font-mono text-label text-text-3 max-lg:hidden">
        {line.note ?? line.fillId ?? line.orderId ?? ''}
      </Td>
    </Tr>
  )
}
