import { useTranslation } from 'react-i18next'
import type { Report } from '@/api/backtests'
import { Tip } from '@/ui/Tooltip'
import { cards, details, type Shape } from '../model/report'
import { toneOf, useFigures } from '../words'

/** The figures of a report, each with its formula behind its name. */
export function Cards({ report, quote }: { report: Report; quote: string }) {
  const { t } = useTranslation('lab')
  const figure = useFigures()
  const one = ([name, shape]: readonly [string, Shape], large: boolean) => {
    const value = report.metrics[name]
    const money = shape === 'money' || shape === 'signedMoney'
    const unit = money && quote !== '' ? `\u00a0${quote}` : ''
    return (
      <div key={name} data-metric={name} className="min-w-0">
        <dt className="text-table text-text-3">
          <Tip text={t(`formula_${name}`)}>
            <button type="button" className="cursor-help text-left underline decoration-dotted underline-offset-4">
              {t(`metric_${name}`)}
              {unit}
            </button>
          </Tip>
        </dt>
        <dd
          className={`${large ? 'text-price font-semibold' : 'text-em'} ${shape.startsWith('signed') ? toneOf(value) : ''}`}
        >
          {figure(value, shape)}
        </dd>
      </div>
    )
  }
  return (
    <section aria-label={t('figures')} className="flex flex-col gap-3 border-b border-line px-4 py-3 max-sm:px-3">
      <dl className="grid grid-cols-3 gap-x-4 gap-y-3 sm:grid-cols-5 xl:grid-cols-10">
        {cards.map((card) => one(card, true))}
      </dl>
      <dl className="grid grid-cols-3 gap-x-4 gap-y-2 border-t border-line pt-3 sm:grid-cols-5 xl:grid-cols-10">
        {details.map((detail) => one(detail, false))}
      </dl>
    </section>
  )
}
