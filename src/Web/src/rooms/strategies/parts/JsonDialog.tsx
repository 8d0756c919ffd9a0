import { Download, FileUp } from 'lucide-react'
import { type ChangeEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StrategyDocument } from '@/api/strategies'
import { Button } from '@/ui/Button'
import { downloadText } from '@/ui/csv'
import { Dialog } from '@/ui/Dialog'
import { fileName, readJson, writeJson } from '../model/document'

type Props = { document: StrategyDocument | null; onTake: (document: StrategyDocument) => void; onClose: () => void }

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true }
const mostBytes = 262_144

/** The strategy as the file it is: to look at, to keep, and to bring one in. */
export function JsonDialog({ document, onTake, onClose }: Props) {
  const { t } = useTranslation('strategies')
  const id = useId()
  const file = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(() => (document === null ? '' : writeJson(document)))
  const [wrong, setWrong] = useState<'notJson' | 'fileTooLarge' | null>(null)
  const take = () => {
    const read = readJson(text)
    if (read.ok) onTake(read.document)
    else setWrong('notJson')
  }
  const load = async (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? []
    event.target.value = ''
    if (chosen === undefined) return
    if (chosen.size > mostBytes) {
      setWrong('fileTooLarge')
      return
    }
    setText(await chosen.text())
    setWrong(null)
  }
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('jsonTitle')}
      description={t('jsonHint')}
    >
      <label htmlFor={id} className="sr-only">
        {t('jsonTitle')}
      </label>
      <textarea
        id={id}
        rows={18}
        spellCheck={false}
        value={text}
        aria-invalid={wrong !== null || undefined}
        aria-describedby={wrong === null ? undefined : `${id}-error`}
        onChange={(event) => {
          setText(event.target.value)
          setWrong(null)
        }}
        className="w-full rounded-md border border-line-strong bg-field p-2 font-mono text-table max-sm:text-[1rem]"
      />
      {wrong === null ? null : (
        <p id={`${id}-error`} role="alert" className="text-table text-down">
          {t(wrong)}
        </p>
      )}
      <input ref={file} type="file" accept="application/json,.json" hidden onChange={(event) => void load(event)} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => file.current?.click()}>
          <FileUp {...icon} />
          {t('openFile')}
        </Button>
        {document === null ? null : (
          <Button onClick={() => downloadText(fileName(document), writeJson(document), 'application/json')}>
            <Download {...icon} />
            {t('exportJson')}
          </Button>
        )}
        <Button variant="primary" onClick={take}>
          {t('useJson')}
        </Button>
      </div>
    </Dialog>
  )
}
