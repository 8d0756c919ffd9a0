import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isOver, type Job, type JobUpdate, type Kind } from '@/api/backtests'
import { listen } from '@/live/useChannel'

/** A job with what the stream has just told of it; words that come late change nothing that has ended. */
export function withUpdate<T extends Job>(job: T, update: JobUpdate): T {
  if (job.id !== update.id || (isOver(job.status) && !isOver(update.status))) return job
  const queuePosition = update.status === 'queued' ? job.queuePosition : null
  return { ...job, status: update.status, progress: Math.max(job.progress, update.progress), queuePosition }
}

/** Keeps every job on the page in step with the stream. What has ended, and whoever waited behind it, is asked anew. */
export function useJobs(): void {
  const client = useQueryClient()
  useEffect(
    () =>
      listen('backtests', (frame) => {
        if (frame.type === 'snapshot') {
          void client.invalidateQueries({ queryKey: ['backtests'] })
          void client.invalidateQueries({ queryKey: ['data', 'downloads'] })
          return
        }
        const update = frame.data as JobUpdate
        if (update.kind === 'download') {
          const key = ['data', 'downloads', update.id]
          client.setQueryData<Job>(key, (known) => (known === undefined ? known : withUpdate(known, update)))
          if (isOver(update.status)) void client.invalidateQueries({ queryKey: ['data'] })
          return
        }
        const kind: Kind = update.kind
        const list = ['backtests', kind, 'list']
        client.setQueryData<readonly Job[]>(list, (known) => known?.map((job) => withUpdate(job, update)))
        client.setQueryData<Job>(['backtests', kind, 'one', update.id], (known) =>
          known === undefined ? known : withUpdate(known, update),
        )
        if (isOver(update.status) || update.status === 'queued') {
          void client.invalidateQueries({ queryKey: list })
          void client.invalidateQueries({ queryKey: ['backtests', kind, 'one', update.id] })
        }
      }),
    [client],
  )
}
