import { useParams } from '@tanstack/react-router'
import { CandlestickChart, ChartNoAxesColumn, type LucideIcon, Wallet } from 'lucide-react'
import { lastSymbol } from '@/ui/lastSymbol'

export type PageKey = 'markets' | 'trade' | 'wallet'

export const pageIcons: Record<PageKey, LucideIcon> = {
  markets: ChartNoAxesColumn,
  trade: CandlestickChart,
  wallet: Wallet,
}

const firstSymbol = 'BTCUSDT'

/** Where "Trade" leads: the market on screen, else the last one, else Bitcoin. */
export function useTradeSymbol(): string {
  const params = useParams({ strict: false })
  return params.symbol ?? lastSymbol() ?? firstSymbol
}
