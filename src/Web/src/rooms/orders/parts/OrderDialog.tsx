import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Amount, PriceText } from '@/money/Amount'
import { SideWord } from '@/orders/SideWord'
import { useInstruments } from '@/orders/useInstruments'
import { Time } from '@/ui/bits'
import { Dialog } from '@/ui/Dialog'
import { ErrorState, SkeletonRows } from '@/ui/states'
import { fillsOfOrderQuery, noteQuery, orderQuery } from '../api'
import { useFillWords } from '../words'
import { CopyId, Filled } from './Cells'
import { NoteForm } from './NoteForm'

/** One order: what it was, why each fill came, and what its owner thought. */
export function OrderDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('orders')
  const order = useQuery(orderQuery(id))
  const fills = useQuery(fillsOfOrderQuery(id))
  const note = useQuery(noteQuery(id))
  const words = useFillWords()
  const tick = useInstruments().get(order.data?.symbol ?? '')?.tickSize ?? '0.01'
  const error = order.error ?? note.error
  const it = order.data
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={it ? `${it.base}/${it.quote} · ${t(`words:type_${it.type}`)}` : t('order')}
    >
      {error ? <ErrorState what={t('orderFailed')} error={error} /> : null}
      {it ? (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-table sm:grid-cols-[auto_1fr_auto_1fr] *:odd:text-text-3">
          <dt>{t('side')}</dt>
          <dd>
            <SideWord side={it.side} />
          </dd>
          <dt>{t('status')}</dt>
          <dd>{t(`words:status_${it.status}`)}</dd>
          <dt>{t('filled')}</dt>
          <dd>
            <Filled order={it} />
          </dd>
          <dt>{t('average')}</dt>
          <dd>
            <PriceText value={it.averagePrice} tick={tick} />
          </dd>
          <dt>{t('time')}</dt>
          <dd>
            <Time at={it.createdAt} style="dateTimeSeconds" />
          </dd>
          <dt>{t('fee')}</dt>
          <dd>
            <Amount value={it.fees[0]?.amount ?? '0'} asset={it.fees[0]?.asset ?? it.quote} rounding="nearest" />
          </dd>
          <dt>{t('orderId')}</dt>
          <dd className="flex items-center gap-1">
            <code className="font-mono">{it.id}</code>
            <CopyId id={it.id} label={t('copyOrderId', { id: it.id })} />
          </dd>
        </dl>
      ) : (
        <SkeletonRows rows={4} />
      )}
      <section aria-label={t('tab_fills')} className="flex flex-col gap-1">
        <h3 className="panel-label">{t('whyFilled')}</h3>
        {fills.data?.items.length === 0 ? <p className="text-table text-text-2">{t('notFilledYet')}</p> : null}
        <ol className="flex flex-col gap-1 text-table">
          {fills.data?.items.map((fill) => (
            <li key={fill.id} data-fill-words={fill.id}>
              {words(fill)}
            </li>
          ))}
        </ol>
      </section>
      {note.data === undefined ? (
        <SkeletonRows rows={3} />
      ) : (
        <NoteForm orderId={id} note={note.data} onDone={onClose} />
      )}
    </Dialog>
  )
}
