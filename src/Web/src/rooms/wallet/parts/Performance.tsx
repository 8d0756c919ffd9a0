import { useQuery } from '@tanstack/react-query'
import { Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Equity } from '@/api/types'
import { EquityChart, type EquityDot } from '@/chart'
import { Amount, Percent } from '@/money/Amount'
import { toBig } from '@/money/format'
import { Time } from '@/ui/bits'
import { themeOf, useLocale, usePrefs, useZone } from '@/ui/prefs'
import { Segmented } from '@/ui/Segmented'
import { ErrorState, Skeleton, SkeletonRows } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { useMedia } from '@/ui/useMedia'
import { equityQuery } from '../api'
import { type Range, ranges } from '../model'

type Props = { accountId: string; range: Range; onRange: (range: Range) => void }

const refreshMs = 15_000
const mostRows = 300
const percentOf = (share: string): string => toBig(share)?.times(-100).toFixed() ?? '0'

export function Performance({ accountId, range, onRange }: Props) {
  const { t } = useTranslation('wallet')
  const [shape, setShape] = useState<'chart' | 'table'>('chart')
  const equity = useQuery({ ...equityQuery(accountId, range), refetchInterval: refreshMs })
  const hidden = usePrefs((prefs) => prefs.hideAmounts)
  if (equity.isError)
    return <ErrorState what={t('equityFailed')} error={equity.error} retry={() => void equity.refetch()} />
  return (
    <div className="flex min-h-96 grow flex-col">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-2 max-sm:px-3">
        <Segmented
          label={t('range')}
          value={range}
          options={(Object.keys(ranges) as Range[]).map((each) => ({ value: each, label: t(`range_${each}`) }))}
          onChange={onRange}
        />
        <Segmented
          label={t('shape')}
          value={shape}
          options={(['chart', 'table'] as const).map((each) => ({ value: each, label: t(`shape_${each}`) }))}
          onChange={setShape}
        />
        {equity.data ? (
          <p className="text-table text-text-2">
            {t('maxDrawdown')} <Percent value={percentOf(equity.data.maxDrawdown)} signed={false} /> · {t('estimated')}
          </p>
        ) : null}
      </div>
      {equity.data === undefined ? (
        <SkeletonRows rows={8} />
      ) : shape === 'table' || hidden ? (
        <Points equity={equity.data} />
      ) : (
        <Drawing equity={equity.data} />
      )}
    </div>
  )
}

function Drawing({ equity }: { equity: Equity }) {
  const { t } = useTranslation('wallet')
  const locale = useLocale()
  const zone = useZone()
  useMedia('(prefers-color-scheme: light)')
  const look = usePrefs((p) => `${themeOf(p)}/${p.palette}`)
  const dots = useMemo<EquityDot[]>(
    () =>
      equity.points.map((point) => ({
        time: Math.floor(Date.parse(point.time) / 1000),
        season: point.season,
        equity: Number(point.equity),
        drawdown: Number(point.drawdown),
      })),
    [equity],
  )
  return (
    <div className="min-h-80 grow px-2 pb-2">
      <Suspense fallback={<Skeleton className="h-full" />}>
        <EquityChart
          label={t('equityLabel', { asset: equity.valueAsset })}
          dots={dots}
          zone={zone}
          locale={locale}
          look={look}
        />
      </Suspense>
    </div>
  )
}

/** The same numbers in words, newest first; also what is shown while amounts are hidden. */
function Points({ equity }: { equity: Equity }) {
  const { t } = useTranslation('wallet')
  const zone = useZone()
  const points = [...equity.points].reverse().slice(0, mostRows)
  return (
    <Table label={t('equityTable')}>
      <thead>
        <tr>
          <Th className="pl-4 max-sm:pl-3">
            {t('time')} <span className="max-sm:hidden">({zone})</span>
          </Th>
          <Th>{t('season')}</Th>
          <Th align="right">{t('equityIn', { asset: equity.valueAsset })}</Th>
          <Th align="right" className="pr-4 max-sm:pr-3">
            {t('drawdown')}
          </Th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <Tr key={`${point.time}${point.season}${point.kind}`}>
            <Td className="pl-4 max-sm:pl-3">
              <Time at={point.time} />
            </Td>
            <Td>{point.season}</Td>
            <Td align="right">
              <Amount value={point.equity} asset={equity.valueAsset} showAsset={false} />
            </Td>
            <Td align="right" className="pr-4 max-sm:pr-3">
              <Percent value={percentOf(point.drawdown)} signed={false} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
