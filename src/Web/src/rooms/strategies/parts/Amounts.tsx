import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RuleError } from '@/api/strategies'
import { TextField } from '@/ui/Field'

type Props = {
  label: string
  value: string | null
  unit?: string
  hint?: string
  placeholder?: string
  whole?: boolean
  error?: RuleError | undefined
  onChange: (value: string | null) => void
}

const shape = (whole: boolean) => (whole ? /^\d+$/ : /^\d+(\.\d+)?$/)

/** A plain number of a document, empty for none. Comma or point; what is neither stays in the box. */
export function AmountField({ label, value, unit, hint, placeholder, whole = false, error, onChange }: Props) {
  const { t } = useTranslation('strategies')
  const [typed, setTyped] = useState<{ text: string; for: string | null } | null>(null)
  const text = typed !== null && typed.for === value ? typed.text : (value ?? '')
  const plain = text.trim().replace(',', '.')
  const fits = plain === '' || shape(whole).test(plain)
  return (
    <TextField
      label={label}
      value={text}
      inputMode={whole ? 'numeric' : 'decimal'}
      autoComplete="off"
      placeholder={placeholder}
      hint={hint}
      error={error?.message ?? (fits ? null : t(whole ? 'needWhole' : 'needNumber'))}
      {...(unit === undefined ? {} : { unit })}
      onChange={(event) => {
        const next = event.target.value
        const now = next.trim().replace(',', '.')
        if (now === '') {
          setTyped({ text: next, for: null })
          onChange(null)
        } else if (shape(whole).test(now)) {
          setTyped({ text: next, for: now })
          onChange(now)
        } else setTyped({ text: next, for: value })
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
