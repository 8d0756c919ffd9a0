import { Eye, EyeOff, Languages, Moon, Sun, SunMoon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { zoneLabel } from '@/i18n/time'
import { IconButton } from '@/ui/Button'
import { Menu, MenuItem } from '@/ui/Menu'
import { changePrefs, languageNames, languageOf, languages, useLocale, usePrefs, useZone } from '@/ui/prefs'
import { BareSelect } from '@/ui/Select'
import { zoneOptions } from '@/ui/zones'

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true }

export function HideAmounts() {
  const { t } = useTranslation('shell')
  const hidden = usePrefs((prefs) => prefs.hideAmounts)
  return (
    <>
      <IconButton
        label={t('hideAmounts')}
        hint={`${hidden ? t('showAmounts') : t('hideAmounts')} (h)`}
        aria-pressed={hidden}
        icon={hidden ? <EyeOff {...icon} /> : <Eye {...icon} />}
        onClick={() => changePrefs({ hideAmounts: !hidden })}
      />
      <span role="status" className="sr-only">
        {hidden ? t('amountsHidden') : t('amountsShown')}
      </span>
    </>
  )
}

export const themeIcons = { dark: Moon, light: Sun, auto: SunMoon }
export const themes = ['dark', 'light', 'auto'] as const

export function ThemeMenu() {
  const { t } = useTranslation('shell')
  const theme = usePrefs((prefs) => prefs.theme)
  const Current = themeIcons[theme]
  return (
    <Menu label={`${t('theme')}: ${t(`theme_${theme}`)}`} icon={<Current {...icon} />}>
      {themes.map((each) => {
        const Icon = themeIcons[each]
        return (
          <MenuItem
            key={each}
            icon={<Icon {...icon} />}
            chosen={each === theme}
            onSelect={() => changePrefs({ theme: each })}
          >
            {t(`theme_${each}`)}
          </MenuItem>
        )
      })}
    </Menu>
  )
}

export function LanguageMenu() {
  const { t } = useTranslation('shell')
  const language = usePrefs(languageOf)
  return (
    <Menu label={`${t('language')}: ${languageNames[language]}`} icon={<Languages {...icon} />}>
      {languages.map((each) => (
        <MenuItem key={each} chosen={each === language} onSelect={() => changePrefs({ language: each })}>
          <span lang={each}>{languageNames[each]}</span>
        </MenuItem>
      ))}
    </Menu>
  )
}

export function ZoneSelect() {
  const { t } = useTranslation('shell')
  const zone = useZone()
  const locale = useLocale()
  const stored = usePrefs((prefs) => prefs.timeZone)
  return (
    <BareSelect
      aria-label={t('timeZone')}
      value={stored ?? ''}
      options={zoneOptions(t('zoneBrowser', { zone: zoneLabel(zone, locale) }))}
      onChange={(next) => changePrefs({ timeZone: next === '' ? null : next })}
      quiet
      className="w-36"
    />
  )
}
