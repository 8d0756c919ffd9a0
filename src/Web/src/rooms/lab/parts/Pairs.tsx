import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PairField } from '@/ui/PairField'
import { mostSymbols } from '../model/form'

type Props = { symbols: readonly string[]; error: string | null; onChange: (symbols: readonly string[]) => void }

/** The pairs of a test; they share the capital. */
export function Pairs({ symbols, error, onChange }: Props) {
  const { t } = useTranslation('lab')
  return (
    <div className="flex flex-col gap-1.5">
      <PairField
        label={t('addPair')}
        hint={t('pairsHint', { most: mostSymbols })}
        error={error}
        value=""
        onChange={(symbol) => {
          if (!symbols.includes(symbol)) onChange([...symbols, symbol])
        }}
      />
      <ul aria-label={t('pairs')} className="flex flex-wrap gap-1">
        {symbols.map((symbol) => (
          <li
            key={symbol}
            data-pair={symbol}
            className="inline-flex h-7 items-center rounded-md border border-line-strong pl-2 text-table max-sm:h-10"
          >
            {symbol}
            <button
              type="button"
              aria-label={t('removePair', { pair: symbol })}
              onClick={() => onChange(symbols.filter((each) => each !== symbol))}
              className="grid size-7 place-items-center text-text-2 hover:text-text-1 max-sm:size-10"
            >
              <X size={12} strokeWidth={1.75} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
