import clsx from 'clsx'
import { useTranslation } from 'react-i18next'

/** Which money this is. Dashes, hue and (where `word` is set) the word: never colour alone. */
export function ModeStripe({ word = false }: { word?: boolean }) {
  return (
    <>
      <div className="mode-stripe" aria-hidden />
      {word ? <ModeWord className="px-3 pt-1" /> : null}
    </>
  )
}

export function ModeWord({ className }: { className?: string }) {
  const { t } = useTranslation('common')
  return (
    <p className={clsx('text-label font-semibold tracking-wide whitespace-nowrap text-mode uppercase', className)}>
      {t('modePaper')}
    </p>
  )
}
