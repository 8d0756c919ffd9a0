import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf, useProblemText } from '@/api/problem'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { useLogin } from '../api'
import { PasswordField } from './PasswordField'
import { useFailedAt, useWait, WaitText } from './Wait'

/** E-mail and password; one neutral refusal; the wait is counted down. The e-mail stays after a refusal. */
export function LoginForm({ email: known = '', onDone }: { email?: string; onDone: () => void }) {
  const { t } = useTranslation(['auth', 'common'])
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const [failedAt, markFailed] = useFailedAt()
  const login = useLogin()
  const text = useProblemText()
  const problem = login.error ? problemOf(login.error) : null
  const wait = useWait(problem?.retryAfterSeconds, failedAt)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (login.isPending || wait > 0) return
    login.mutate({ email: email.trim(), password }, { onSuccess: onDone, onError: markFailed })
  }
  return (
    <form className="flex flex-col gap-4" onSubmit={submit} noValidate>
      <TextField
        label={t('email')}
        type="email"
        name="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordField label={t('password')} autoComplete="current-password" value={password} onChange={setPassword} />
      {problem && !(problem.code === 'rate_limited' && wait === 0) ? (
        <p role="alert" className="text-down">
          {wait > 0 ? <WaitText seconds={wait} /> : text(login.error)}
        </p>
      ) : null}
      <Button type="submit" variant="primary" busy={login.isPending} disabled={wait > 0}>
        {t('common:signIn')}
      </Button>
    </form>
  )
}
