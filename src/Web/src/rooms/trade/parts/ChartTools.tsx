import clsx from 'clsx'
import { ChartNoAxesCombined, Check, ChevronDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type IndicatorName, type Interval, indicatorLabels, indicatorNames, intervals } from '@/chart'
import { Menu, MenuItem } from '@/ui/Menu'

/** The nine that have keys 1 to 9; the others stand in the menu. */
export const pinned: readonly Interval[] = ['1m', '5m', '15m', '30m', '1h', '4h', '1d', '1w', '1M']
const rest = intervals.filter((interval) => !pinned.includes(interval))

type Props = {
  interval: Interval
  indicators: readonly IndicatorName[]
  onInterval: (interval: Interval) => void
  onIndicators: (indicators: IndicatorName[]) => void
  zone: string
}

const tool =
  'inline-flex h-7 items-center gap-1 rounded-md px-2 text-table whitespace-nowrap text-text-2 hover:bg-bg2 hover:text-text-1 max-sm:h-10 max-sm:px-3'
const chosen = 'bg-bg2 font-semibold text-text-1'

export function ChartTools({ interval, indicators, onInterval, onIndicators, zone }: Props) {
  const { t } = useTranslation('trade')
  const toggle = (name: IndicatorName) =>
    onIndicators(indicators.includes(name) ? indicators.filter((n) => n !== name) : [...indicators, name])
  return (
    <div className="flex h-9 shrink-0 items-center gap-0.5 overflow-x-auto overflow-y-hidden border-b border-line px-1 max-sm:h-11">
      {/* biome-ignore lint/a11y/useSemanticElements: a row of toggles is no fieldset */}
      <div role="group" aria-label={t('interval')} className="flex items-center gap-0.5">
        {pinned.map((each, i) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === interval}
            title={t('keyHint', { key: i + 1 })}
            onClick={() => onInterval(each)}
            className={clsx(tool, each === interval && chosen)}
          >
            {each}
          </button>
        ))}
        <Menu
          label={t('moreIntervals')}
          trigger={
            <button
              type="button"
              aria-label={rest.includes(interval) ? `${t('moreIntervals')}: ${interval}` : t('moreIntervals')}
              className={clsx(tool, rest.includes(interval) && chosen)}
            >
              {rest.includes(interval) ? interval : null}
              <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
            </button>
          }
        >
          {rest.map((each) => (
            <MenuItem key={each} onSelect={() => onInterval(each)} chosen={each === interval}>
              {each}
            </MenuItem>
          ))}
        </Menu>
      </div>
      <Menu
        label={t('indicators')}
        trigger={
          <button type="button" className={tool}>
            <ChartNoAxesCombined size={14} strokeWidth={1.75} aria-hidden />
            {t('indicators')}
          </button>
        }
      >
        {indicatorNames.map((name) => (
          <MenuItem
            key={name}
            onSelect={() => toggle(name)}
            chosen={indicators.includes(name)}
            hint={indicators.includes(name) ? <Check size={14} strokeWidth={1.75} aria-hidden /> : null}
          >
            {indicatorLabels[name]}
          </MenuItem>
        ))}
      </Menu>
      <span className="ml-auto pr-2 pl-3 text-label whitespace-nowrap text-text-3">{zone}</span>
    </div>
  )
}
