import type { Instrument } from './types'

/** Smaller is better; null does not match. Exact base, then base prefix, then symbol prefix, then anywhere. */
function rank(market: Instrument, wanted: string): number | null {
  const base = market.base.toLowerCase()
  const symbol = market.symbol.toLowerCase()
  if (base === wanted || symbol === wanted) return 0
  if (base.startsWith(wanted)) return 1
  if (symbol.startsWith(wanted)) return 2
  if (symbol.includes(wanted)) return 3
  return null
}

const quoteRank = (market: Instrument): number => (market.quote === 'USDT' ? 0 : 1)
const plain = (text: string): string => text.toLowerCase().replace(/[\s/_-]/g, '')

/** The markets that fit what was typed ("eth", "eth/usdt", "ETH USDT"), best first. */
export function searchMarkets(markets: readonly Instrument[], query: string): Instrument[] {
  const wanted = plain(query)
  if (wanted === '') return [...markets]
  const found: { market: Instrument; rank: number }[] = []
  for (const market of markets) {
    const score = rank(market, wanted)
    if (score !== null) found.push({ market, rank: score })
  }
  found.sort(
    (a, b) =>
      a.rank - b.rank || quoteRank(a.market) - quoteRank(b.market) || (a.market.symbol < b.market.symbol ? -1 : 1),
  )
  return found.map((entry) => entry.market)
}
