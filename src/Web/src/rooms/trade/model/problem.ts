import type { Complaint, Draft, Instrument } from './types'

/** RFC 9457 body as the server writes it. */
export type Problem = { code?: string; field?: string; value?: string; limit?: string; status?: number }

const fieldOfCode: Record<string, Complaint['field']> = {
  price_not_on_tick: 'price',
  quantity_not_on_step: 'amount',
  below_minimum: 'amount',
  insufficient_funds: 'amount',
}
const fieldOfName: Record<string, Complaint['field']> = {
  price: 'price',
  quantity: 'amount',
  quoteQuantity: 'amount',
}

/** Puts a refusal of POST /orders under the field it is about. */
export function complaintOf(problem: Problem, draft: Draft, instrument: Instrument): Complaint {
  const code = problem.code ?? 'unknown'
  const field = fieldOfCode[code] ?? fieldOfName[problem.field ?? ''] ?? 'form'
  const params: Record<string, string> = { asset: assetOf(code, draft, instrument) }
  if (problem.value !== undefined) params.value = problem.value
  if (problem.limit !== undefined) params.limit = problem.limit
  return { field, code, params }
}

function assetOf(code: string, draft: Draft, instrument: Instrument): string {
  return code === 'insufficient_funds' && draft.side === 'sell' ? instrument.base : instrument.quote
}
