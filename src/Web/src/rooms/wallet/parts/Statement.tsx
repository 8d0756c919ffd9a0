import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Balance, StatementLine } from '@/api/types'
import { Amount } from '@/money/Amount'
import { Button } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { downloadCsv } from '@/ui/csv'
import { controlClass } from '@/ui/Field'
import { useZone } from '@/ui/prefs'
import { BareSelect } from '@/ui/Select'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { useNotifyProblem } from '@/ui/toast'
import { readStatementCsv, statementQuery } from '../api'
import { checkSums, isWhole, type StatementFilter, statementKinds } from '../model'

type StatementProps = {
  accountId: string
  filter: StatementFilter
  balances: readonly Balance[]
  onFilter: (patch: Partial<StatementFilter>) => void
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

export function Statement({ accountId, filter, balances, onFilter }: StatementProps) {
  const { t } = useTranslation(['wallet', 'common'])
  const zone = useZone()
  const failed = useNotifyProblem()
  const { asset, kind } = filter
  const pages = useInfiniteQuery({ ...statementQuery(accountId, filter, zone), refetchInterval: 10_000 })
  const csv = useMutation({
    mutationFn: () => readStatementCsv(accountId, filter, zone),
    onSuccess: (text) => downloadCsv('lastro-statement.csv', text),
    onError: failed,
  })
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
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 max-sm:grid max-sm:grid-cols-2 max-sm:px-3">
        <BareSelect
          aria-label={t('asset')}
          value={asset}
          options={assets}
          onChange={(next) => onFilter({ asset: next })}
          className="w-36 max-sm:w-full"
        />
        <BareSelect
          aria-label={t('kind')}
          value={kind}
          options={[
            { value: '', label: t('allKinds') },
            ...statementKinds.map((each) => ({ value: each as string, label: t(`kind_${each}`) })),
          ]}
          onChange={(next) => onFilter({ kind: next })}
          className="w-44 max-sm:w-full"
        />
        {(['from', 'to'] as const).map((end) => (
          <label
            key={end}
            className="flex items-center gap-2 text-table text-text-2 max-sm:flex-col max-sm:items-stretch max-sm:gap-0"
          >
            {t(end === 'from' ? 'fromDay' : 'toDay')}
            <input
              type="date"
              value={filter[end]}
              title={zone}
              onChange={(event) => onFilter({ [end]: event.target.value })}
              className={`${controlClass} w-36! max-sm:w-full!`}
            />
          </label>
        ))}
        {pages.hasNextPage || !isWhole(filter) ? null : <SumCheck lines={lines} balances={mine} />}
        <Button small variant="ghost" className="ml-auto" busy={csv.isPending} onClick={() => csv.mutate()}>
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
              <Th align="right" className="max-md:hidden">
                {t('after')}
              </Th>
              <Th className="pr-4 pl-6 max-lg:hidden">{t('reference')}</Th>
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
      <Amount value={value} asset={line.asset} showAsset={false} signed exact />
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
      <Td align="right" className="text-text-2 max-md:hidden">
        <Amount value={line.availableAfter} asset={line.asset} showAsset={false} exact />
      </Td>
      <Td className="max-w-64 truncate pr-4 pl-6 font-mono text-label text-text-3 max-lg:hidden">
        {line.orderId === null ? '' : t('orderRef', { id: line.orderId })}
      </Td>
    </Tr>
  )
}
