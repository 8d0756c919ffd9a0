import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accountsQuery } from '@/api/accounts'
import { problemOf, useProblemText } from '@/api/problem'
import type { Account, FillModel } from '@/api/types'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { notify, useNotifyProblem } from '@/ui/toast'
import { changeAccount } from '../api'
import { type AccountChange, mostLatency, mostSlippage, readSettings, type SettingsFault } from '../model'

const models: readonly FillModel[] = ['default', 'touch', 'through', 'queue', 'book']

/** The account's name and how its orders meet the market. */
export function AccountSettings({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation(['wallet', 'common'])
  const [draft, setDraft] = useState({
    name: account.name,
    fillModel: account.fillModel,
    latency: String(account.latencyMs),
    slippage: account.slippageBps === null ? '' : String(account.slippageBps),
  })
  const [fault, setFault] = useState<SettingsFault | null>(null)
  const group = useId()
  const client = useQueryClient()
  const failed = useNotifyProblem()
  const problem = useProblemText()
  const save = useMutation({
    mutationFn: (change: AccountChange) => changeAccount(account.id, change),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: accountsQuery.queryKey, exact: true })
      notify.done(t('common:saved'))
      onClose()
    },
    onError: (error) => {
      if (problemOf(error).field === undefined) failed(error)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = readSettings(draft)
    setFault(read.fault)
    if (read.fault === null) save.mutate(read.change)
  }
  const wrong = (field: SettingsFault) =>
    fault === field
      ? t(`wrong_${field}`, { latency: mostLatency, slippage: mostSlippage })
      : problemOf(save.error).field === field
        ? problem(save.error)
        : null
  return (
    <Dialog
      open
      wide
      onOpenChange={(on) => (on ? undefined : onClose())}
      title={t('settingsOf', { name: account.name })}
    >
      <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <TextField
          label={t('accountName')}
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          error={wrong('name')}
        />
        <fieldset className="flex flex-col gap-2">
          <legend className="pb-1 text-table text-text-2">{t('fillModel')}</legend>
          {models.map((model) => (
            <div key={model} className="flex items-start gap-2">
              <input
                type="radio"
                id={`${group}-${model}`}
                name={group}
                checked={draft.fillModel === model}
                onChange={() => setDraft({ ...draft, fillModel: model })}
                aria-describedby={`${group}-${model}-why`}
                className="mt-0.5 size-4 shrink-0 accent-(--text-1) max-sm:size-5"
              />
              <div>
                <label htmlFor={`${group}-${model}`} className="font-semibold">
                  {t(`model_${model}`)}
                </label>
                <p id={`${group}-${model}-why`} className="text-table text-text-2">
                  {t(`modelWhy_${model}`)}
                </p>
              </div>
            </div>
          ))}
        </fieldset>
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label={t('latency')}
            unit="ms"
            inputMode="numeric"
            hint={t('latencyWhy', { most: mostLatency })}
            value={draft.latency}
            onChange={(event) => setDraft({ ...draft, latency: event.target.value })}
            error={wrong('latencyMs')}
          />
          <TextField
            label={t('slippage')}
            unit="bps"
            inputMode="numeric"
            hint={t('slippageWhy', { most: mostSlippage })}
            value={draft.slippage}
            onChange={(event) => setDraft({ ...draft, slippage: event.target.value })}
            error={wrong('slippageBps')}
          />
        </div>
        <Button type="submit" variant="primary" busy={save.isPending} className="self-end">
          {t('common:save')}
        </Button>
      </form>
    </Dialog>
  )
}
