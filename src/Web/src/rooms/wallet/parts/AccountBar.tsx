import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ListOrdered, Plus, RotateCcw, SlidersHorizontal } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accountsQuery } from '@/api/accounts'
import { chooseAccount } from '@/api/chosenAccount'
import { useProblemText } from '@/api/problem'
import type { Account } from '@/api/types'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { BareSelect } from '@/ui/Select'
import { notify } from '@/ui/toast'
import { openAccount } from '../api'
import { AccountSettings } from './AccountSettings'
import { ResetDialog } from './ResetDialog'

type Shown = 'new' | 'settings' | 'reset' | null
const icon = { size: 14, strokeWidth: 1.75, 'aria-hidden': true }

/** Which account the pages show and trade with, and what can be done with it. */
export function AccountBar({ account, accounts }: { account: Account; accounts: readonly Account[] }) {
  const { t } = useTranslation(['wallet', 'shell'])
  const [shown, setShown] = useState<Shown>(null)
  const close = () => setShown(null)
  return (
    <div className="flex flex-wrap items-center gap-1 border-b border-line px-4 py-2 max-sm:px-3">
      <BareSelect
        aria-label={t('account')}
        value={account.id}
        options={accounts.map((each) => ({ value: each.id, label: each.name }))}
        onChange={chooseAccount}
        className="mr-2 w-56 max-sm:mr-0 max-sm:w-full"
      />
      <Button variant="ghost" onClick={() => setShown('new')}>
        <Plus {...icon} />
        {t('newAccount')}
      </Button>
      <Button variant="ghost" onClick={() => setShown('settings')}>
        <SlidersHorizontal {...icon} />
        {t('settings')}
      </Button>
      <Button variant="ghost" onClick={() => setShown('reset')}>
        <RotateCcw {...icon} />
        {t('reset')}
      </Button>
      <Link to="/orders" className="inline-flex h-control items-center gap-2 px-3 text-text-2 sm:hidden">
        <ListOrdered {...icon} />
        {t('shell:orders')}
      </Link>
      {shown === 'new' ? <NewAccount onClose={close} /> : null}
      {shown === 'settings' ? <AccountSettings account={account} onClose={close} /> : null}
      {shown === 'reset' ? <ResetDialog account={account} onClose={close} /> : null}
    </div>
  )
}

function NewAccount({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['wallet', 'common'])
  const [name, setName] = useState('')
  const key = useRef(crypto.randomUUID())
  const client = useQueryClient()
  const problem = useProblemText()
  const open = useMutation({
    mutationFn: () => openAccount(name.trim(), key.current),
    onSuccess: async (account) => {
      await client.invalidateQueries({ queryKey: accountsQuery.queryKey, exact: true })
      chooseAccount(account.id)
      notify.done(t('accountOpened', { name: account.name }))
      onClose()
    },
    // A refusal is final for this key; another try is another wish.
    onError: () => {
      key.current = crypto.randomUUID()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    open.mutate()
  }
  return (
    <Dialog
      open
      onOpenChange={(on) => (on ? undefined : onClose())}
      title={t('newAccount')}
      description={t('newAccountText')}
    >
      <form onSubmit={submit} className="flex flex-col gap-3">
        <TextField
          label={t('accountName')}
          value={name}
          maxLength={80}
          autoFocus
          onChange={(event) => setName(event.target.value)}
          error={open.error ? problem(open.error) : null}
        />
        <Button type="submit" variant="primary" busy={open.isPending} className="self-end">
          {t('openAccount')}
        </Button>
      </form>
    </Dialog>
  )
}
