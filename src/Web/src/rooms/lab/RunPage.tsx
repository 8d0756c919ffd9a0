import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isOver, type Run, reportQuery, runQuery } from '@/api/backtests'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { Tab, TabList, TabPanel, Tabs } from '@/ui/Tabs'
import { useTitle } from '@/ui/useTitle'
import { readSort } from './model/report'
import { Assumptions } from './parts/Assumptions'
import { Cards } from './parts/Cards'
import { ConventionRows } from './parts/Conventions'
import { Curves } from './parts/Curves'
import { Doubts } from './parts/Doubts'
import { Months } from './parts/Months'
import { Progress } from './parts/Progress'
import { RunHeader } from './parts/RunHeader'
import { Shares } from './parts/Shares'
import { TradeChart } from './parts/TradeChart'
import { PrintedTrades, TradeList } from './parts/TradeList'
import { Warnings } from './parts/Warnings'
import { useJobs } from './useJobs'

const fallbackMs = 3_000

/** One run: under way with its progress, then the report. Leaving changes nothing: it goes on at the server. */
export function RunPage() {
  const { t } = useTranslation('lab')
  const { run: id } = useParams({ from: '/lab/$run' })
  const go = useNavigate()
  const run = useQuery({
    ...runQuery(id),
    refetchInterval: (query) =>
      query.state.data !== undefined && !isOver(query.state.data.status) ? fallbackMs : false,
  })
  useTitle(run.data?.strategy.name ?? t('title'))
  useJobs()
  if (run.isError) return <ErrorState what={t('runFailed')} error={run.error} retry={() => void run.refetch()} />
  if (run.data === undefined) return <SkeletonRows rows={10} />
  return (
    <div
      className="flex min-h-0 grow flex-col overflow-y-auto bg-bg1 print:overflow-visible"
      data-run={id}
      data-status={run.data.status}
    >
      <RunHeader run={run.data} kind="backtest" onDeleted={() => void go({ to: '/lab', search: {} })} />
      {run.data.status === 'done' ? (
        <Done run={run.data} />
      ) : isOver(run.data.status) ? (
        <Stopped run={run.data} />
      ) : (
        <div className="max-w-xl p-4 max-sm:p-3">
          <Progress
            label={t('progressOf', { name: run.data.strategy.name })}
            value={run.data.progress}
            status={run.data.status}
            queuePosition={run.data.queuePosition}
          />
          <p className="pt-2 text-table text-text-3">{t('mayLeave')}</p>
        </div>
      )}
    </div>
  )
}

/** Why there is no report. */
export function Stopped({ run }: { run: Run }) {
  const { t, i18n } = useTranslation('lab')
  if (run.status === 'canceled') return <EmptyState text={t('wasCanceled')} />
  const code = run.error?.code ?? ''
  return (
    <div role="alert" className="flex flex-col gap-2 p-4 max-sm:p-3">
      <p className="font-semibold text-down">{t('wasFailed')}</p>
      <p>{i18n.exists(`lab:job_${code}`) ? t(`job_${code}`) : (run.error?.detail ?? code)}</p>
      {run.error?.detail ? <p className="text-table text-text-3">{run.error.detail}</p> : null}
    </div>
  )
}

const tabs = ['overview', 'trades', 'chart', 'conventions'] as const

function Done({ run }: { run: Run }) {
  const { t } = useTranslation('lab')
  const search = useSearch({ from: '/lab/$run' })
  const go = useNavigate({ from: '/lab/$run' })
  const report = useQuery(reportQuery(run.id))
  if (report.isError)
    return <ErrorState what={t('reportFailed')} error={report.error} retry={() => void report.refetch()} />
  if (report.data === undefined) return <SkeletonRows rows={12} />
  const tab = tabs.find((each) => each === search.tab) ?? 'overview'
  const quote = quoteOf(run)
  const { tab: _tab, at: _at, ...kept } = search
  return (
    <>
      <Warnings report={report.data} run={run} />
      <Cards report={report.data} quote={quote} />
      <Tabs
        value={tab}
        onChange={(next) => void go({ search: next === 'overview' ? kept : { ...kept, tab: next }, replace: true })}
        className="flex grow flex-col"
      >
        <TabList label={t('report')} className="shrink-0 px-3 max-sm:px-2 print:hidden">
          {tabs.map((each) => (
            <Tab key={each} value={each}>
              {t(`tab_${each}`)}
            </Tab>
          ))}
        </TabList>
        <TabPanel value="overview">
          <Curves run={run} report={report.data} />
          <div className="grid gap-x-8 gap-y-2 px-4 max-sm:px-3 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <div className="min-w-0">
              <Months runId={run.id} start={report.data.start} />
              <Doubts doubts={run.summary?.doubts} />
            </div>
            <Assumptions run={run} report={report.data} quote={quote} />
            <Shares run={run} report={report.data} quote={quote} />
          </div>
          <PrintedTrades report={report.data} run={run} />
        </TabPanel>
        <TabPanel value="trades" className="flex min-h-96 grow flex-col">
          <TradeList
            run={run}
            report={report.data}
            quote={quote}
            sort={readSort(search.sort)}
            onSort={(sort) => void go({ search: { ...search, sort }, replace: true })}
            onShow={(at, symbol) => void go({ search: { ...kept, tab: 'chart', at: String(at), pair: symbol } })}
          />
        </TabPanel>
        <TabPanel value="chart" className="flex min-h-[32rem] grow flex-col">
          <TradeChart
            run={run}
            report={report.data}
            symbol={run.symbols.find((each) => each === search.pair) ?? run.symbols[0] ?? ''}
            at={Number(search.at ?? Number.NaN)}
            onSymbol={(pair) => void go({ search: { ...kept, tab: 'chart', pair }, replace: true })}
          />
        </TabPanel>
        <TabPanel value="conventions">
          <ConventionRows report={report.data} />
        </TabPanel>
      </Tabs>
    </>
  )
}

const quotes = ['USDT', 'USDC', 'FDUSD', 'BUSD', 'BRL', 'EUR', 'BTC', 'ETH', 'BNB']

/** The money the run counts in: the quote of its pairs. */
const quoteOf = (run: Run): string => quotes.find((quote) => run.symbols[0]?.endsWith(quote)) ?? ''
