import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Report, type Run, runExplainQuery } from '@/api/backtests'
import { type Candle, type FillMark, isInterval, PriceChart } from '@/chart'
import { zoneLabel } from '@/i18n/time'
import { decimalsOfStep } from '@/money/format'
import { useInstruments } from '@/orders/useInstruments'
import { ExplainTree } from '@/strategies/ExplainTree'
import { Time } from '@/ui/bits'
import { themeOf, useLocale, usePrefs, useZone } from '@/ui/prefs'
import { Select } from '@/ui/Select'
import { EmptyState, ErrorState, Skeleton, SkeletonRows } from '@/ui/states'
import { useMedia } from '@/ui/useMedia'
import { candlesUntilQuery } from '../api'

type Props = {
  run: Run
  report: Report
  symbol: string
  /** Seconds; NaN for the end of the run. */
  at: number
  onSymbol: (symbol: string) => void
}

const nothing = () => undefined
const noLines = [] as const
const margin = 200

/** The run's candles with an arrow for each fill; a press on a candle says why it was or was not one. */
export function TradeChart({ run, report, symbol, at, onSymbol }: Props) {
  const { t } = useTranslation('lab')
  const locale = useLocale()
  const zone = useZone()
  useMedia('(prefers-color-scheme: light)')
  const look = usePrefs((p) => `${themeOf(p)}/${p.palette}`)
  const tick = useInstruments().get(symbol)?.tickSize ?? '0.01'
  const interval = isInterval(run.timeframe) ? run.timeframe : '1h'
  const length = (report.to - report.from) / Math.max(1, report.candles / run.symbols.length)
  const until = Math.min(report.to, Number.isFinite(at) ? at * 1000 + margin * length : report.to)
  const [picked, setPicked] = useState<number | null>(null)
  const chosen = picked ?? (Number.isFinite(at) ? at : null)
  const pages = useInfiniteQuery(candlesUntilQuery(symbol, interval, until, report.from))
  const candles = useMemo<Candle[]>(
    () =>
      [...(pages.data?.pages ?? [])].reverse().flatMap((page) =>
        page.items.map((item) => ({
          time: Date.parse(item.openTime) / 1000,
          open: Number(item.open),
          high: Number(item.high),
          low: Number(item.low),
          close: Number(item.close),
          volume: Number(item.volume),
        })),
      ),
    [pages.data],
  )
  const fills = useMemo<FillMark[]>(
    () =>
      report.trades
        .filter((trade) => (trade.symbol ?? run.symbols[0]) === symbol)
        .flatMap((trade) => [
          { id: `in${trade.entryTime}`, time: trade.entryTime / 1000, price: trade.entryPrice, side: 'buy' as const },
          { id: `out${trade.exitTime}`, time: trade.exitTime / 1000, price: trade.exitPrice, side: 'sell' as const },
        ]),
    [report.trades, run.symbols, symbol],
  )
  return (
    <div className="flex grow flex-col">
      <div className="flex flex-wrap items-end gap-3 px-4 py-2 max-sm:px-3">
        {run.symbols.length > 1 ? (
          <Select
            label={t('pair')}
            className="w-40"
            value={symbol}
            options={run.symbols.map((each) => ({ value: each, label: each }))}
            onChange={onSymbol}
          />
        ) : null}
        <p className="text-table text-text-3">
          {t('chartHint')} {zoneLabel(zone, locale)}
        </p>
      </div>
      <div className="relative min-h-96 grow">
        {pages.isError && candles.length === 0 ? (
          <ErrorState what={t('candlesFailed')} error={pages.error} retry={() => void pages.refetch()} />
        ) : pages.isPending ? (
          <Skeleton className="absolute inset-2" />
        ) : candles.length === 0 ? (
          <EmptyState text={t('noCandles')} />
        ) : (
          <Suspense fallback={<Skeleton className="absolute inset-2" />}>
            <PriceChart
              key={`${symbol}${until}`}
              label={t('chartLabel', { pair: symbol, interval })}
              candles={candles}
              interval={interval}
              orders={noLines}
              fills={fills}
              indicators={noLines}
              focus={chosen}
              zone={zone}
              locale={locale}
              decimals={decimalsOfStep(tick)}
              look={look}
              onNeedOlder={() => {
                if (pages.hasNextPage && !pages.isFetching) void pages.fetchNextPage()
              }}
              onMoveOrder={nothing}
              onPick={(candle) => setPicked(candle.time)}
              legend={() => null}
            />
          </Suspense>
        )}
      </div>
      {chosen === null ? null : <Why runId={run.id} symbol={symbol} at={new Date(chosen * 1000).toISOString()} />}
    </div>
  )
}

function Why({ runId, symbol, at }: { runId: string; symbol: string; at: string }) {
  const { t } = useTranslation('lab')
  const answer = useQuery(runExplainQuery(runId, symbol, at))
  return (
    <section aria-label={t('why')} className="border-t border-line px-4 py-3 max-sm:px-3">
      <h2 className="text-em font-semibold">
        {t('why')} <Time at={at} className="text-table font-normal text-text-2" />
      </h2>
      {answer.isError ? (
        <ErrorState what={t('whyFailed')} error={answer.error} retry={() => void answer.refetch()} />
      ) : answer.data === undefined ? (
        <SkeletonRows rows={3} className="px-0" />
      ) : (
        <div className="grid gap-4 pt-2 lg:grid-cols-2">
          {(['enter', 'exit'] as const).map((rule) => {
            const tree = answer.data[rule]
            return tree === null || tree === undefined ? null : (
              <div key={rule} className="min-w-0">
                <h3 className="panel-label">{t(`rule_${rule}`)}</h3>
                <ExplainTree tree={tree} label={t(`rule_${rule}`)} />
              </div>
            )
          })}
        </div>
      )}
    </section>
  )
}
