import { Link } from '@tanstack/react-router'
import { Search, Settings } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { openPalette } from '@/ui/overlay'
import { pageIcons, useTradeSymbol } from './nav'

const top =
  'flex h-8 shrink-0 items-center rounded-md px-2 whitespace-nowrap text-text-2 hover:text-text-1 aria-[current=page]:font-semibold aria-[current=page]:text-text-1 aria-[current=page]:underline aria-[current=page]:decoration-2 aria-[current=page]:underline-offset-[6px]'

export function NavLinks() {
  const { t } = useTranslation('shell')
  const symbol = useTradeSymbol()
  return (
    <nav
      aria-label={t('mainNav')}
      className="flex min-w-0 items-center gap-1 overflow-x-auto [scrollbar-width:none] max-sm:hidden"
    >
      <Link to="/markets" className={top}>
        {t('markets')}
      </Link>
      <Link to="/trade/$symbol" params={{ symbol }} className={top}>
        {t('trade')}
      </Link>
      <Link to="/orders" activeOptions={{ exact: true, includeSearch: false }} className={top}>
        {t('orders')}
      </Link>
      <Link to="/orders/scheduled" className={top}>
        {t('scheduled')}
      </Link>
      <Link to="/wallet" className={top}>
        {t('wallet')}
      </Link>
      <Link to="/strategies" className={top}>
        {t('strategies')}
      </Link>
      <Link to="/lab" search={{}} className={top}>
        {t('lab')}
      </Link>
    </nav>
  )
}

const bottom =
  'flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-label text-text-2 aria-[current=page]:font-semibold aria-[current=page]:text-text-1'

/** The phone's way around, at the thumb. */
export function BottomBar() {
  const { t } = useTranslation('shell')
  const symbol = useTradeSymbol()
  const icon = { size: 20, strokeWidth: 1.75, 'aria-hidden': true }
  const { markets: Markets, trade: Trade, wallet: Wallet } = pageIcons
  return (
    <nav
      aria-label={t('bottomNav')}
      className="flex h-14 shrink-0 border-t border-line bg-bg1 pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <Link to="/markets" className={bottom}>
        <Markets {...icon} />
        {t('markets')}
      </Link>
      <Link to="/trade/$symbol" params={{ symbol }} className={bottom}>
        <Trade {...icon} />
        {t('trade')}
      </Link>
      <Link to="/wallet" className={bottom}>
        <Wallet {...icon} />
        {t('wallet')}
      </Link>
      <button type="button" className={bottom} onClick={openPalette}>
        <Search {...icon} />
        {t('searchShort')}
      </button>
      <Link to="/settings" className={bottom}>
        <Settings {...icon} />
        {t('settings')}
      </Link>
    </nav>
  )
}
