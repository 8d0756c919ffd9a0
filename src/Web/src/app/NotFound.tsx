import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { useTitle } from '@/ui/useTitle'

export function NotFound() {
  const { t } = useTranslation(['shell', 'common'])
  const go = useNavigate()
  const [wanted, setWanted] = useState('')
  useTitle(t('notFoundTitle'))
  return (
    <div className="mx-auto flex w-full max-w-md flex-col gap-4 p-6">
      <p className="text-total font-semibold text-text-3">404</p>
      <h1 className="text-price font-semibold">{t('notFoundTitle')}</h1>
      <p className="text-text-2">{t('notFoundText')}</p>
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          void go({ to: '/markets', search: { tab: 'all', q: wanted } })
        }}
      >
        <TextField
          className="grow"
          type="search"
          label={t('notFoundSearch')}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <Button type="submit" variant="primary">
          {t('common:search')}
        </Button>
      </form>
      <Link to="/markets" search={{}} className="underline">
        {t('toMarkets')}
      </Link>
    </div>
  )
}
