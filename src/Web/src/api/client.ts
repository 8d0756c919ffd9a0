import createClient from 'openapi-fetch'
import type { paths } from './schema.gen'
import { refreshSession, sessionEnded } from './session'

const timeoutMs = 15_000
const withoutRefresh = ['/auth/login', '/auth/register', '/auth/refresh', '/auth/logout', '/auth/password']

async function send(request: Request): Promise<Response> {
  const again = request.clone()
  const answer = await fetch(request, { signal: AbortSignal.timeout(timeoutMs) })
  const path = new URL(request.url).pathname
  if (answer.status !== 401 || withoutRefresh.some((end) => path.endsWith(end))) return answer
  if (await refreshSession()) return fetch(again, { signal: AbortSignal.timeout(timeoutMs) })
  sessionEnded()
  return answer
}

/** The one way to the server's HTTP API; a 401 is answered by one refresh and one repeat. */
export const api = createClient<paths, 'application/json'>({ baseUrl: window.location.origin, fetch: send })
