import { Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '@/ui/Button'
import { notify } from '@/ui/toast'

/** Says whether it worked: without https a browser keeps the clipboard from pages. */
export function useCopy(): (text: string, what: string) => Promise<boolean> {
  const { t } = useTranslation('developers')
  return async (text, what) => {
    try {
      await navigator.clipboard.writeText(text)
      notify.done(t('copied', { what }))
      return true
    } catch {
      notify.failed(t('notCopied'))
      return false
    }
  }
}

export function CopyButton({ text, what, onCopied }: { text: string; what: string; onCopied?: () => void }) {
  const { t } = useTranslation('developers')
  const copy = useCopy()
  return (
    <IconButton
      label={t('copyWhat', { what })}
      icon={<Copy size={16} strokeWidth={1.75} aria-hidden />}
      onClick={() => void copy(text, what).then((done) => (done ? onCopied?.() : undefined))}
    />
  )
}
