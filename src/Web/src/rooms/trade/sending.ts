/** One key per confirmation; works on plain http too, where randomUUID is missing. */
export function newClientOrderId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `web-${Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')}`
}

/** No answer, or one that does not say what became of the order: it may stand, so only the same key may be sent again. */
export const isUnanswered = (status: number, code: string): boolean =>
  status === 0 || code === 'in_progress' || (status >= 500 && code === 'unexpected')
