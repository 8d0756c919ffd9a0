import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf, useProblemText } from '@/api/problem'
import type { Account } from '@/api/types'
import { parseDecimal } from '@/money/parse'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { useLocale } from '@/ui/prefs'
import { notify, useNotifyProblem } from '@/ui/toast'
import { resetAccount } from '../api'

const word = 'RESET'
const usual = '50000'

/** Ends the season: the word must be typed, the new season's money can be chosen. */
export function ResetDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation('wallet')
  const locale = useLocale()
  const [typed, setTyped] = useState('')
  const [amount, setAmount] = useState(usual)
  const [fault, setFault] = useState<'word' | 'amount' | null>(null)
  const key = useRef(crypto.randomUUID())
  const client = useQueryClient()
  const failed = useNotifyProblem()
  const problem = useProblemText()
  const reset = useMutation({
    mutationFn: (wanted: string) => resetAccount(account.id, wanted, key.current),
    onSuccess: (done) => {
      for (const each of ['accounts', 'orders', 'fills']) void client.invalidateQueries({ queryKey: [each] })
      notify.done(t('resetDone', { season: done.account.season, count: done.canceledOrders }))
      onClose()
    },
    onError: (error) => {
      const { field, status } = problemOf(error)
      // Without an answer the same key asks for the same reset again; a refusal is final.
      if (status !== 0) key.current = crypto.randomUUID()
      if (field !== 'amount') failed(error)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const parsed = parseDecimal(amount, locale)
    const wrong = typed.trim() !== word ? 'word' : parsed.ok ? null : 'amount'
    setFault(wrong)
    if (wrong === null && parsed.ok) reset.mutate(parsed.value)
  }
  const wrongAmount =
    fault === 'amount' ? t('notANumber') : problemOf(reset.error).field === 'amount' ? problem(reset.error) : null
  return (
    <Dialog
      open
      stripe
      onOpenChange={(on) => (on ? undefined : onClose())}
      title={t('resetTitle', { name: account.name })}
      description={t('resetText')}
    >
      <form onSubmit={submit} className="flex flex-col gap-3" noValidate>
        <TextField
          label={t('resetAmount')}
          unit="USDT"
          inputMode="decimal"
          hint={t('resetAmountHint')}
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
          error={wrongAmount}
        />
        <TextField
          label={t('resetWord', { word })}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          error={fault === 'word' ? t('resetWordWrong', { word }) : null}
        />
        <Button type="submit" variant="danger" busy={reset.isPending} className="self-end">
          {t('resetConfirm')}
        </Button>
      </form>
    </Dialog>
  )
}
