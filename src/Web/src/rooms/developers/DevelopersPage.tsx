import { Link } from '@tanstack/react-router'
import { ChevronLeft, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChosenAccount } from '@/api/chosenAccount'
import { Button } from '@/ui/Button'
import { useTitle } from '@/ui/useTitle'
import { CreateKey } from './parts/CreateKey'
import { KeyTable } from './parts/KeyTable'
import { PaperExchange } from './parts/PaperExchange'
import { RateUse } from './parts/RateUse'

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true }

/** Lets programs in: keys, where to point them, and how much they ask. */
export function DevelopersPage() {
  const { t } = useTranslation('developers')
  const { account, accounts } = useChosenAccount()
  const [creating, setCreating] = useState(false)
  useTitle(t('title'))
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-8 p-6 max-sm:p-3">
      <header>
        <Link to="/settings" className="inline-flex items-center gap-1 text-text-2 hover:text-text-1 max-sm:h-11">
          <ChevronLeft {...icon} />
          {t('toSettings')}
        </Link>
        <div className="mt-1 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="max-w-2xl">
            <h1 className="text-price font-semibold">{t('title')}</h1>
            <p className="mt-1 text-text-2">{t('lead')}</p>
          </div>
          <Button
            variant="primary"
            className="max-sm:w-full"
            disabled={account === null}
            onClick={() => setCreating(true)}
          >
            <Plus {...icon} />
            {t('create')}
          </Button>
        </div>
      </header>
      <KeyTable accounts={accounts} />
      <PaperExchange />
      <RateUse />
      {creating && account !== null ? (
        <CreateKey
          accounts={accounts.filter(({ kind }) => kind === 'paper')}
          account={account.id}
          onClose={() => setCreating(false)}
        />
      ) : null}
    </div>
  )
}
