const gap = 4
const edge = 8

/** Puts a fixed box under (or above) its anchor, inside the window. */
export function place(box: HTMLElement, anchor: Element, align: 'center' | 'end'): void {
  const at = anchor.getBoundingClientRect()
  const size = box.getBoundingClientRect()
  const wanted = align === 'end' ? at.right - size.width : at.left + at.width / 2 - size.width / 2
  const left = Math.max(edge, Math.min(wanted, window.innerWidth - size.width - edge))
  const below = at.bottom + gap
  const fits = below + size.height <= window.innerHeight - edge
  const top = fits ? below : Math.max(edge, at.top - gap - size.height)
  box.style.left = `${Math.round(left)}px`
  box.style.top = `${Math.round(top)}px`
}
