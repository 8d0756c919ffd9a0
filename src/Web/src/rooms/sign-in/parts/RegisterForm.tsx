import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf, useProblemText } from '@/api/problem'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { useRegister } from '../api'
import { checkRegister, type RegisterErrors } from '../model'
import { PasswordField } from './PasswordField'
import { StrengthMeter } from './StrengthMeter'
import { useFailedAt, useWait, WaitText } from './Wait'

const fields = ['name', 'email', 'password']

export function RegisterForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('auth')
  const [values, setValues] = useState({ name: '', email: '', password: '' })
  const [errors, setErrors] = useState<RegisterErrors>({})
  const [failedAt, markFailed] = useFailedAt()
  const register = useRegister()
  const text = useProblemText()
  const problem = register.error ? problemOf(register.error) : null
  const wait = useWait(problem?.retryAfterSeconds, failedAt)
  const change = (patch: Partial<typeof values>) => {
    setValues({ ...values, ...patch })
    setErrors({})
    if (problem?.field) register.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = checkRegister(values)
    setErrors(found)
    if (Object.keys(found).length > 0 || register.isPending || wait > 0) return
    const body = { ...values, name: values.name.trim(), email: values.email.trim() }
    register.mutate(body, { onSuccess: onDone, onError: markFailed })
  }
  const errorOf = (field: keyof RegisterErrors, own: string) =>
    errors[field] ? own : problem?.field === field ? text(register.error) : undefined
  const general = problem && !fields.includes(problem.field ?? '')
  return (
    <form className="flex flex-col gap-4" onSubmit={submit} noValidate>
      <TextField
        label={t('name')}
        name="name"
        autoComplete="name"
        maxLength={80}
        required
        value={values.name}
        error={errorOf('name', t('nameMissing'))}
        onChange={(event) => change({ name: event.target.value })}
      />
      <TextField
        label={t('email')}
        type="email"
        name="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        value={values.email}
        error={errorOf('email', t('emailWrong'))}
        onChange={(event) => change({ email: event.target.value })}
      />
      <div className="flex flex-col gap-2">
        <PasswordField
          label={t('password')}
          autoComplete="new-password"
          value={values.password}
          hint={t('passwordHint')}
          error={errorOf('password', t('passwordHint'))}
          onChange={(password) => change({ password })}
        />
        <StrengthMeter password={values.password} />
      </div>
      {general ? (
        <p role="alert" className="text-down">
          {wait > 0 ? <WaitText seconds={wait} /> : text(register.error)}
        </p>
      ) : null}
      <Button type="submit" variant="primary" busy={register.isPending} disabled={wait > 0}>
        {t('createAccount')}
      </Button>
    </form>
  )
}
