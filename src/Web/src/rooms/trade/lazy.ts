import { lazy } from 'react'
import { loadRoomTexts } from '@/i18n/setup'

/** What the first look at the page does not need, together with its texts. */
const withTexts = <T>(part: Promise<T>): Promise<T> =>
  Promise.all([part, loadRoomTexts('ticket', 'words')]).then(([found]) => found)

export const AdvancedForm = lazy(() =>
  withTexts(import('./ticket/AdvancedForm')).then((m) => ({ default: m.AdvancedForm })),
)
const confirmOrder = () => import('./parts/ConfirmOrder').then((m) => ({ default: m.ConfirmOrder }))
export const ConfirmOrder = lazy(confirmOrder)
export const OpenOrders = lazy(() => withTexts(import('./parts/OpenOrders')).then((m) => ({ default: m.OpenOrders })))
export const Ended = lazy(() => withTexts(import('./parts/Ended')).then((m) => ({ default: m.Ended })))
export const AmendDialog = lazy(() =>
  withTexts(import('./amend/AmendDialog')).then((m) => ({ default: m.AmendDialog })),
)
export const Scheduled = lazy(() =>
  withTexts(import('./scheduled/ScheduledPage')).then((m) => ({ default: m.ScheduledPage })),
)

/** Fetched once the page stands, so that the first question of a visit comes as fast as the later ones. */
export const prepareOrders = (): void => void confirmOrder()
