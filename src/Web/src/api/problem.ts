import { useTranslation } from 'react-i18next'

export type Problem = {
  status: number
  code: string
  field?: string
  value?: string
  limit?: string
  traceId?: string
  retryAfterSeconds?: number
}

export class ApiError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.code)
    this.name = 'ApiError'
    this.problem = problem
  }
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined

export function toProblem(body: unknown, response: Response): Problem {
  const source: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {}
  const problem: Problem = { status: response.status, code: text(source.code) ?? fallbackCode(response.status) }
  for (const key of ['field', 'value', 'limit', 'traceId'] as const) {
    const value = text(source[key])
    if (value !== undefined) problem[key] = value
  }
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN)
  if (Number.isFinite(retryAfter)) problem.retryAfterSeconds = Math.max(1, Math.ceil(retryAfter))
  return problem
}

function fallbackCode(status: number): string {
  if (status === 401) return 'unauthenticated'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not_found'
  if (status === 429) return 'rate_limited'
  if (status === 503) return 'busy'
  return 'unexpected'
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem
  return { status: 0, code: error instanceof TypeError ? 'offline' : 'unexpected' }
}

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** Turns an openapi-fetch answer into its data, or throws an ApiError that carries the server's code. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok) throw new ApiError(toProblem(error, response))
  return data as T
}

/** The catalog text of a problem, in the user's language: errors.<code>, or errors.<code>_<field> where one exists. */
export function useProblemText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('errors')
  return (error) => {
    const problem = problemOf(error)
    const values = { value: '', limit: '', ...problem, seconds: problem.retryAfterSeconds ?? 1 }
    const keys = [`${problem.code}_${problem.field}`, problem.code, 'unexpected']
    const key = keys.find((candidate) => i18n.exists(`errors:${candidate}`)) ?? 'unexpected'
    return t(key, values)
  }
}
