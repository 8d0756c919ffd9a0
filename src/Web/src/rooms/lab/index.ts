import { lazy } from 'react'

export { LabPage } from './LabPage'

/** Reports are heavier than the list of them. */
export const RunPage = lazy(() => import('./RunPage').then((m) => ({ default: m.RunPage })))
export const SweepPage = lazy(() => import('./SweepPage').then((m) => ({ default: m.SweepPage })))
