import { useLayoutEffect, useRef, useState } from 'react'

const HEADER_AND_MIDDLE = 20 + 34
const MOST = 20
const FEWEST = 5

/** How many rows per side the panel has room for; the height of a row comes from the density token. */
export function useRowsThatFit() {
  const box = useRef<HTMLDivElement>(null)
  const [count, setCount] = useState(12)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const measure = () => {
      const row = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--book-row')) || 20
      const fit = Math.floor((element.clientHeight - HEADER_AND_MIDDLE) / 2 / row)
      setCount(Math.max(FEWEST, Math.min(MOST, fit)))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { box, count }
}
