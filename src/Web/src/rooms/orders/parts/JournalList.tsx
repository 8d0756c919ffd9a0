import { useInfiniteQuery } from '@tanstack/react-query'
import { NotebookPen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { JournalItem } from '@/api/types'
import { PriceText } from '@/money/Amount'
import { SideWord } from '@/orders/SideWord'
import { useInstruments } from '@/orders/useInstruments'
import { Button } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { journalQuery } from '../api'
import type { Bounds, Filters } from '../model'
import { Pair, SmallButton } from './Cells'

type Props = { filters: Filters; bounds: Bounds; onNote: (orderId: string) => void; onTag: (tag: string) => void }

export function JournalList({ filters, bounds, onNote, onTag }: Props) {
  const { t } = useTranslation('orders')
  const { q, tag, pair } = filters
  const pages = useInfiniteQuery({
    ...journalQuery({
      ...bounds,
      ...(q === '' ? {} : { q }),
      ...(tag === '' ? {} : { tag }),
      ...(pair === '' ? {} : { symbol: pair }),
    }),
    placeholderData: (before) => before,
  })
  if (pages.isError)
    return <ErrorState what={t('journalFailed')} error={pages.error} retry={() => void pages.refetch()} />
  if (pages.isPending) return <SkeletonRows rows={6} />
  const items = pages.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <EmptyState text={t(q + tag + pair === '' ? 'noNotes' : 'nothingFits')} />
  return (
    <div className="min-h-0 grow basis-0 overflow-auto">
      <ul aria-label={t('tab_journal')}>
        {items.map((item) => (
          <Entry key={item.note.orderId} item={item} onNote={onNote} onTag={onTag} />
        ))}
      </ul>
      {pages.hasNextPage ? (
        <div className="p-4">
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('older')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

function Entry({ item, onNote, onTag }: { item: JournalItem } & Pick<Props, 'onNote' | 'onTag'>) {
  const { t } = useTranslation('orders')
  const { note, order } = item
  const tick = useInstruments().get(order.symbol)?.tickSize ?? '0.01'
  const pair = `${order.base}/${order.quote}`
  return (
    <li data-note={note.orderId} className="flex flex-col gap-1 border-b border-line px-4 py-3 max-sm:px-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-table">
        <SideWord side={order.side} />
        <Pair symbol={order.symbol} text={pair} />
        <span className="text-text-2">
          {t(`words:type_${order.type}`)} · {t(`words:status_${order.status}`)}
          {order.averagePrice === null ? null : (
            <>
              {' '}
              · <PriceText value={order.averagePrice} tick={tick} />
            </>
          )}
        </span>
        <span className="text-text-3">
          <Time at={order.createdAt} />
        </span>
        <span className="ml-auto">
          <SmallButton
            label={t('detailsWithNote', { pair, id: order.id })}
            icon={<NotebookPen size={14} strokeWidth={1.75} aria-hidden />}
            onClick={() => onNote(order.id)}
          />
        </span>
      </div>
      {note.text === '' ? null : <p className="max-w-prose wrap-anywhere whitespace-pre-wrap">{note.text}</p>}
      {note.tags.length === 0 && note.emotion === null ? null : (
        <p className="flex flex-wrap items-center gap-2 text-table">
          {note.emotion === null ? null : <span className="text-text-2">{t(`emotion_${note.emotion}`)}</span>}
          {note.tags.map((each) => (
            <button
              key={each}
              type="button"
              onClick={() => onTag(each)}
              className="min-h-6 rounded-sm border border-line-strong px-1.5 text-text-2 hover:bg-bg2 hover:text-text-1"
            >
              #{each}
            </button>
          ))}
        </p>
      )}
    </li>
  )
}
