import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { marketsQuery } from '@/api/markets'
import { searchMarkets } from '@/api/searchMarkets'
import { controlClass, Field } from './Field'

type Props = {
  label: string
  value: string
  onChange: (symbol: string) => void
  error?: string | null
  hint?: string
  className?: string
}

const atMost = 60

/** One market of those there are; what is typed counts as soon as it names one. */
export function PairField({ label, value, onChange, error, hint, className }: Props) {
  const id = useId()
  const markets = useQuery(marketsQuery).data?.items ?? []
  const [typed, setTyped] = useState<{ text: string; for: string } | null>(null)
  const text = typed !== null && typed.for === value ? typed.text : value
  return (
    <Field label={label} error={error} hint={hint} {...(className === undefined ? {} : { className })}>
      {(parts) => (
        <>
          <input
            {...parts}
            list={id}
            value={text}
            autoComplete="off"
            autoCapitalize="characters"
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => {
              const next = event.target.value.toUpperCase().replace(/[^A-Z0-9]/g, '')
              const found = markets.some((market) => market.symbol === next)
              setTyped({ text: next, for: found ? next : value })
              if (found) onChange(next)
            }}
            onBlur={() => setTyped(null)}
            className={controlClass}
          />
          <datalist id={id}>
            {searchMarkets(markets, text === value ? '' : text)
              .slice(0, atMost)
              .map((market) => (
                <option key={market.symbol} value={market.symbol} />
              ))}
          </datalist>
        </>
      )}
    </Field>
  )
}
