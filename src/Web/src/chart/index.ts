import { lazy } from 'react'

export { withLive } from './candles'
export * from './types'

/** lightweight-charts is 55 kB; the page stands before it arrives. */
export const PriceChart = lazy(() => import('./PriceChart').then((m) => ({ default: m.PriceChart })))
export const EquityChart = lazy(() => import('./EquityChart').then((m) => ({ default: m.EquityChart })))
export type { EquityDot } from './equityChart'
export const CurvesChart = lazy(() => import('./CurvesChart').then((m) => ({ default: m.CurvesChart })))
export type { Curve, Dash, Point } from './curvesChart'
