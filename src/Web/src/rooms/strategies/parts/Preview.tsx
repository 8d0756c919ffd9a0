import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Preview as PreviewData, previewQuery, type StrategyDocument } from '@/api/strategies'
import { type Candle, type FillMark, isInterval, type Plot, PriceChart } from '@/chart'
import { zoneLabel } from '@/i18n/time'
import { decimalsOfStep } from '@/money/format'
import { useInstruments } from '@/orders/useInstruments'
import { PairField } from '@/ui/PairField'
import { themeOf, useLocale, usePrefs, useZone } from '@/ui/prefs'
import { EmptyState, ErrorState, Skeleton } from '@/ui/states'
import { useMedia } from '@/ui/useMedia'
import { Why } from './Why'

type Props = {
  document: StrategyDocument
  /** Definitions that are conditions. */
  conditions: ReadonlySet<string>
  /** Candles before the rules can be known. */
  warmUp: number | null
  /** Only a document without errors has signals. */
  isValid: boolean
  symbol: string
  onSymbol: (symbol: string) => void
}

const refreshMs = 60_000
const looks = [
  ['--series-1', 'solid'],
  ['--series-2', 'dashed'],
  ['--series-3', 'dotted'],
  ['--series-4', 'solid'],
  ['--series-5', 'dashed'],
] as const

const mostBelow = 2

const nothing = () => undefined
const noLines = [] as const

function candlesOf(preview: PreviewData): Candle[] {
  return preview.candles.map((candle) => ({
    time: Date.parse(candle.openTime) / 1000,
    open: Number(candle.open),
    high: Number(candle.high),
    low: Number(candle.low),
    close: Number(candle.close),
    volume: Number(candle.volume ?? 0),
  }))
}

/** Lines of one call or definition share a pane: "m.line" and "m.signal", "r". */
const familyOf = (name: string): string => name.replace(/\.\w+$/, '')

/** What can be drawn as lines: conditions are marked as signals instead, and a third scale below would be too small to read. */
function plotsOf(preview: PreviewData, conditions: ReadonlySet<string>): Plot[] {
  const lines = preview.plots.filter((plot) => !conditions.has(plot.name))
  const below = [...new Set(lines.filter((plot) => plot.pane === 'own').map((plot) => familyOf(plot.name)))]
  return lines
    .map((plot) => ({ plot, pane: plot.pane === 'own' ? below.indexOf(familyOf(plot.name)) + 1 : 0 }))
    .filter(({ pane }) => pane <= mostBelow)
    .slice(0, looks.length)
    .map(({ plot, pane }, index) => {
      const [token, dash] = looks[index] ?? looks[0]
      return { key: plot.name, label: plot.name, pane, token, dash, values: plot.values }
    })
}

/** The last 500 candles with what the rules would have said at each close. */
export function Preview({ document: whole, conditions, warmUp, isValid, symbol, onSymbol }: Props) {
  const { t } = useTranslation('strategies')
  const locale = useLocale()
  const zone = useZone()
  useMedia('(prefers-color-scheme: light)')
  const look = usePrefs((p) => `${themeOf(p)}/${p.palette}`)
  const tick = useInstruments().get(symbol)?.tickSize ?? '0.01'
  const [chosen, setChosen] = useState<number | null>(null)
  // What it is called changes no signal.
  const document = useMemo(() => ({ ...whole, name: '' }), [whole])
  const preview = useQuery({
    ...previewQuery(document, symbol),
    enabled: isValid && symbol !== '',
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  })
  const data = preview.data
  const candles = useMemo(() => (data === undefined ? [] : candlesOf(data)), [data])
  const marks = useMemo<FillMark[]>(
    () =>
      (data?.signals ?? []).map((signal) => ({
        id: `${signal.openTime}${signal.kind}`,
        time: Date.parse(signal.openTime) / 1000,
        price: 0,
        side: signal.kind === 'enter' ? 'buy' : 'sell',
      })),
    [data],
  )
  const names = [...conditions].join()
  const plots = useMemo(() => (data === undefined ? [] : plotsOf(data, new Set(names.split(',')))), [data, names])
  const count = (kind: string) => (data?.signals ?? []).filter((signal) => signal.kind === kind).length
  const interval = isInterval(document.timeframe) ? document.timeframe : '1h'
  return (
    <section aria-label={t('preview')} className="flex min-w-0 flex-col">
      <div className="flex flex-wrap items-end justify-between gap-2 px-3 py-2">
        <PairField label={t('previewPair')} value={symbol} onChange={onSymbol} className="w-36" />
        <p role="status" data-testid="signals" className="text-table text-text-2">
          {data === undefined || !isValid
            ? null
            : t('signals', { enter: count('enter'), exit: count('exit'), count: candles.length })}
        </p>
      </div>
      <div className="relative h-[28rem] min-h-0 max-sm:h-80" data-stale={preview.isPlaceholderData || undefined}>
        {!isValid && data === undefined ? (
          <EmptyState text={t('previewNeedsRules')} />
        ) : preview.isError && data === undefined ? (
          <ErrorState what={t('previewFailed')} error={preview.error} retry={() => void preview.refetch()} />
        ) : data === undefined ? (
          <Skeleton className="absolute inset-2" />
        ) : candles.length === 0 ? (
          <EmptyState text={t('noCandles')} />
        ) : (
          <div className={`absolute inset-0 ${isValid ? '' : 'opacity-50'}`}>
            <Suspense fallback={<Skeleton className="absolute inset-2" />}>
              <PriceChart
                key={`${symbol}${interval}`}
                label={t('previewLabel', { pair: symbol, interval })}
                candles={candles}
                interval={interval}
                orders={noLines}
                fills={marks}
                indicators={noLines}
                plots={plots}
                view={candles.length}
                focus={chosen}
                zone={zone}
                locale={locale}
                decimals={decimalsOfStep(tick)}
                look={look}
                onNeedOlder={nothing}
                onMoveOrder={nothing}
                onPick={(candle) => setChosen(candle.time)}
                legend={() => null}
              />
            </Suspense>
          </div>
        )}
      </div>
      <p className="px-3 pt-2 text-table text-text-3">
        {t('closedOnly')} {warmUp === null ? null : t('warmUp', { count: warmUp })}{' '}
        {t('zoneIs', { zone: zoneLabel(zone, locale) })}
      </p>
      {data === undefined || !isValid || candles.length === 0 ? null : (
        <Why
          document={document}
          symbol={symbol}
          candles={candles}
          signals={data.signals}
          chosen={chosen}
          onChoose={setChosen}
        />
      )}
    </section>
  )
}
