import { Suspense } from 'react'
import { SkeletonRows } from '@/ui/states'
import { Scheduled } from './lazy'

/** The scheduled orders share their forms with the trade page, and come only when they are asked for. */
export function ScheduledPage() {
  return (
    <Suspense fallback={<SkeletonRows rows={8} />}>
      <Scheduled />
    </Suspense>
  )
}
