const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Text that a spreadsheet would run as a formula is kept as text. */
const harmless = (text: string): string => (/^[=@\t\r]|^[+-](?![\d.])/.test(text) ? `'${text}` : text)

/** RFC 4180 with CRLF; unknown values stay empty. Numbers are plain decimals whatever the locale. */
export function toCsv(header: readonly string[], rows: readonly (readonly (string | null | undefined)[])[]): string {
  return [header, ...rows].map((row) => row.map((cell) => quoted(harmless(cell ?? ''))).join(',')).join('\r\n')
}

export const downloadCsv = (name: string, text: string): void => downloadText(name, text, 'text/csv')

export function downloadText(name: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1_000)
}
