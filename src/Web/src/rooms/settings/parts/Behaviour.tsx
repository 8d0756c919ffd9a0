import { useTranslation } from 'react-i18next'
import { changePrefs, usePrefs } from '@/ui/prefs'
import { Switch } from '@/ui/Switch'
import { Section } from './Section'

export function Behaviour() {
  const { t } = useTranslation('settings')
  const prefs = usePrefs()
  return (
    <Section id="behaviour" title={t('behaviour')}>
      <Switch
        label={t('shortcuts')}
        hint={t('shortcutsHint')}
        checked={prefs.shortcuts}
        onChange={(shortcuts) => changePrefs({ shortcuts })}
      />
      <Switch
        label={t('confirmOrders')}
        hint={t('confirmOrdersHint')}
        checked={prefs.confirmOrders}
        onChange={(confirmOrders) => changePrefs({ confirmOrders })}
      />
      <Switch
        label={t('hideAmounts')}
        hint={t('hideAmountsHint')}
        checked={prefs.hideAmounts}
        onChange={(hideAmounts) => changePrefs({ hideAmounts })}
      />
    </Section>
  )
}
