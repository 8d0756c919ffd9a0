import { BookOpen } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '@/ui/Select'
import { type Client, clientNames, clients, endpointsOf, sampleOf } from '../samples'
import { CopyButton } from './Copy'

/** Where to point a client, and code that does. */
export function PaperExchange() {
  const { t } = useTranslation('developers')
  const [client, setClient] = useState<Client>('ccxt')
  const at = endpointsOf(window.location.origin)
  const sample = sampleOf(client, at)
  const rows = [
    [t('rest'), at.rest],
    [t('streams'), at.streams],
    [t('socketApi'), at.socketApi],
  ] as const
  const name = clientNames[client]
  return (
    <section aria-labelledby="paper-exchange">
      <h2 id="paper-exchange" className="font-semibold">
        {t('endpoints')}
      </h2>
      <p className="mt-1 text-table text-text-3">{t('endpointsHint')}</p>
      <div className="mt-3 grid gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div className="flex flex-col gap-4">
          <dl className="flex flex-col gap-2">
            {rows.map(([what, address]) => (
              <div key={what}>
                <dt className="text-table text-text-2">{what}</dt>
                <dd className="flex items-center gap-1">
                  <code className="min-w-0 font-mono text-table break-all select-all">{address}</code>
                  <CopyButton text={address} what={what} />
                </dd>
              </div>
            ))}
          </dl>
          <p className="text-text-2">
            <a href="/docs" className="inline-flex items-center gap-2 text-text-1 underline underline-offset-4">
              <BookOpen size={16} strokeWidth={1.75} aria-hidden />
              {t('docs')}
            </a>
            <span className="mt-1 block text-table text-text-3">{t('docsHint')}</span>
          </p>
        </div>
        <div className="flex min-w-0 flex-col gap-2">
          <div className="flex items-end justify-between gap-2">
            <Select
              label={t('samples')}
              className="w-56"
              value={client}
              options={clients.map((each) => ({ value: each, label: clientNames[each] }))}
              onChange={setClient}
            />
            <CopyButton text={sample} what={t('code', { client: name })} />
          </div>
          <section
            aria-label={t('code', { client: name })}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, also by keyboard
            tabIndex={0}
            className="overflow-x-auto rounded-md bg-field"
          >
            <pre className="p-3 font-mono text-table">{sample}</pre>
          </section>
        </div>
      </div>
    </section>
  )
}
