import { usePrefs } from '@/ui/prefs'
import { useIsPhone } from '@/ui/useMedia'

const phoneHeight = 56

/** The height of a market row; the same number drives the virtual list and the row's style. */
export function useRowHeight(): number {
  const compact = usePrefs((prefs) => prefs.density === 'compact')
  return useIsPhone() ? phoneHeight : compact ? 28 : 36
}
