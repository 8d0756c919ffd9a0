import clsx from 'clsx'
import { Slot } from 'radix-ui'
import { createContext, type KeyboardEvent, type ReactElement, type ReactNode, use, useId, useRef } from 'react'
import { place } from './place'

const CloseMenu = createContext<() => void>(() => undefined)

/** The trigger is an icon, or a button of one's own (which gets the props a trigger needs). */
type MenuProps = { label: string; children: ReactNode } & ({ icon: ReactNode } | { trigger: ReactElement })

const itemsOf = (menu: Element): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')]

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const items = itemsOf(event.currentTarget)
  const at = items.indexOf(document.activeElement as HTMLElement)
  const next: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }
  const wanted = next[event.key]
  if (wanted === undefined) return
  event.preventDefault()
  items.at(wanted >= items.length ? 0 : wanted)?.focus()
}

/** A button with a menu below it. The platform's popover closes it on Escape and on a press outside. */
export function Menu(props: MenuProps) {
  const { label, children } = props
  const id = useId()
  const trigger = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const wiring = { ref: trigger, popoverTarget: id, 'aria-haspopup': 'menu' } as const
  return (
    <>
      {'trigger' in props ? (
        <Slot.Root {...(wiring as object)}>{props.trigger}</Slot.Root>
      ) : (
        <button
          type="button"
          {...wiring}
          aria-label={label}
          title={label}
          className="inline-grid size-8 shrink-0 place-items-center rounded-md text-text-2 hover:bg-bg2 hover:text-text-1 max-sm:size-11"
        >
          {props.icon}
        </button>
      )}
      <div
        ref={box}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        onKeyDown={moveFocus}
        onToggle={(event) => {
          if (event.newState !== 'open' || !trigger.current) return
          place(event.currentTarget, trigger.current, 'end')
          itemsOf(event.currentTarget)[0]?.focus()
        }}
        className="fade-in fixed m-0 max-h-[80dvh] min-w-52 overflow-auto rounded-lg border border-line-strong bg-bg1 p-1 text-text-1 shadow-dialog"
      >
        <CloseMenu value={() => box.current?.hidePopover()}>{children}</CloseMenu>
      </div>
    </>
  )
}

type ItemProps = {
  onSelect: () => void
  icon?: ReactNode
  hint?: ReactNode
  chosen?: boolean
  children: ReactNode
}

export function MenuItem({ onSelect, icon, hint, chosen = false, children }: ItemProps) {
  const close = use(CloseMenu)
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-current={chosen || undefined}
      onClick={() => {
        close()
        onSelect()
      }}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
      className={clsx(
        'flex h-control w-full items-center gap-2 rounded-md px-2 text-left whitespace-nowrap outline-none focus:bg-bg2',
        chosen && 'font-semibold',
      )}
    >
      {icon}
      <span className="grow">{children}</span>
      {hint}
    </button>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="px-2 py-1 text-table text-text-3">{children}</div>
}

export function MenuLine() {
  return <hr className="my-1 border-line" />
}
