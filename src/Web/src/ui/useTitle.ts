import { useEffect } from 'react'

/** The document's title; a price may be part of it. */
export function useTitle(text: string): void {
  useEffect(() => {
    document.title = text === '' ? 'Lastro' : `${text} · Lastro`
  }, [text])
}
