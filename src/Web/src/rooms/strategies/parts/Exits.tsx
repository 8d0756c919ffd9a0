import { useTranslation } from 'react-i18next'
import type { CheckAnswer, RuleError, StrategyDocument } from '@/api/strategies'
import { percentOf } from '../model/document'
import type { Edit } from '../useEditor'
import { AmountField } from './Amounts'
import { Sentences } from './Sentences'

const fields = ['takeProfit', 'stopLoss', 'trailingStop', 'maxBars', 'cooldownBars']

type Props = { document: StrategyDocument; edit: Edit; errors: readonly RuleError[]; answer: CheckAnswer | null }

/** What ends a position besides the exit rule. */
export function Exits({ document, edit, errors, answer }: Props) {
  const { t } = useTranslation('strategies')
  const wrong = (field: string) => errors.find((error) => error.field === field)
  const off = t('off')
  const percent = (field: 'takeProfit' | 'stopLoss' | 'trailingStop') => (
    <AmountField
      label={t(field)}
      hint={t(`${field}Hint`)}
      unit="%"
      placeholder={off}
      value={percentOf(document[field])}
      error={wrong(field)}
      onChange={(value) => edit({ ...document, [field]: value === null ? null : `${value}%` }, field)}
    />
  )
  const count = (field: 'maxBars' | 'cooldownBars') => (
    <AmountField
      label={t(field)}
      hint={t(`${field}Hint`)}
      whole
      placeholder={off}
      value={
        document[field] === null || document[field] === undefined || document[field] === 0
          ? null
          : String(document[field])
      }
      error={wrong(field)}
      onChange={(value) =>
        edit({ ...document, [field]: value === null ? (field === 'maxBars' ? null : 0) : Number(value) }, field)
      }
    />
  )
  return (
    <section aria-label={t('limits')} className="flex flex-col gap-2 border-b border-line px-4 py-3 max-sm:px-3">
      <h2 className="text-em font-semibold">{t('limits')}</h2>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-5">
        {percent('takeProfit')}
        {percent('stopLoss')}
        {percent('trailingStop')}
        {count('maxBars')}
        {count('cooldownBars')}
      </div>
      <Sentences answer={answer} fields={fields} />
    </section>
  )
}
