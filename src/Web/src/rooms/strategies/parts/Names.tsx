import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RuleError, StrategyDocument } from '@/api/strategies'
import { Button, IconButton } from '@/ui/Button'
import { controlClass } from '@/ui/Field'
import { freeName, nameFault, renamed, without } from '../model/document'
import type { Edit } from '../useEditor'
import { NumberBox } from './NumberBox'

const icon = { size: 14, strokeWidth: 1.75, 'aria-hidden': true }
const isSigned = (text: string) => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)

type Props = { document: StrategyDocument; edit: Edit; errors: readonly RuleError[] }

/** Numbers with a name: what a sweep later tries other values of. */
export function Inputs({ document, edit, errors }: Props) {
  const { t } = useTranslation('strategies')
  const inputs = document.inputs ?? {}
  const set = (next: Record<string, number>, tag: string | null = null) => edit({ ...document, inputs: next }, tag)
  return (
    <section aria-label={t('inputs')} className="flex flex-col gap-2 border-b border-line px-4 py-3 max-sm:px-3">
      <div className="flex min-h-8 items-center justify-between gap-2">
        <h2 className="text-em font-semibold">{t('inputs')}</h2>
        <Button small variant="ghost" onClick={() => set({ ...inputs, [freeName(document, 'input')]: 10 })}>
          <Plus {...icon} />
          {t('addInput')}
        </Button>
      </div>
      {Object.keys(inputs).length === 0 ? <p className="text-table text-text-3">{t('noInputs')}</p> : null}
      <ul className="flex flex-wrap gap-x-6 gap-y-2">
        {Object.entries(inputs).map(([name, value]) => {
          const wrong = errors.find((error) => error.field === `inputs.${name}`)
          return (
            <li key={name} className="flex items-center gap-1">
              <NameBox
                label={t('inputName', { name })}
                name={name}
                fault={(typed) => nameFault(document, typed, name)}
                onChange={(next) => set(renamed(inputs, name, next))}
              />
              <span aria-hidden className="text-text-3">
                =
              </span>
              <NumberBox
                label={t('inputValue', { name })}
                value={String(value)}
                accepts={isSigned}
                invalid={wrong !== undefined}
                hint={wrong?.message}
                onChange={(text) => set({ ...inputs, [name]: Number(text) }, `inputs.${name}`)}
              />
              <IconButton
                label={t('removeInput', { name })}
                icon={<Trash2 {...icon} />}
                onClick={() => set(without(inputs, name))}
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

type NameBoxProps = {
  label: string
  name: string
  fault: (typed: string) => string | null
  onChange: (name: string) => void
}

/** A name is taken over when it can be one; rules that use the old one then say so. */
export function NameBox({ label, name, fault, onChange }: NameBoxProps) {
  const { t } = useTranslation('strategies')
  const [typed, setTyped] = useState(name)
  const wrong = fault(typed)
  return (
    <span className="inline-flex flex-col">
      <input
        aria-label={label}
        aria-invalid={wrong !== null || undefined}
        title={wrong === null ? undefined : t(`name_${wrong}`)}
        value={typed}
        spellCheck={false}
        autoCapitalize="none"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          if (wrong !== null) setTyped(name)
          else if (typed !== name) onChange(typed)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
        }}
        style={{ width: `${Math.max(6, typed.length + 3)}ch` }}
        className={`${controlClass} font-mono`}
      />
    </span>
  )
}
