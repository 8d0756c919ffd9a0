import { useTranslation } from 'react-i18next'
import type { StrategyDocument } from '@/api/strategies'
import { formatDecimal } from '@/money/format'
import { toInput } from '@/money/parse'
import { TextField } from '@/ui/Field'
import { useLocale } from '@/ui/prefs'
import { Select } from '@/ui/Select'
import { Switch } from '@/ui/Switch'
import { combinationsOf, type Draft, mostCombinations, type RangeDraft } from '../model/form'
import { rankings } from '../model/heat'

type Props = {
  draft: Draft
  document: StrategyDocument | null
  tried: boolean
  onChange: (patch: Partial<Draft>) => void
}

/** A first range around an input's value: half of it to one and a half. */
function around(value: number, locale: string): RangeDraft {
  const whole = Number.isInteger(value) && Math.abs(value) >= 2
  const step = whole
    ? Math.max(1, Math.round(Math.abs(value) / 10))
    : Number((Math.abs(value) / 10 || 1).toPrecision(2))
  const from = value - 5 * step
  const written = (each: number) => toInput(String(Number(each.toPrecision(10))), locale)
  return { on: true, from: written(Math.max(whole ? 1 : 0, from)), to: written(value + 5 * step), step: written(step) }
}

/** Which inputs get other values, and which. */
export function Ranges({ draft, document, tried, onChange }: Props) {
  const { t } = useTranslation('lab')
  const locale = useLocale()
  const inputs = Object.entries(document?.inputs ?? {})
  const count = combinationsOf(draft, locale)
  const put = (name: string, range: RangeDraft) => onChange({ ranges: { ...draft.ranges, [name]: range } })
  const tooMany = count !== null && count > mostCombinations
  return (
    <section aria-label={t('ranges')} className="flex flex-col gap-2 border-t border-line pt-3">
      <h2 className="font-semibold">{t('ranges')}</h2>
      {inputs.length === 0 ? <p className="text-table text-text-3">{t('noInputs')}</p> : null}
      {inputs.map(([name, value]) => {
        const range = draft.ranges[name] ?? { ...around(value, locale), on: false }
        return (
          <div key={name} data-range={name} className="flex flex-col gap-1">
            <Switch
              label={
                <>
                  <code className="font-mono">{name}</code> <span className="text-text-3">= {value}</span>
                </>
              }
              checked={range.on}
              onChange={(on) => put(name, { ...range, on })}
            />
            {range.on ? (
              <div className="grid grid-cols-3 gap-2">
                {(['from', 'to', 'step'] as const).map((part) => (
                  <TextField
                    key={part}
                    label={t(`range_${part}`)}
                    aria-label={t('rangeOf', { part: t(`range_${part}`), name })}
                    inputMode="decimal"
                    value={range[part]}
                    onChange={(event) => put(name, { ...range, [part]: event.target.value })}
                  />
                ))}
              </div>
            ) : null}
          </div>
        )
      })}
      <p data-testid="combinations" className={tooMany ? 'text-table text-down' : 'text-table text-text-2'}>
        {count === null
          ? tried
            ? t('fault_needRange')
            : t('chooseRanges')
          : tooMany
            ? t('tooManyCombinations', {
                count: mostCombinations,
                n: formatDecimal(String(count), { locale }),
                most: formatDecimal(String(mostCombinations), { locale }),
              })
            : t('combinations', { count, n: formatDecimal(String(count), { locale }) })}
      </p>
      <Select
        label={t('rankBy')}
        value={draft.rank}
        options={rankings.map((each) => ({ value: each as string, label: t(`metric_${each}`) }))}
        onChange={(rank) => onChange({ rank })}
      />
    </section>
  )
}
