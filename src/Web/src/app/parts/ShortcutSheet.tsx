import { useTranslation } from 'react-i18next'
import { Kbd } from '@/ui/bits'
import { Dialog } from '@/ui/Dialog'
import { closeOverlay } from '@/ui/overlay'
import { usePrefs } from '@/ui/prefs'

const groups = [
  {
    title: 'keysAnywhere',
    rows: [
      ['Ctrl K', 'keyPalette'],
      ['/', 'keyPalette'],
      ['?', 'keySheet'],
      ['h', 'keyHide'],
      ['g m', 'keyMarkets'],
      ['g t', 'keyTrade'],
      ['g o', 'keyOrders'],
      ['g w', 'keyWallet'],
      ['g r', 'keyStrategies'],
      ['g l', 'keyLab'],
      ['g s', 'keySettings'],
    ],
  },
  {
    title: 'keysTrade',
    rows: [
      ['b', 'keyBuy'],
      ['s', 'keySell'],
      ['Esc', 'keyEscape'],
      ['1 – 9', 'keyInterval'],
    ],
  },
  {
    title: 'keysTables',
    rows: [
      ['↑ ↓', 'keyArrows'],
      ['Enter', 'keyOpen'],
    ],
  },
] as const

export function ShortcutSheet() {
  const { t } = useTranslation('shell')
  const on = usePrefs((prefs) => prefs.shortcuts)
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => {
        if (!open) closeOverlay()
      }}
      title={t('shortcuts')}
      description={on ? t('shortcutsOn') : t('shortcutsOff')}
    >
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {groups.map((group) => (
          <section key={group.title} className="first:row-span-2">
            <h3 className="panel-label pb-1">{t(group.title)}</h3>
            <dl>
              {group.rows.map(([keys, what]) => (
                <div key={keys} className="flex items-center justify-between gap-4 border-t border-line py-1">
                  <dt>{t(what)}</dt>
                  <dd className="flex gap-1">
                    {keys.split(' ').map((key) => (key === '–' ? key : <Kbd key={key}>{key}</Kbd>))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
