import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf, useProblemText } from '@/api/problem'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { useChangePassword } from '../api'
import { Section } from './Section'

export function PasswordForm() {
  const { t } = useTranslation('settings')
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useChangePassword()
  const text = useProblemText()
  const problem = change.error ? problemOf(change.error) : null
  const wrongCurrent = problem?.code === 'unauthenticated' || problem?.field === 'currentPassword'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (change.isPending) return
    change.mutate(
      { currentPassword: current, newPassword: next },
      {
        onSuccess: () => {
          setCurrent('')
          setNext('')
        },
      },
    )
  }
  return (
    <Section id="password" title={t('password')} hint={t('passwordHint')}>
      <form className="flex flex-col items-start gap-4" onSubmit={submit} noValidate>
        <TextField
          className="w-full"
          label={t('currentPassword')}
          type="password"
          name="password"
          autoComplete="current-password"
          value={current}
          error={wrongCurrent ? t('currentWrong') : undefined}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <TextField
          className="w-full"
          label={t('newPassword')}
          type="password"
          name="new-password"
          autoComplete="new-password"
          hint={t('newPasswordHint')}
          value={next}
          error={problem?.field === 'newPassword' ? text(change.error) : undefined}
          onChange={(event) => setNext(event.target.value)}
        />
        <div className="flex items-center gap-3">
          <Button type="submit" variant="primary" busy={change.isPending}>
            {t('changePassword')}
          </Button>
          <p role="status">{change.isSuccess ? t('passwordChanged') : ''}</p>
        </div>
        {problem && !wrongCurrent && problem.field !== 'newPassword' ? (
          <p role="alert" className="text-down">
            {text(change.error)}
          </p>
        ) : null}
      </form>
    </Section>
  )
}
