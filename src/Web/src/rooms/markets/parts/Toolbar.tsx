import { Download, Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '@/ui/Button'
import { downloadCsv, toCsv } from '@/ui/csv'
import { controlClass } from '@/ui/Field'
import { BareSelect } from '@/ui/Select'
import { Tab, TabList } from '@/ui/Tabs'
import { csvHeader, csvRow, type Filters, type Row, tabs } from '../model'

type ToolbarProps = {
  filters: Filters
  quotes: readonly string[]
  rows: readonly Row[]
  onChange: (patch: Partial<Filters>) => void
}

export function Toolbar({ filters, quotes, rows, onChange }: ToolbarProps) {
  const { t } = useTranslation(['markets', 'common'])
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-3 py-2 max-sm:px-2">
      <TabList label={t('title')} className="min-w-0 border-b-0">
        {tabs.map((tab) => (
          <Tab key={tab} value={tab}>
            {t(`tab_${tab}`)}
          </Tab>
        ))}
      </TabList>
      <search className="ml-auto flex min-w-0 items-center gap-2 max-sm:ml-0 max-sm:w-full">
        <span className="relative min-w-0 grow">
          <Search
            size={14}
            strokeWidth={1.75}
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-text-3"
          />
          <input
            type="search"
            aria-label={t('searchLabel')}
            placeholder={t('searchLabel')}
            value={filters.query}
            onChange={(event) => onChange({ query: event.target.value })}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown') return
              event.preventDefault()
              document.querySelector<HTMLElement>('[data-market-link]')?.focus()
            }}
            className={`${controlClass} w-64 pl-7 max-sm:w-full`}
          />
        </span>
        <BareSelect
          aria-label={t('quoteFilter')}
          value={filters.quote}
          options={[{ value: '', label: t('allQuotes') }, ...quotes.map((quote) => ({ value: quote, label: quote }))]}
          onChange={(quote) => onChange({ quote })}
          className="w-36 shrink-0 max-sm:w-32"
        />
        <IconButton
          label={t('common:csv')}
          icon={<Download size={16} strokeWidth={1.75} aria-hidden />}
          onClick={() => downloadCsv('lastro-markets.csv', toCsv(csvHeader, rows.map(csvRow)))}
        />
      </search>
    </div>
  )
}
