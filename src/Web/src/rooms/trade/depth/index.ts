import { lazy } from 'react'
import { loadRoomTexts } from '@/i18n/setup'

/** Drawing and texts come when somebody asks for the depth. */
export const DepthChart = lazy(async () => {
  const [room] = await Promise.all([import('./DepthChart'), loadRoomTexts('depth')])
  return { default: room.DepthChart }
})
