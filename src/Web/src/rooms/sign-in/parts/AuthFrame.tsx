import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePriceSource } from '@/live/usePriceSource'
import { ModeStripe } from '@/ui/ModeStripe'

export function AuthFrame({ title, intro, children }: { title: string; intro?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation('auth')
  const source = usePriceSource()
  return (
    <div className="grid grow place-items-center p-4">
      <div className="w-full max-w-sm overflow-hidden rounded-lg border border-line bg-bg1">
        <ModeStripe />
        <div className="flex flex-col gap-4 p-6">
          <header>
            <p className="panel-label">{t(source?.simulated ? 'deskSimulated' : 'desk')}</p>
            <h1 className="mt-1 text-price font-semibold">{title}</h1>
          </header>
          {intro ? <p className="text-text-2">{intro}</p> : null}
          {children}
        </div>
      </div>
    </div>
  )
}
