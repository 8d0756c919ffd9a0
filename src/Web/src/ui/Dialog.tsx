import clsx from 'clsx'
import { X } from 'lucide-react'
import { AlertDialog as Alert, Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonVariant } from './Button'
import { ModeStripe } from './ModeStripe'

const scrim = 'fade-in fixed inset-0 z-40 bg-scrim'
const sheet =
  'fade-in fixed top-1/2 left-1/2 z-40 max-h-[calc(100dvh-2rem)] w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-auto rounded-lg border border-line-strong bg-bg1 shadow-dialog'

export type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children: ReactNode
  /** Order surfaces carry the stripe of the money mode. */
  stripe?: boolean
  wide?: boolean
}

export function Dialog({ open, onOpenChange, title, description, children, stripe = false, wide }: DialogProps) {
  const { t } = useTranslation('common')
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrim} />
        <Radix.Content
          className={clsx(sheet, wide && 'w-[min(40rem,calc(100vw-2rem))]')}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          {stripe ? <ModeStripe /> : null}
          <div className="flex flex-col gap-3 p-4">
            <div className="flex items-start justify-between gap-4">
              <Radix.Title className="text-em font-semibold">{title}</Radix.Title>
              <Radix.Close
                aria-label={t('close')}
                className="-m-1 grid size-7 shrink-0 place-items-center rounded-md text-text-2 hover:bg-bg2 max-sm:size-10"
              >
                <X size={16} strokeWidth={1.75} aria-hidden />
              </Radix.Close>
            </div>
            {description ? <Radix.Description className="text-text-2">{description}</Radix.Description> : null}
            {children}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export type ConfirmProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description: ReactNode
  children?: ReactNode
  confirm: ReactNode
  confirmVariant?: ButtonVariant
  busy?: boolean
  stripe?: boolean
  onConfirm: () => void
}

/** A question that must be answered. It stays open while busy; the caller closes it when done. */
export function ConfirmDialog(props: ConfirmProps) {
  const { t } = useTranslation('common')
  return (
    <Alert.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Alert.Portal>
        <Alert.Overlay className={scrim} />
        <Alert.Content className={sheet}>
          {props.stripe ? <ModeStripe /> : null}
          <div className="flex flex-col gap-3 p-4">
            <Alert.Title className="text-em font-semibold">{props.title}</Alert.Title>
            <Alert.Description className="text-text-2">{props.description}</Alert.Description>
            {props.children}
            <div className="flex justify-end gap-2 pt-1">
              <Alert.Cancel asChild>
                <Button>{t('cancel')}</Button>
              </Alert.Cancel>
              <Button variant={props.confirmVariant ?? 'primary'} busy={props.busy ?? false} onClick={props.onConfirm}>
                {props.confirm}
              </Button>
            </div>
          </div>
        </Alert.Content>
      </Alert.Portal>
    </Alert.Root>
  )
}
