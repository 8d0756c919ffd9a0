import type { QueryClient } from '@tanstack/react-query'
import { meQuery, saveSettings, settingsQuery } from '@/api/me'
import { onOtherTabSignedOut, sessionEnded, useSession } from '@/api/session'
import type { Settings } from '@/api/types'
import { live } from '@/live/link'
import { onPrefsChanged, usePrefs } from '@/ui/prefs'

let waiting: Settings | null = null
let sending = false

/** Sends the newest settings, one request at a time. */
async function push(client: QueryClient, failed: (error: unknown) => void): Promise<void> {
  if (sending) return
  sending = true
  try {
    while (waiting !== null) {
      const settings = waiting
      waiting = null
      client.setQueryData(settingsQuery.queryKey, await saveSettings(settings))
    }
  } catch (error) {
    failed(error)
  } finally {
    sending = false
  }
}

/** The server's settings rule from the moment somebody is signed in; changes go back to it. */
async function takeOver(client: QueryClient): Promise<void> {
  const settings = await client.fetchQuery(settingsQuery)
  if (waiting === null) usePrefs.setState(settings)
}

export function keepSettingsInStep(client: QueryClient, failed: (error: unknown) => void): () => void {
  const stops = [
    onPrefsChanged((settings) => {
      if (useSession.getState().userId === null) return
      waiting = settings
      void push(client, failed)
    }),
    useSession.subscribe((now, before) => {
      if (now.userId === before.userId) return
      live.restart()
      if (now.userId !== null) void takeOver(client).catch(failed)
    }),
    onOtherTabSignedOut(() => {
      void client.fetchQuery({ ...meQuery, staleTime: 0 }).then((user) => {
        if (user === null) sessionEnded()
      }, failed)
    }),
  ]
  if (useSession.getState().userId !== null) void takeOver(client).catch(failed)
  return () => {
    for (const stop of stops) stop()
  }
}
