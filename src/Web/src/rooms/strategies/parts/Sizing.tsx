import { useTranslation } from 'react-i18next'
import type { CheckAnswer, RuleError, StrategyDocument } from '@/api/strategies'
import { TextField } from '@/ui/Field'
import { Select } from '@/ui/Select'
import { firstSize, percentOf, type SizeKind, sizeKindOf, sizeKinds } from '../model/document'
import type { Edit } from '../useEditor'
import { AmountField } from './Amounts'
import { Sentences } from './Sentences'

type Props = { document: StrategyDocument; edit: Edit; errors: readonly RuleError[]; answer: CheckAnswer | null }

/** How much each entry buys. */
export function Sizing({ document, edit, errors, answer }: Props) {
  const { t } = useTranslation('strategies')
  const size = document.size ?? '100%'
  const kind = sizeKindOf(size)
  const wrong = (field: string) => errors.find((error) => error.field === field || error.field === 'size')
  const set = (next: NonNullable<StrategyDocument['size']>, tag: string | null = null) =>
    edit({ ...document, size: next }, tag)
  return (
    <section aria-label={t('size')} className="flex flex-col gap-2 border-b border-line px-4 py-3 max-sm:px-3">
      <h2 className="text-em font-semibold">{t('size')}</h2>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Select
          label={t('sizeKind')}
          value={kind}
          options={sizeKinds.map((each) => ({ value: each, label: t(`size_${each}`) }))}
          onChange={(next: SizeKind) => set(firstSize[next])}
        />
        {typeof size === 'string' ? (
          <AmountField
            label={t('shareOfCash')}
            unit="%"
            value={percentOf(size)}
            error={wrong('size')}
            onChange={(value) => set(`${value ?? '0'}%`, 'size')}
          />
        ) : 'fixed' in size ? (
          <AmountField
            label={t('fixedAmount')}
            value={size.fixed}
            error={wrong('size.fixed')}
            onChange={(value) => set({ fixed: value ?? '0' }, 'size')}
          />
        ) : 'risk' in size ? (
          <>
            <AmountField
              label={t('riskShare')}
              unit="%"
              value={percentOf(size.risk)}
              error={wrong('size.risk')}
              onChange={(value) => set({ ...size, risk: `${value ?? '0'}%` }, 'size.risk')}
            />
            <TextField
              label={t('riskStop')}
              hint={t('riskStopHint')}
              inputClassName="font-mono"
              value={size.stop}
              error={wrong('size.stop')?.message}
              onChange={(event) => set({ ...size, stop: event.target.value }, 'size.stop')}
            />
          </>
        ) : (
          <>
            <AmountField
              label={t('kellyCap')}
              unit="%"
              value={percentOf(size.kelly)}
              error={wrong('size.kelly')}
              onChange={(value) => set({ ...size, kelly: `${value ?? '0'}%` }, 'size.kelly')}
            />
            <AmountField
              label={t('kellyTrades')}
              whole
              value={String(size.trades)}
              error={wrong('size.trades')}
              onChange={(value) => set({ ...size, trades: Number(value ?? '1') }, 'size.trades')}
            />
            <AmountField
              label={t('kellyStart')}
              unit="%"
              value={percentOf(size.start)}
              error={wrong('size.start')}
              onChange={(value) => set({ ...size, start: `${value ?? '0'}%` }, 'size.start')}
            />
          </>
        )}
      </div>
      <p className="text-table text-text-3">{t(`sizeWhy_${kind}`)}</p>
      <Sentences answer={answer} fields={['size']} />
    </section>
  )
}
