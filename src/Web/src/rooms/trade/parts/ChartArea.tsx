import clsx from 'clsx'
import { type ComponentProps, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Skeleton } from '@/ui/states'
import { DepthChart } from '../depth'
import { ChartPanel } from './ChartPanel'

type View = 'price' | 'depth'
const views: readonly View[] = ['price', 'depth']

/** The price over time, or what stands in the book now. */
export function ChartArea(props: ComponentProps<typeof ChartPanel>) {
  const { t } = useTranslation('trade')
  const [view, setView] = useState<View>('price')
  return (
    <div className="flex min-h-0 min-w-0 flex-col bg-bg1">
      {/* biome-ignore lint/a11y/useSemanticElements: a row of toggles is no fieldset */}
      <div role="group" aria-label={t('chartView')} className="flex shrink-0 gap-0.5 px-1 pt-1">
        {views.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === view}
            onClick={() => setView(each)}
            className={clsx(
              'h-6 rounded-md px-2 text-table text-text-2 hover:bg-bg2 hover:text-text-1 max-sm:h-9 max-sm:px-3',
              each === view && 'bg-bg2 font-semibold text-text-1',
            )}
          >
            {t(each === 'price' ? 'chartPrice' : 'chartDepth')}
          </button>
        ))}
      </div>
      <div className="flex min-h-0 grow flex-col *:min-h-0 *:grow">
        {view === 'price' ? (
          <ChartPanel {...props} />
        ) : (
          <Suspense fallback={<Skeleton className="m-2" />}>
            <DepthChart instrument={props.instrument} />
          </Suspense>
        )}
      </div>
    </div>
  )
}
