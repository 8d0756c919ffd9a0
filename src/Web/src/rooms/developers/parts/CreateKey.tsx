import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf, useProblemText } from '@/api/problem'
import type { Account } from '@/api/types'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Field, TextField } from '@/ui/Field'
import { Segmented } from '@/ui/Segmented'
import { Select } from '@/ui/Select'
import { createKey, keysQuery, type NewKey } from '../api'
import { type Draft, lifetimes, requestOf } from '../model'
import { ShowKey } from './ShowKey'

const makePair = 'openssl genpkey -algorithm ed25519 -out lastro.pem\nopenssl pkey -in lastro.pem -pubout'
const named = ['label', 'allowedIps', 'publicKey', 'kind', 'apiKeys'] as const
const area =
  'w-full min-w-0 rounded-md border border-line-strong bg-field px-2 py-1 font-mono text-table text-text-1 aria-invalid:border-down max-sm:text-[1rem]'

type Props = { accounts: readonly Account[]; account: string; onClose: () => void }

/** What the key shall be; then, in the same place and once, the key itself. */
export function CreateKey({ accounts, account, onClose }: Props) {
  const { t } = useTranslation('developers')
  const [made, setMade] = useState<NewKey | null>(null)
  const [kept, setKept] = useState(false)
  const [warned, setWarned] = useState(false)
  const leave = () => {
    if (made === null || made.secret === null || kept || warned) onClose()
    else setWarned(true)
  }
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => (open ? undefined : leave())}
      title={made === null ? t('create') : t('made')}
      description={made === null ? undefined : made.secret === null ? t('onlyKey') : t('onlyNow')}
    >
      {made === null ? (
        <KeyForm accounts={accounts} account={account} onMade={setMade} />
      ) : (
        <ShowKey made={made} warned={warned && !kept} onKept={() => setKept(true)} onDone={leave} />
      )}
    </Dialog>
  )
}

function KeyForm({ accounts, account, onMade }: Omit<Props, 'onClose'> & { onMade: (key: NewKey) => void }) {
  const { t } = useTranslation('developers')
  const text = useProblemText()
  const client = useQueryClient()
  const [draft, setDraft] = useState<Draft>({
    label: '',
    accountId: account,
    rights: 'both',
    addresses: '',
    lifetime: 'never',
    kind: 'hmac',
    publicKey: '',
  })
  const set = (patch: Partial<Draft>) => setDraft({ ...draft, ...patch })
  const create = useMutation({
    mutationFn: () => createKey(requestOf(draft, Date.now())),
    onSuccess: (key) => {
      onMade(key)
      return client.invalidateQueries({ queryKey: keysQuery.queryKey, exact: true })
    },
  })
  const problem = create.error ? problemOf(create.error) : null
  const field = named.find((each) => each === problem?.field)
  const wrong = (which: (typeof named)[number]) =>
    field === which ? t(`wrong_${which}`, { value: problem?.value ?? '', limit: problem?.limit ?? '' }) : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!create.isPending) create.mutate()
  }
  const elsewhere = problem === null ? null : (wrong('apiKeys') ?? (field === undefined ? text(create.error) : null))
  return (
    <form className="flex flex-col gap-4" onSubmit={submit} noValidate>
      <TextField
        label={t('label')}
        hint={t('labelHint')}
        value={draft.label}
        maxLength={80}
        autoFocus
        autoComplete="off"
        error={wrong('label')}
        onChange={(event) => set({ label: event.target.value })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={t('account')}
          hint={t('accountHint')}
          value={draft.accountId}
          options={accounts.map((each) => ({ value: each.id, label: each.name }))}
          onChange={(accountId) => set({ accountId })}
        />
        <Select
          label={t('expires')}
          value={draft.lifetime}
          options={lifetimes.map((each) => ({ value: each, label: t(`lifetime_${each}`) }))}
          onChange={(lifetime) => set({ lifetime })}
        />
      </div>
      <Choice label={t('rights')}>
        <Segmented
          label={t('rights')}
          value={draft.rights}
          options={(['both', 'read', 'trade'] as const).map((each) => ({ value: each, label: t(`rights_${each}`) }))}
          onChange={(rights) => set({ rights })}
        />
      </Choice>
      <Field label={t('addresses')} hint={t('addressesHint')} error={wrong('allowedIps')}>
        {(parts) => (
          <textarea
            {...parts}
            rows={2}
            spellCheck={false}
            className={area}
            value={draft.addresses}
            onChange={(event) => set({ addresses: event.target.value })}
          />
        )}
      </Field>
      <Choice label={t('kind')} hint={t(`kindWhy_${draft.kind}`)} error={wrong('kind')}>
        <Segmented
          label={t('kind')}
          value={draft.kind}
          options={(['hmac', 'ed25519'] as const).map((each) => ({ value: each, label: t(`kind_${each}`) }))}
          onChange={(kind) => set({ kind })}
        />
      </Choice>
      {draft.kind === 'ed25519' ? (
        <>
          <Field label={t('publicKey')} hint={t('publicKeyHint')} error={wrong('publicKey')}>
            {(parts) => (
              <textarea
                {...parts}
                rows={3}
                spellCheck={false}
                className={area}
                value={draft.publicKey}
                onChange={(event) => set({ publicKey: event.target.value })}
              />
            )}
          </Field>
          <pre className="-mt-2 rounded-md bg-field p-2 font-mono text-table break-words whitespace-pre-wrap text-text-2 select-all">
            {makePair}
          </pre>
        </>
      ) : null}
      {elsewhere === null ? null : (
        <p role="alert" className="text-down">
          {elsewhere}
        </p>
      )}
      <Button type="submit" variant="primary" busy={create.isPending} className="self-end">
        {t('create')}
      </Button>
    </form>
  )
}

/** A group of buttons with its words above and below, as a field has them. */
function Choice(props: { label: string; hint?: string; error?: string | undefined; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <span aria-hidden className="text-table text-text-2">
        {props.label}
      </span>
      {props.children}
      {props.hint ? <p className="text-label text-text-3">{props.hint}</p> : null}
      {props.error ? (
        <p role="alert" className="text-table text-down">
          {props.error}
        </p>
      ) : null}
    </div>
  )
}
