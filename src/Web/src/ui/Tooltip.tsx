import { Slot } from 'radix-ui'
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { place } from './place'

const waitMs = 400

/**
 * A hint on hover and on keyboard focus; Escape hides it. Give interactive children only: a tooltip must be reachable
 * by keyboard. Radix's own needs its positioning library (18 kB gzipped), which nothing else here does.
 */
export function Tip({ text, children }: { text: ReactNode; children: ReactNode }) {
  const id = useId()
  const anchor = useRef<HTMLElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const [open, setOpen] = useState(false)
  const hide = () => {
    clearTimeout(timer.current)
    setOpen(false)
  }
  const show = (wait: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setOpen(true), wait)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useLayoutEffect(() => {
    if (open && box.current && anchor.current) place(box.current, anchor.current, 'center')
  }, [open])
  return (
    <>
      <Slot.Root
        ref={anchor}
        aria-describedby={open ? id : undefined}
        onPointerEnter={(event) => {
          if (event.pointerType === 'mouse') show(waitMs)
        }}
        onPointerLeave={hide}
        onPointerDown={hide}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) show(0)
        }}
        onBlur={hide}
        onKeyDown={(event) => {
          if (event.key === 'Escape') hide()
        }}
      >
        {children}
      </Slot.Root>
      {open
        ? createPortal(
            <div
              ref={box}
              id={id}
              role="tooltip"
              className="fade-in pointer-events-none fixed z-50 max-w-72 rounded-md border border-line-strong bg-bg2 px-2 py-1 text-table text-text-1"
            >
              {text}
            </div>,
            document.body,
          )
        : null}
    </>
  )
}
