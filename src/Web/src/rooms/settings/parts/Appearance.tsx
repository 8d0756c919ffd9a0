import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '@/api/types'
import { Percent } from '@/money/Amount'
import { changePrefs, themeOf, usePrefs } from '@/ui/prefs'
import { Segmented } from '@/ui/Segmented'
import { Section } from './Section'

const themes = ['dark', 'light', 'auto'] as const
const palettes = ['seaGlass', 'blueOrange', 'redUp', 'mono'] as const
const densities = ['comfortable', 'compact'] as const

/** A candle pair, a change and the two buttons, drawn with the palette itself. */
function Preview({ palette, theme }: { palette: Settings['palette']; theme: 'dark' | 'light' }) {
  const { t } = useTranslation(['settings', 'common'])
  return (
    <span
      aria-hidden
      data-theme={theme}
      data-palette={palette}
      className="flex items-center gap-3 rounded-md bg-bg1 p-2 text-text-1"
    >
      <svg aria-hidden viewBox="0 0 28 28" className="size-7">
        <path d="M8 3v22" className="stroke-up" strokeWidth="1.5" />
        <rect x="4.5" y="8" width="7" height="11" className="fill-bg1 stroke-up" strokeWidth="1.5" />
        <path d="M20 3v22" className="stroke-down" strokeWidth="1.5" />
        <rect x="16.5" y="7" width="7" height="13" className="fill-down stroke-down" strokeWidth="1.5" />
      </svg>
      <span className="flex w-20 flex-col text-table">
        <span className="flex items-center gap-1 text-up">
          <ArrowUp size={12} />
          <Percent value="2.41" />
        </span>
        <span className="flex items-center gap-1 text-down">
          <ArrowDown size={12} />
          <Percent value="-1.08" />
        </span>
      </span>
      <span className="rounded-md bg-up px-2 py-1 text-table font-semibold text-on-up">{t('common:buy')}</span>
      <span className="rounded-md bg-down px-2 py-1 text-table font-semibold text-on-down">{t('common:sell')}</span>
    </span>
  )
}

export function Appearance() {
  const { t } = useTranslation('settings')
  const prefs = usePrefs()
  const theme = usePrefs(themeOf)
  return (
    <Section id="appearance" title={t('appearance')} hint={t('appearanceHint')}>
      <div className="flex flex-col gap-1">
        <p className="text-table text-text-2">{t('theme')}</p>
        <Segmented
          label={t('theme')}
          value={prefs.theme}
          options={themes.map((value) => ({ value, label: t(`theme_${value}`) }))}
          onChange={(next) => changePrefs({ theme: next })}
        />
      </div>
      <fieldset className="flex flex-col gap-1">
        <legend className="pb-1 text-table text-text-2">{t('palette')}</legend>
        {palettes.map((palette) => (
          <label
            key={palette}
            className={clsx(
              'flex cursor-pointer flex-wrap items-center justify-between gap-2 rounded-md border px-3 py-1.5 has-focus-visible:outline-2 has-focus-visible:outline-focus',
              prefs.palette === palette ? 'border-text-1' : 'border-line-strong hover:bg-bg2',
            )}
          >
            <span className="flex items-center gap-2">
              <input
                type="radio"
                name="palette"
                checked={prefs.palette === palette}
                onChange={() => changePrefs({ palette })}
                className="size-4 accent-primary"
              />
              {t(`palette_${palette}`)}
            </span>
            <Preview palette={palette} theme={theme} />
          </label>
        ))}
      </fieldset>
      <div className="flex flex-col gap-1">
        <p className="text-table text-text-2">{t('density')}</p>
        <Segmented
          label={t('density')}
          value={prefs.density}
          options={densities.map((value) => ({ value, label: t(`density_${value}`) }))}
          onChange={(density) => changePrefs({ density })}
        />
      </div>
    </Section>
  )
}
