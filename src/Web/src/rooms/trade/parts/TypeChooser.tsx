import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { BareSelect } from '@/ui/Select'
import type { Form, FormEvent, OrderType } from '../model'

const quick: readonly OrderType[] = ['limit', 'market']
const longer = ['stopLoss', 'takeProfit', 'trailing', 'oco', 'bracket'] as const

/** The two quick types as tabs, the others in the platform's own list: it fits every width and works by keyboard. */
export function TypeChooser({ form, send }: { form: Form; send: (event: FormEvent) => void }) {
  const { t } = useTranslation('trade')
  const chosen = longer.find((kind) => kind === form.advanced) ?? ''
  const tab = (on: boolean) =>
    clsx(
      '-mb-px h-8 border-b-2 px-0.5 max-sm:h-11 max-sm:px-2',
      on ? 'border-text-1 font-semibold' : 'border-transparent text-text-2 hover:text-text-1',
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: toggles and a list, no fieldset
    <div role="group" aria-label={t('orderType')} className="flex flex-wrap gap-x-3 border-b border-line">
      {quick.map((type) => (
        <button
          key={type}
          type="button"
          aria-pressed={chosen === '' && (form.advanced ?? form.type) === type}
          onClick={() => send({ kind: 'type', type })}
          className={tab(chosen === '' && (form.advanced ?? form.type) === type)}
        >
          {t(type)}
        </button>
      ))}
      <BareSelect
        quiet
        aria-label={t('moreTypes')}
        value={chosen}
        options={[
          ...(chosen === '' ? [{ value: '' as const, label: t('moreTypes') }] : []),
          ...longer.map((kind) => ({ value: kind, label: t(`kind_${kind}`) })),
        ]}
        onChange={(kind) => {
          if (kind !== '') send({ kind: 'advanced', advanced: kind })
        }}
        style={{ height: '100%', fontSize: 'inherit' }}
        className={clsx('shrink-0 grow', tab(chosen !== ''))}
      />
    </div>
  )
}
