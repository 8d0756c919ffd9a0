import { Eye, EyeOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '@/ui/Field'

type PasswordFieldProps = {
  label: string
  value: string
  onChange: (value: string) => void
  autoComplete: 'current-password' | 'new-password'
  error?: ReactNode
  hint?: ReactNode
}

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true }

export function PasswordField({ onChange, ...rest }: PasswordFieldProps) {
  const { t } = useTranslation('auth')
  const [shown, setShown] = useState(false)
  return (
    <TextField
      {...rest}
      name={rest.autoComplete === 'new-password' ? 'new-password' : 'password'}
      type={shown ? 'text' : 'password'}
      onChange={(event) => onChange(event.target.value)}
      spellCheck={false}
      autoCapitalize="none"
      required
      unit={
        <button
          type="button"
          aria-label={shown ? t('hidePassword') : t('showPassword')}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="grid size-7 place-items-center rounded-md text-text-2 hover:bg-bg2 max-sm:size-10"
        >
          {shown ? <EyeOff {...icon} /> : <Eye {...icon} />}
        </button>
      }
    />
  )
}
