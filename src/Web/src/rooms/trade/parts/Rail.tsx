import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Search, Star } from 'lucide-react'
import { type KeyboardEvent, memo, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tickersQuery } from '@/api/markets'
import type { Instrument, Ticker } from '@/api/types'
import { tickersChannel } from '@/live/channels'
import { useChannel } from '@/live/useChannel'
import { Percent, PriceText } from '@/money/Amount'
import { Sparkline } from '@/ui/Sparkline'
import { type RailRow, railRows } from '../rail'

type Props = { instruments: readonly Instrument[]; watchlist: readonly string[]; current: string }

/** The pairs beside the chart. Typing anywhere in it searches; arrows walk, Enter opens. */
export const Rail = memo(function Rail({ instruments, watchlist, current }: Props) {
  const { t } = useTranslation('trade')
  const [search, setSearch] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const asked = useQuery(tickersQuery).data
  const live = useChannel(tickersChannel, 1_000).data
  const tickers = useMemo(() => {
    const all = new Map<string, Ticker>(asked?.items.map((ticker) => [ticker.symbol, ticker]))
    for (const [symbol, ticker] of live ?? []) all.set(symbol, { ...ticker, spark: all.get(symbol)?.spark ?? [] })
    return all
  }, [asked, live])
  const rows = useMemo(
    () => railRows(instruments, tickers, watchlist, search),
    [instruments, tickers, watchlist, search],
  )
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const links = [...(list.current?.querySelectorAll('a') ?? [])]
      const here = links.indexOf(document.activeElement as HTMLAnchorElement)
      links[Math.max(0, here + (event.key === 'ArrowDown' ? 1 : -1))]?.focus()
    } else if (event.key === 'Escape') setSearch('')
    else if (/^[\p{L}\p{N}]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (event.target !== field.current) field.current?.focus()
      event.stopPropagation()
    }
  }
  return (
    <nav aria-label={t('pairs')} onKeyDown={onKeyDown} className="flex min-h-0 flex-col bg-bg1 max-xl:hidden">
      <div className="relative m-2 mb-1">
        <Search
          size={14}
          strokeWidth={1.75}
          aria-hidden
          className="pointer-events-none absolute top-2 left-2 text-text-3"
        />
        <input
          ref={field}
          type="search"
          aria-label={t('searchPairs')}
          placeholder={t('searchPairs')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="h-[30px] w-full rounded-md border border-line-strong bg-field pr-2 pl-7 text-table placeholder:text-text-3"
        />
      </div>
      {rows.length === 0 ? (
        <p className="px-3 py-2 text-text-2">{t('noPairs')}</p>
      ) : (
        <ul ref={list} className="min-h-0 grow overflow-y-auto">
          {rows.map((row) => (
            <Row key={row.instrument.symbol} row={row} current={row.instrument.symbol === current} />
          ))}
        </ul>
      )}
    </nav>
  )
})

function Row({ row, current }: { row: RailRow; current: boolean }) {
  const { t } = useTranslation('trade')
  const { instrument, ticker, starred } = row
  return (
    <li>
      <Link
        to="/trade/$symbol"
        params={{ symbol: instrument.symbol }}
        aria-current={current ? 'page' : undefined}
        className={clsx(
          'grid h-11 grid-cols-[1fr_auto] items-center gap-x-2 px-3 text-table hover:bg-bg2 focus-visible:-outline-offset-2',
          current && 'bg-bg2',
        )}
      >
        <span className="flex min-w-0 items-center gap-1">
          <span className="truncate">
            <b className="font-semibold">{instrument.base}</b>
            <span className="text-text-3">/{instrument.quote}</span>
          </span>
          {starred ? (
            <Star
              size={10}
              fill="currentColor"
              strokeWidth={0}
              aria-label={t('starred')}
              className="shrink-0 text-text-3"
            />
          ) : null}
        </span>
        <span className="text-right">
          <PriceText value={ticker?.last} tick={instrument.tickSize} />
        </span>
        <Sparkline values={ticker?.spark ?? []} className="h-3! w-16!" />
        <span className="text-right text-label">
          <Percent value={ticker?.changePercent} />
        </span>
      </Link>
    </li>
  )
}
