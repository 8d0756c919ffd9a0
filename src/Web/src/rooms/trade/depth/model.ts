import Big from 'big.js'

/** [price, quantity], best first, as the book has them. */
type Level = readonly [string, string]
export type Step = { price: number; sum: number; sumText: string; priceText: string }
export type DepthView = {
  bids: readonly Step[]
  asks: readonly Step[]
  from: number
  to: number
  most: number
  middle: string | null
}

/** How much stands up to each price: sums of decimals, numbers only to draw them. */
export function steps(levels: readonly Level[]): Step[] {
  let sum = new Big(0)
  return levels.map(([price, quantity]) => {
    sum = sum.plus(quantity)
    return { price: Number(price), sum: Number(sum), sumText: sum.toFixed(), priceText: price }
  })
}

/** Both sides on one scale, as far from the middle to the left as to the right. */
export function depthOf(bids: readonly Level[], asks: readonly Level[]): DepthView | null {
  const [bestBid, bestAsk] = [bids[0]?.[0], asks[0]?.[0]]
  if (bestBid === undefined || bestAsk === undefined) return null
  const [down, up] = [steps(bids), steps(asks)]
  const middle = new Big(bestBid).plus(bestAsk).div(2)
  const at = Number(middle)
  const reach = Math.max(at - (down.at(-1)?.price ?? at), (up.at(-1)?.price ?? at) - at)
  const most = Math.max(down.at(-1)?.sum ?? 0, up.at(-1)?.sum ?? 0)
  return { bids: down, asks: up, from: at - reach, to: at + reach, most, middle: middle.toFixed() }
}

export type Box = { width: number; height: number }

/** The closed outline of one side as an SVG path: flat between levels, a step at each. */
export function outline(view: DepthView, side: 'bids' | 'asks', { width, height }: Box): string {
  const x = (price: number) => ((price - view.from) / (view.to - view.from || 1)) * width
  const y = (sum: number) => height - (sum / (view.most || 1)) * height
  const levels = view[side]
  const first = levels[0]
  if (first === undefined) return ''
  const edge = side === 'bids' ? 0 : width
  // Each level reaches from its own price outwards, so the path is drawn to a price first and then up.
  let path = `M${x(first.price).toFixed(1)} ${height}`
  for (const level of levels) path += `H${x(level.price).toFixed(1)}V${y(level.sum).toFixed(1)}`
  return `${path}H${edge}V${height}Z`
}

/** How much would have to be taken to move the price by a share: the last level within it. */
export function within(levels: readonly Step[], middle: number, share: number): Step | null {
  return levels.findLast((level) => Math.abs(level.price - middle) <= middle * share) ?? null
}
