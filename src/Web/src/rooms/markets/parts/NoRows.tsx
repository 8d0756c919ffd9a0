import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/states'
import { type Filters, type Known, rowsOf } from '../model'
import { MarketTable } from './MarketTable'

const suggestions = 5

type NoRowsProps = { known: Known; filters: Filters; signedIn: boolean; onReset: () => void }

/** Why there is nothing, and the next step. An empty watchlist offers the five busiest markets. */
export function NoRows({ known, filters, signedIn, onReset }: NoRowsProps) {
  const { t } = useTranslation(['markets', 'common'])
  const filtered = filters.query !== '' || filters.quote !== ''
  if (filtered)
    return <EmptyState text={t('noMatch')} action={<Button onClick={onReset}>{t('clearFilters')}</Button>} />
  if (filters.tab !== 'watchlist') return <EmptyState text={t('nothingMoved')} />
  const top = rowsOf(known, { tab: 'all', query: '', quote: '', sort: null }).slice(0, suggestions)
  return (
    <>
      <EmptyState
        text={signedIn ? t('emptyWatchlist') : t('watchlistSignIn')}
        action={
          signedIn ? null : (
            <Link to="/login" search={{ to: '/markets?tab=watchlist' }} className="underline">
              {t('common:signIn')}
            </Link>
          )
        }
      />
      <MarketTable
        rows={top}
        watchlist={known.watchlist}
        signedIn={signedIn}
        sort={filters.sort}
        onSort={() => undefined}
      />
    </>
  )
}
