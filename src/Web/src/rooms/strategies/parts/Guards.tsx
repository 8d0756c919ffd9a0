import { useTranslation } from 'react-i18next'
import type { CheckAnswer, Protections, RuleError, StrategyDocument } from '@/api/strategies'
import { Switch } from '@/ui/Switch'
import { percentOf } from '../model/document'
import type { Edit } from '../useEditor'
import { AmountField } from './Amounts'
import { Sentences } from './Sentences'

const fields = ['protections.maxDrawdown', 'protections.dailyLoss', 'protections.stopGuard']

type Props = { document: StrategyDocument; edit: Edit; errors: readonly RuleError[]; answer: CheckAnswer | null }

/** Null where nothing is guarded, so that a document without protections stays without. */
function kept(protections: Protections): Protections | null {
  const some = Object.fromEntries(
    Object.entries(protections).filter(([, value]) => value !== null && value !== undefined),
  )
  return Object.keys(some).length === 0 ? null : some
}

/** What keeps it from entering while it goes badly. */
export function Guards({ document, edit, errors, answer }: Props) {
  const { t } = useTranslation('strategies')
  const now = document.protections ?? {}
  const wrong = (field: string) => errors.find((error) => error.field === `protections.${field}`)
  const set = (patch: Protections, tag: string | null = null) =>
    edit({ ...document, protections: kept({ ...now, ...patch }) }, tag)
  const guard = now.stopGuard ?? null
  const percent = (field: 'maxDrawdown' | 'dailyLoss') => (
    <AmountField
      label={t(field)}
      hint={t(`${field}Hint`)}
      unit="%"
      placeholder={t('off')}
      value={percentOf(now[field])}
      error={wrong(field)}
      onChange={(value) => set({ [field]: value === null ? null : `${value}%` }, `protections.${field}`)}
    />
  )
  const part = (field: 'stops' | 'bars' | 'pause') =>
    guard === null ? null : (
      <AmountField
        label={t(`guard_${field}`)}
        whole
        value={String(guard[field])}
        error={wrong(`stopGuard.${field}`)}
        onChange={(value) => set({ stopGuard: { ...guard, [field]: Number(value ?? '1') } }, `protections.${field}`)}
      />
    )
  return (
    <section aria-label={t('protections')} className="flex flex-col gap-3 border-b border-line px-4 py-3 max-sm:px-3">
      <h2 className="text-em font-semibold">{t('protections')}</h2>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-5">
        {percent('maxDrawdown')}
        {percent('dailyLoss')}
        {part('stops')}
        {part('bars')}
        {part('pause')}
      </div>
      <Switch
        label={t('stopGuard')}
        hint={t('stopGuardHint')}
        checked={guard !== null}
        onChange={(on) => set({ stopGuard: on ? { stops: 3, bars: 48, pause: 24 } : null })}
      />
      <Sentences answer={answer} fields={fields} />
    </section>
  )
}
