import { useTranslation } from 'react-i18next'
import { formatTime, zoneLabel } from '@/i18n/time'
import { formatDecimal } from '@/money/format'
import { changePrefs, languageNames, languageOf, languages, useLocale, usePrefs, useZone } from '@/ui/prefs'
import { Select } from '@/ui/Select'
import { useNow } from '@/ui/useNow'
import { zoneOptions } from '@/ui/zones'
import { Section } from './Section'

const numberLocales = ['en-US', 'pt-BR', 'ru-RU', 'es-ES', 'de-DE', 'de-CH', 'en-IN', 'sv-SE'] as const
const sample = '1234567.89'

export function Region() {
  const { t } = useTranslation('settings')
  const prefs = usePrefs()
  const locale = useLocale()
  const zone = useZone()
  const now = useNow()
  const show = (each: string) => formatDecimal(sample, { locale: each, min: 2, max: 2 })
  const numbers = [
    { value: '', label: t('followLanguage') },
    ...numberLocales.map((each) => ({ value: each, label: `${show(each)} (${each})` })),
  ]
  return (
    <Section id="region" title={t('region')} hint={t('regionHint')}>
      <Select
        label={t('language')}
        value={languageOf(prefs)}
        options={languages.map((language) => ({ value: language, label: languageNames[language] }))}
        onChange={(language) => changePrefs({ language })}
      />
      <Select
        label={t('numberFormat')}
        hint={t('numberSample', { sample: show(locale) })}
        value={prefs.numberFormat ?? ''}
        options={numbers}
        onChange={(format) => changePrefs({ numberFormat: format === '' ? null : format })}
      />
      <Select
        label={t('timeZone')}
        hint={t('timeSample', {
          time: formatTime(now, 'dateTimeSeconds', locale, zone),
          zone: zoneLabel(zone, locale),
        })}
        value={prefs.timeZone ?? ''}
        options={zoneOptions(t('browserZone'))}
        onChange={(next) => changePrefs({ timeZone: next === '' ? null : next })}
      />
    </Section>
  )
}
