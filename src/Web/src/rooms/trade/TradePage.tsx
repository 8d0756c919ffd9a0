import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { marketsQuery } from '@/api/markets'
import { Button } from '@/ui/Button'
import { rememberSymbol } from '@/ui/lastSymbol'
import { openPalette } from '@/ui/overlay'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { Desk } from './Desk'

export function TradePage() {
  const { t } = useTranslation('trade')
  const { symbol: written } = useParams({ from: '/trade/$symbol' })
  const symbol = written.toUpperCase()
  const markets = useQuery(marketsQuery)
  const instrument = markets.data?.items.find((i) => i.symbol === symbol)
  useEffect(() => {
    if (instrument !== undefined) rememberSymbol(instrument.symbol)
  }, [instrument])
  if (instrument !== undefined && markets.data !== undefined)
    return <Desk key={symbol} instrument={instrument} markets={markets.data} />
  if (markets.error)
    return <ErrorState what={t('marketsFailed')} error={markets.error} retry={() => void markets.refetch()} />
  if (markets.isPending) return <SkeletonRows rows={12} />
  return (
    <>
      <h1 className="px-4 pt-4 text-em font-semibold">{t('unknownPair', { symbol })}</h1>
      <EmptyState text={t('unknownPairText')} action={<Button onClick={openPalette}>{t('findPair')}</Button>} />
    </>
  )
}
