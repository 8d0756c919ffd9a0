import { useMemo } from 'react'
import { type IndicatorName, type Interval, isIndicator, isInterval } from '@/chart'
import { changePrefs, usePrefs } from '@/ui/prefs'

/** Interval and indicators live in the user's settings, so that a second browser shows the same chart. */
export function useChartPrefs() {
  const stored = usePrefs((p) => p.chart)
  return useMemo(() => {
    const interval: Interval = stored !== null && isInterval(stored.interval) ? stored.interval : '15m'
    const indicators: readonly IndicatorName[] = (stored?.indicators ?? []).filter(isIndicator)
    return {
      interval,
      indicators,
      setInterval: (next: Interval) => changePrefs({ chart: { interval: next, indicators: [...indicators] } }),
      setIndicators: (next: IndicatorName[]) => changePrefs({ chart: { interval, indicators: next } }),
    }
  }, [stored])
}
