import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instrument } from '@/api/types'
import { tradesChannel } from '@/live/channels'
import { useChannel } from '@/live/useChannel'
import { Amount, PriceText } from '@/money/Amount'
import { Panel, Time } from '@/ui/bits'

const SHOWN = 40

type Props = { instrument: Instrument; className?: string }

export const Trades = memo(function Trades({ instrument, className }: Props) {
  const { t } = useTranslation('trade')
  const trades = useChannel(tradesChannel(instrument.symbol), 500).data
  return (
    <Panel label={t('trades')} title={t('trades')} {...(className === undefined ? {} : { className })}>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={t('tradesList')}
        className="min-h-0 grow overflow-y-auto focus-visible:-outline-offset-2"
      >
        <table aria-label={t('trades')} className="w-full table-fixed border-collapse text-table">
          <thead className="sr-only">
            <tr>
              <th scope="col">{t('price')}</th>
              <th scope="col">{t('amount')}</th>
              <th scope="col">{t('time')}</th>
            </tr>
          </thead>
          <tbody>
            {(trades ?? []).slice(0, SHOWN).map((trade) => (
              <tr key={trade.id} className="h-book-row leading-none">
                <td className={trade.side === 'buy' ? 'pl-3 text-up' : 'pl-3 text-down'}>
                  <span className="sr-only">{t(trade.side === 'buy' ? 'takerBuy' : 'takerSell')} </span>
                  <PriceText value={trade.price} tick={instrument.tickSize} />
                </td>
                <td className="text-right text-text-2">
                  <Amount value={trade.quantity} step={instrument.stepSize} isPublic />
                </td>
                <td className="pr-2 text-right text-text-3">
                  <Time at={trade.time} style="timeSeconds" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  )
})
