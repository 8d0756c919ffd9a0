import { Link } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Kbd } from '@/ui/bits'
import { ModeWord } from '@/ui/ModeStripe'
import { openPalette } from '@/ui/overlay'
import { Connection, SimulatedLabel } from './Connection'
import { NavLinks } from './NavLinks'
import { HideAmounts, LanguageMenu, ThemeMenu, ZoneSelect } from './Preferences'
import { UserMenu } from './UserMenu'

/** On a phone the two labels that must never be cut stand in a line of their own. */
function PhoneLabels() {
  return (
    <div className="flex h-6 items-center justify-between px-3 sm:hidden">
      <ModeWord />
      <SimulatedLabel />
    </div>
  )
}

export function TopBar() {
  const { t } = useTranslation('shell')
  return (
    <header className="shrink-0 border-b border-line bg-bg1">
      <PhoneLabels />
      <div className="flex h-11 items-center gap-3 px-3 max-sm:gap-1.5 max-sm:pr-1">
        <Link to="/" className="text-em font-semibold">
          Lastro
        </Link>
        <ModeWord className="max-sm:hidden" />
        <NavLinks />
        <span className="shrink-0 max-sm:hidden">
          <SimulatedLabel />
        </span>
        <div className="ml-auto flex min-w-0 shrink-0 items-center gap-1 xl:shrink">
          <button
            type="button"
            onClick={openPalette}
            className="mr-2 flex h-7 w-60 min-w-0 items-center gap-2 rounded-md border border-line-strong bg-field px-2 text-table text-text-3 hover:text-text-1 max-xl:mr-0 max-xl:w-8 max-xl:justify-center max-sm:hidden"
          >
            <Search size={14} strokeWidth={1.75} aria-hidden />
            <span className="grow truncate text-left max-xl:sr-only">{t('searchBox')}</span>
            <span className="max-xl:hidden">
              <Kbd>Ctrl K</Kbd>
            </span>
          </button>
          <Connection />
          <span className="max-xl:hidden">
            <ZoneSelect />
          </span>
          <HideAmounts />
          <span className="flex max-sm:hidden">
            <LanguageMenu />
            <ThemeMenu />
          </span>
          <UserMenu />
        </div>
      </div>
    </header>
  )
}
