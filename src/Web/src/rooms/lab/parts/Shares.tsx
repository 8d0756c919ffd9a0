import { useTranslation } from 'react-i18next'
import type { Report, Run } from '@/api/backtests'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { type Share, sharesBy } from '../model/report'
import { toneOf, useFigures } from '../words'

type Props = { run: Run; report: Report; quote: string }

/** Where the result came from: by pair, and by what ended the trades. */
export function Shares({ run, report, quote }: Props) {
  const { t, i18n } = useTranslation('lab')
  const only = run.symbols[0] ?? ''
  const reason = (key: string) => (i18n.exists(`lab:reason_${key}`) ? t(`reason_${key}`) : key)
  return (
    <div className="grid gap-x-8 xl:col-span-2 xl:grid-cols-2">
      <List
        title={t('byPair')}
        head={t('pair')}
        shares={sharesBy(report.trades, (trade) => trade.symbol ?? only)}
        name={(key) => key}
        quote={quote}
      />
      <List
        title={t('byReason')}
        head={t('reason')}
        shares={sharesBy(report.trades, (trade) => trade.reason)}
        name={reason}
        quote={quote}
      />
    </div>
  )
}

type ListProps = { title: string; head: string; shares: readonly Share[]; name: (key: string) => string; quote: string }

function List({ title, head, shares, name, quote }: ListProps) {
  const { t } = useTranslation('lab')
  const figure = useFigures()
  return (
    <section aria-label={title} className="min-w-0 py-3">
      <h2 className="pb-1 text-em font-semibold">{title}</h2>
      {shares.length === 0 ? (
        <p className="text-text-3">{t('noTrades')}</p>
      ) : (
        <Table label={title}>
          <thead>
            <tr>
              <Th className="pl-0">{head}</Th>
              <Th align="right">{t('metric_trades')}</Th>
              <Th align="right">{t('metric_winRate')}</Th>
              <Th align="right" className="max-sm:hidden">
                {t('metric_fees')}
              </Th>
              <Th align="right" className="pr-0">
                {t('resultIn', { quote })}
              </Th>
            </tr>
          </thead>
          <tbody>
            {shares.map((share) => (
              <Tr key={share.key} data-share={share.key}>
                <Td className="pl-0">{name(share.key)}</Td>
                <Td align="right">{figure(share.trades, 'count')}</Td>
                <Td align="right">{figure(share.won / share.trades, 'percent')}</Td>
                <Td align="right" className="max-sm:hidden">
                  {figure(share.fees, 'money')}
                </Td>
                <Td align="right" className={`pr-0 ${toneOf(share.pnl)}`}>
                  {figure(share.pnl, 'signedMoney')}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  )
}
