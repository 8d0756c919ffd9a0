import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Order } from '@/api/types'
import { notify, useNotifyProblem } from '@/ui/toast'
import { type OrderStep, stepOrder } from '../api'

/** Pause, resume and retry: at once, told in a toast, with a way to take a pause back. */
export function useOrderActions(accountId: string | null) {
  const { t } = useTranslation('ticket')
  const client = useQueryClient()
  const failed = useNotifyProblem()
  const act = useMutation({
    mutationFn: ({ step, order }: { step: OrderStep; order: Order }) => stepOrder(order.id, step),
    onSuccess: (_, { step }) => notify.done(t(`done_${step}`)),
    onError: failed,
    onSettled: () => {
      for (const key of ['orders', 'fills', 'accounts']) void client.invalidateQueries({ queryKey: [key, accountId] })
    },
  })
  return { busy: act.isPending, run: (step: OrderStep, order: Order) => act.mutate({ step, order }) }
}
