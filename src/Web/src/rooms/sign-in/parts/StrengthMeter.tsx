import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { strengthOf } from '../model'

const steps = [1, 2, 3, 4] as const

/** Bars and a word; hue adds nothing the word does not say. */
export function StrengthMeter({ password }: { password: string }) {
  const { t } = useTranslation('auth')
  const strength = strengthOf(password)
  return (
    <div className="flex items-center gap-2">
      <span className="flex grow gap-1" aria-hidden>
        {steps.map((step) => (
          <span key={step} className={clsx('h-1 grow rounded-sm', strength >= step ? 'bg-text-1' : 'bg-line')} />
        ))}
      </span>
      <span role="status" className="min-w-20 text-right text-label text-text-2">
        {strength === 0 ? '' : t(`strength${strength}`)}
      </span>
    </div>
  )
}
