import { ChartSpline } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Report, ReportTrade, Run } from '@/api/backtests'
import { IconButton } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { EmptyState } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { useIsPhone } from '@/ui/useMedia'
import { VirtualTable } from '@/ui/VirtualTable'
import { type Column, nextSort, type Sort, sorted, sumOf } from '../model/report'
import { toneOf, useFigures } from '../words'

type Props = {
  run: Run
  report: Report
  quote: string
  sort: Sort
  onSort: (sort: string) => void
  onShow: (atSeconds: number, symbol: string) => void
}

const iso = (ms: number): string => new Date(ms).toISOString()
const keyOf = (trade: ReportTrade): string => `${trade.symbol ?? ''}${trade.entryTime}/${trade.exitTime}`

function useReasonWord() {
  const { t, i18n } = useTranslation('lab')
  return (reason: string) => (i18n.exists(`lab:reason_${reason}`) ? t(`reason_${reason}`) : reason)
}

/** A price or quantity of the engine with as many digits as it takes. */
function useNumber() {
  const { i18n } = useTranslation()
  return useMemo(() => {
    const format = new Intl.NumberFormat(i18n.language, { maximumSignificantDigits: 8 })
    return (value: number) => format.format(value)
  }, [i18n.language])
}

/** Every trade; only the rows on screen exist. */
export function TradeList({ run, report, quote, sort, onSort, onShow }: Props) {
  const { t } = useTranslation('lab')
  const phone = useIsPhone()
  const figure = useFigures()
  const number = useNumber()
  const reason = useReasonWord()
  const trades = useMemo(() => sorted(report.trades, sort), [report.trades, sort])
  const symbolOf = (trade: ReportTrade) => trade.symbol ?? run.symbols[0] ?? ''
  if (trades.length === 0) return <EmptyState text={t('noTrades')} />
  const head = (column: Column, text: string, align: 'left' | 'right', className = '') => (
    <Th
      align={align}
      className={className}
      sort={sort.column === column ? sort.direction : null}
      onSort={() => onSort(nextSort(sort, column))}
    >
      {text}
    </Th>
  )
  const show = (trade: ReportTrade) => (
    <IconButton
      label={t('showTrade')}
      icon={<ChartSpline size={14} strokeWidth={1.75} aria-hidden />}
      onClick={() => onShow(Math.floor(trade.entryTime / 1000), symbolOf(trade))}
    />
  )
  const row = (trade: ReportTrade) =>
    phone ? (
      <tr key={keyOf(trade)} data-trade={trade.entryTime} className="h-24 border-t border-line">
        <td className="w-full px-3 py-1 align-top">
          <div className="flex items-baseline justify-between gap-2 text-body">
            <span className="font-semibold">{symbolOf(trade)}</span>
            <span className={`font-semibold ${toneOf(trade.pnl)}`}>
              {figure(trade.pnl, 'signedMoney')} {quote} ({figure(trade.pnlPercent, 'signedPercent')})
            </span>
          </div>
          <p>
            {number(trade.entryPrice)} → {number(trade.exitPrice)} · {reason(trade.reason)}
          </p>
          <div className="flex items-center justify-between text-text-3">
            <span>
              <Time at={iso(trade.entryTime)} /> – <Time at={iso(trade.exitTime)} />
            </span>
            {show(trade)}
          </div>
        </td>
      </tr>
    ) : (
      <Tr key={keyOf(trade)} data-trade={trade.entryTime} className="h-8">
        <Td className="pl-4 text-text-2">
          <Time at={iso(trade.entryTime)} />
        </Td>
        <Td className="text-text-2">
          <Time at={iso(trade.exitTime)} />
        </Td>
        <Td>{symbolOf(trade)}</Td>
        <Td align="right">{number(trade.entryPrice)}</Td>
        <Td align="right">{number(trade.exitPrice)}</Td>
        <Td align="right" className="max-lg:hidden">
          {number(trade.quantity)}
        </Td>
        <Td align="right" className="max-lg:hidden">
          {figure(trade.fees, 'money')}
        </Td>
        <Td align="right" className={toneOf(trade.pnl)}>
          {figure(trade.pnl, 'signedMoney')}
        </Td>
        <Td align="right" className={toneOf(trade.pnl)}>
          {figure(trade.pnlPercent, 'signedPercent')}
        </Td>
        <Td>{reason(trade.reason)}</Td>
        <Td align="right" className="pr-4">
          {show(trade)}
        </Td>
      </Tr>
    )
  return (
    <>
      <VirtualTable
        label={t('tab_trades')}
        count={trades.length}
        height={phone ? 96 : 32}
        head={
          <tr>
            {head('entryTime', t('entry'), 'left', 'pl-4')}
            {head('exitTime', t('exit'), 'left')}
            <Th>{t('pair')}</Th>
            <Th align="right">{t('entryPrice')}</Th>
            <Th align="right">{t('exitPrice')}</Th>
            <Th align="right" className="max-lg:hidden">
              {t('quantity')}
            </Th>
            {head('fees', t('metric_fees'), 'right', 'max-lg:hidden')}
            {head('pnl', t('resultIn', { quote }), 'right')}
            {head('pnlPercent', '%', 'right')}
            <Th>{t('reason')}</Th>
            <Th className="pr-4">
              <span className="sr-only">{t('actions')}</span>
            </Th>
          </tr>
        }
        keyOf={(index) => {
          const trade = trades[index]
          return trade === undefined ? String(index) : keyOf(trade)
        }}
        row={(index) => {
          const trade = trades[index]
          return trade === undefined ? null : row(trade)
        }}
      />
      <p
        role="status"
        data-testid="trade-sum"
        className="shrink-0 border-t border-line px-4 py-1 text-table text-text-2 max-sm:px-3"
      >
        {t('tradesSum', { count: trades.length, sum: `${figure(sumOf(report.trades), 'signedMoney')} ${quote}` })}
      </p>
    </>
  )
}

const mostPrinted = 2_000

/** On paper there is nothing to scroll: every trade stands there. */
export function PrintedTrades({ report, run }: { report: Report; run: Run }) {
  const { t } = useTranslation('lab')
  const figure = useFigures()
  const number = useNumber()
  const reason = useReasonWord()
  const shown = report.trades.slice(0, mostPrinted)
  return (
    <section className="hidden px-4 pt-4 print:block">
      <h2 className="pb-2 text-em font-semibold">{t('tab_trades')}</h2>
      <Table label={t('tab_trades')}>
        <thead>
          <tr>
            <Th>{t('entry')}</Th>
            <Th>{t('exit')}</Th>
            <Th>{t('pair')}</Th>
            <Th align="right">{t('entryPrice')}</Th>
            <Th align="right">{t('exitPrice')}</Th>
            <Th align="right">{t('result')}</Th>
            <Th>{t('reason')}</Th>
          </tr>
        </thead>
        <tbody>
          {shown.map((trade) => (
            <Tr key={keyOf(trade)}>
              <Td>
                <Time at={iso(trade.entryTime)} />
              </Td>
              <Td>
                <Time at={iso(trade.exitTime)} />
              </Td>
              <Td>{trade.symbol ?? run.symbols[0]}</Td>
              <Td align="right">{number(trade.entryPrice)}</Td>
              <Td align="right">{number(trade.exitPrice)}</Td>
              <Td align="right">{figure(trade.pnl, 'signedMoney')}</Td>
              <Td>{reason(trade.reason)}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {report.trades.length > shown.length ? (
        <p>{t('restInCsv', { count: report.trades.length - shown.length })}</p>
      ) : null}
    </section>
  )
}
