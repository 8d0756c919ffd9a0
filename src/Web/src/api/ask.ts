import { send } from './client'
import { ApiError, toProblem } from './problem'

/**
 * A call whose answer the OpenAPI document leaves open (syntax trees, reports): the caller says what comes. Everything
 * else goes through the generated client.
 */
export async function ask<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  idempotencyKey?: string,
): Promise<T> {
  const headers = new Headers()
  if (body !== undefined) headers.set('Content-Type', 'application/json')
  if (idempotencyKey !== undefined) headers.set('Idempotency-Key', idempotencyKey)
  const request = new Request(`${window.location.origin}/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  })
  const answer = await send(request)
  const text = await answer.text()
  if (!answer.ok) throw new ApiError(toProblem(readJson(text), answer))
  return (text === '' ? null : JSON.parse(text)) as T
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
