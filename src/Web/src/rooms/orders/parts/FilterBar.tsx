import { Download, SlidersHorizontal, X } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '@/api/types'
import { useInstruments } from '@/orders/useInstruments'
import { Button } from '@/ui/Button'
import { controlClass, Field } from '@/ui/Field'
import { useZone } from '@/ui/prefs'
import { Select } from '@/ui/Select'
import { useIsPhone } from '@/ui/useMedia'
import { closedStatuses, type Filters, types } from '../model'

type Props = {
  filters: Filters
  accounts: readonly Account[]
  accountId: string | null
  csvBusy: boolean
  onChange: (patch: Partial<Filters>) => void
  onCsv: () => void
}

const atMost = 200

/** Every filter at once; each change goes to the URL, so a reload and the back button bring it back. */
export function FilterBar({ filters, accounts, accountId, csvBusy, onChange, onCsv }: Props) {
  const { t } = useTranslation(['orders', 'common'])
  const zone = useZone()
  const { tab } = filters
  const { from, to, pair, coin, side, type, status, q, tag } = filters
  const filtered = [from, to, pair, coin, side, type, status, q, tag].some((word) => word !== '')
  const phone = useIsPhone()
  const [unfolded, setUnfolded] = useState(false)
  const any = { value: '', label: t('any') }
  const choose = <T extends string>(
    label: string,
    value: string,
    words: readonly T[],
    name: (word: T) => string,
    key: keyof Filters,
  ) => (
    <Select
      label={label}
      value={value}
      options={[any, ...words.map((word) => ({ value: word as string, label: name(word) }))]}
      onChange={(next) => onChange({ [key]: next })}
      className="w-32 max-sm:w-auto"
    />
  )
  if (phone && !unfolded)
    return (
      <div className="flex shrink-0 justify-between border-b border-line px-1">
        <Button variant="ghost" aria-expanded={false} onClick={() => setUnfolded(true)}>
          <SlidersHorizontal size={14} strokeWidth={1.75} aria-hidden />
          {filtered ? t('filtersOn') : t('filters')}
        </Button>
      </div>
    )
  return (
    <search className="flex flex-wrap items-end gap-x-3 gap-y-2 border-b border-line px-4 py-2 max-sm:grid max-sm:grid-cols-2 max-sm:px-3">
      {tab === 'journal' ? (
        <Text label={t('searchNotes')} type="search" value={q} onChange={(next) => onChange({ q: next })} wide />
      ) : (
        <Select
          label={t('account')}
          value={accountId ?? 'all'}
          options={[
            ...accounts.map((each) => ({ value: each.id, label: each.name })),
            { value: 'all', label: t('allAccounts') },
          ]}
          onChange={(account) => onChange({ account })}
          className="w-36 max-sm:w-auto"
        />
      )}
      <Text label={t('fromDay')} hint={zone} type="date" value={from} onChange={(next) => onChange({ from: next })} />
      <Text label={t('toDay')} hint={zone} type="date" value={to} onChange={(next) => onChange({ to: next })} />
      <Symbols label={t('pair')} value={pair} kind="symbol" onChange={(next) => onChange({ pair: next })} />
      {tab === 'journal' ? (
        <Text label={t('tag')} value={tag} onChange={(next) => onChange({ tag: next })} />
      ) : (
        <>
          <Symbols label={t('coin')} value={coin} kind="base" onChange={(next) => onChange({ coin: next })} />
          {choose(t('side'), side, ['buy', 'sell'] as const, (word) => t(word, { ns: 'common' }), 'side')}
          {tab === 'fills' ? null : choose(t('type'), type, types, (word) => t(`words:type_${word}`), 'type')}
          {tab === 'closed'
            ? choose(t('status'), status, closedStatuses, (word) => t(`words:status_${word}`), 'status')
            : null}
        </>
      )}
      <span className="ml-auto flex gap-1 max-sm:col-span-2 max-sm:flex-wrap max-sm:justify-end">
        {phone ? (
          <Button variant="ghost" aria-expanded onClick={() => setUnfolded(false)}>
            {t('foldFilters')}
          </Button>
        ) : null}
        {filtered ? (
          <Button
            variant="ghost"
            onClick={() =>
              onChange({ from: '', to: '', pair: '', coin: '', side: '', type: '', status: '', q: '', tag: '' })
            }
          >
            <X size={14} strokeWidth={1.75} aria-hidden />
            {t('clearFilters')}
          </Button>
        ) : null}
        {tab === 'journal' ? null : (
          <Button variant="ghost" busy={csvBusy} onClick={onCsv}>
            <Download size={14} strokeWidth={1.75} aria-hidden />
            {t('common:csv')}
          </Button>
        )}
      </span>
    </search>
  )
}

type TextProps = {
  label: string
  hint?: string
  type?: 'text' | 'date' | 'search'
  value: string
  wide?: boolean
  onChange: (value: string) => void
}

function Text({ label, hint, type = 'text', value, wide, onChange }: TextProps) {
  return (
    <Field label={label} className={wide ? 'w-64 max-sm:col-span-2 max-sm:w-auto' : 'w-36 max-sm:w-auto'}>
      {(parts) => (
        <input
          {...parts}
          type={type}
          title={hint}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={controlClass}
        />
      )}
    </Field>
  )
}

type SymbolsProps = { label: string; value: string; kind: 'symbol' | 'base'; onChange: (value: string) => void }

/** Free text with suggestions: a market may be gone while its orders are not. */
function Symbols({ label, value, kind, onChange }: SymbolsProps) {
  const id = useId()
  const instruments = useInstruments()
  const words = [...new Set([...instruments.values()].map((each) => each[kind]))]
    .filter((word) => word.startsWith(value))
    .slice(0, atMost)
  return (
    <Field label={label} className="w-28 max-sm:w-auto">
      {(parts) => (
        <>
          <input
            {...parts}
            list={id}
            value={value}
            autoCapitalize="characters"
            onChange={(event) => onChange(event.target.value.toUpperCase().replace(/[^A-Z0-9]/g, ''))}
            className={controlClass}
          />
          <datalist id={id}>
            {words.map((word) => (
              <option key={word} value={word} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}
