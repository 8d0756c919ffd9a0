import { Outlet } from '@tanstack/react-router'
import { TooltipScope } from '@/ui/Tooltip'
import { Toasts } from '@/ui/toast'

export function Shell() {
  return (
    <TooltipScope>
      <div className="flex min-h-dvh flex-col">
        <div className="mode-stripe" aria-hidden />
        <main id="main" className="flex grow flex-col">
          <Outlet />
        </main>
      </div>
      <Toasts />
    </TooltipScope>
  )
}
