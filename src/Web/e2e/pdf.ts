import { inflateSync } from 'node:zlib'

/** Every stream of a PDF that unpacks; pictures and the like stay out. */
function streamsOf(pdf: Buffer): string[] {
  const raw = pdf.toString('latin1')
  const found: string[] = []
  for (const start of raw.matchAll(/stream\r?\n/g)) {
    const from = start.index + start[0].length
    try {
      found.push(inflateSync(pdf.subarray(from, raw.indexOf('endstream', from))).toString('latin1'))
    } catch {
      // Not packed this way: no text.
    }
  }
  return found
}

const unicode = (hex: string): string =>
  (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('')

/** What a font's codes mean, from its ToUnicode table. */
function tableOf(stream: string): Map<number, string> {
  const table = new Map<number, string>()
  for (const [, block = ''] of stream.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = '', text = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g))
      table.set(Number.parseInt(code, 16), unicode(text))
  for (const [, block = ''] of stream.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, first = '', last = '', text = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g))
      for (let code = Number.parseInt(first, 16), n = 0; code <= Number.parseInt(last, 16); code++, n++)
        table.set(code, String.fromCharCode(Number.parseInt(text, 16) + n))
  return table
}

/**
 * The text of a PDF as Chromium writes it, once for each of its fonts: what is set in the font reads right, the rest is
 * noise. Spaces are left out.
 */
export function textsOf(pdf: Buffer): string[] {
  const streams = streamsOf(pdf)
  const pages = streams.filter((stream) => /\bT[jJ]\b/.test(stream) && !stream.includes('begincmap'))
  return streams
    .filter((stream) => stream.includes('begincmap'))
    .map((stream) => {
      const table = tableOf(stream)
      const decode = (hex: string) => (hex.match(/../g) ?? []).map((code) => table.get(Number.parseInt(code, 16)) ?? '')
      return pages
        .map((page) => [...page.matchAll(/<([0-9A-Fa-f]+)>/g)].flatMap(([, hex = '']) => decode(hex)).join(''))
        .join('\n')
    })
    .map((text) => text.replaceAll(/[ \u00a0]/g, ''))
}
