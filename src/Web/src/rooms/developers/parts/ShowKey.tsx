import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { downloadText } from '@/ui/csv'
import type { NewKey } from '../api'
import { keyFile, keyFileName } from '../model'
import { endpointsOf } from '../samples'
import { CopyButton } from './Copy'

type Props = { made: NewKey; warned: boolean; onKept: () => void; onDone: () => void }

/** The only sight of the secret there is. */
export function ShowKey({ made, warned, onKept, onDone }: Props) {
  const { t } = useTranslation('developers')
  const server = endpointsOf(window.location.origin).rest
  const save = () => {
    downloadText(keyFileName(made), keyFile(made, server))
    onKept()
  }
  return (
    <div className="flex flex-col gap-4">
      <dl className="flex flex-col gap-3">
        <Value name={t('apiKey')} value={made.key} />
        {made.secret === null ? null : <Value name={t('secret')} value={made.secret} onCopied={onKept} />}
      </dl>
      {warned ? (
        <p role="alert" className="text-warn">
          {t('notKept')}
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={save}>
          <Download size={16} strokeWidth={1.75} aria-hidden />
          {t('download')}
        </Button>
        <Button variant="primary" onClick={onDone}>
          {t('done')}
        </Button>
      </div>
    </div>
  )
}

function Value({ name, value, onCopied }: { name: string; value: string; onCopied?: () => void }) {
  return (
    <div>
      <dt className="text-table text-text-2">{name}</dt>
      <dd className="mt-1 flex items-start gap-2 rounded-md border border-line-strong bg-field p-1 pl-2">
        <code className="min-w-0 grow self-center font-mono text-table break-all select-all">{value}</code>
        <CopyButton text={value} what={name} {...(onCopied ? { onCopied } : {})} />
      </dd>
    </div>
  )
}
