import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { explainQuery, type Signal, type StrategyDocument } from '@/api/strategies'
import type { Candle } from '@/chart'
import { useTimeFormat } from '@/i18n/time'
import { ExplainTree } from '@/strategies/ExplainTree'
import { Button, IconButton } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { Select } from '@/ui/Select'
import { ErrorState, SkeletonRows } from '@/ui/states'

type Props = {
  document: StrategyDocument
  symbol: string
  candles: readonly Candle[]
  signals: readonly Signal[]
  chosen: number | null
  onChoose: (time: number) => void
}

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true }
const shown = 40

/** Why a rule held or did not at one candle: chosen on the chart, from the signals, or step by step. */
export function Why({ document, symbol, candles, signals, chosen, onChoose }: Props) {
  const { t } = useTranslation('strategies')
  const format = useTimeFormat()
  const index = candles.findIndex((candle) => candle.time === chosen)
  const step = (by: number) => {
    const next = candles[(index < 0 ? candles.length : index) + by]
    if (next !== undefined) onChoose(next.time)
  }
  const latest = signals.slice(-shown).reverse()
  const isSignal = signals.some((signal) => Date.parse(signal.openTime) / 1000 === chosen)
  return (
    <section aria-label={t('why')} className="flex flex-col gap-2 px-3 py-3">
      <h2 className="text-em font-semibold">{t('why')}</h2>
      <div className="flex flex-wrap items-end gap-2">
        <Select
          label={t('atSignal')}
          className="w-64 max-w-full"
          value={isSignal ? String(chosen) : ''}
          options={[
            { value: '', label: t(latest.length === 0 ? 'noSignals' : 'chooseSignal') },
            ...latest.map((signal) => ({
              value: String(Date.parse(signal.openTime) / 1000),
              label: `${t(`signal_${signal.kind}`)} · ${format(signal.openTime)}`,
            })),
          ]}
          onChange={(value) => {
            if (value !== '') onChoose(Number(value))
          }}
        />
        <span className="flex">
          <IconButton
            label={t('candleEarlier')}
            icon={<ChevronLeft {...icon} />}
            onClick={() => step(-1)}
            disabled={index === 0}
          />
          <IconButton
            label={t('candleLater')}
            icon={<ChevronRight {...icon} />}
            onClick={() => step(1)}
            disabled={index < 0 || index === candles.length - 1}
          />
        </span>
        {chosen === null ? (
          <Button variant="ghost" onClick={() => step(-1)}>
            {t('lastCandle')}
          </Button>
        ) : null}
      </div>
      {chosen === null ? (
        <p className="text-table text-text-3">{t('whyHint')}</p>
      ) : (
        <Explained document={document} symbol={symbol} at={new Date(chosen * 1000).toISOString()} />
      )}
    </section>
  )
}

function Explained({ document, symbol, at }: { document: StrategyDocument; symbol: string; at: string }) {
  const { t } = useTranslation('strategies')
  const answer = useQuery(explainQuery(document, symbol, at))
  if (answer.isError)
    return <ErrorState what={t('whyFailed')} error={answer.error} retry={() => void answer.refetch()} />
  if (answer.data === undefined) return <SkeletonRows rows={4} className="px-0" />
  const { enter, exit } = answer.data
  return (
    <div className="flex flex-col gap-2">
      <p className="text-table text-text-2">
        {t('candleOf')} <Time at={at} />
      </p>
      {enter === null ? null : (
        <div>
          <h3 className="panel-label">{t('enter')}</h3>
          <ExplainTree tree={enter} label={t('enter')} />
        </div>
      )}
      {exit === null || exit === undefined ? null : (
        <div>
          <h3 className="panel-label">{t('exit')}</h3>
          <ExplainTree tree={exit} label={t('exit')} />
        </div>
      )}
    </div>
  )
}
