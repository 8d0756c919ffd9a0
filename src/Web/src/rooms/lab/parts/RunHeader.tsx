import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ArrowLeft, Bot, Download, Ellipsis, Printer, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOver, type Kind, type Run, readFile } from '@/api/backtests'
import { Button } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { downloadCsv } from '@/ui/csv'
import { Dialog } from '@/ui/Dialog'
import { Menu, MenuItem } from '@/ui/Menu'
import { useNotifyProblem } from '@/ui/toast'
import { useIsPhone } from '@/ui/useMedia'
import { writeDraft } from '../draftStore'
import { draftOf } from '../model/form'
import { EndButton } from './Runs'

type Props = { run: Run; kind: Kind; onDeleted: () => void }

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true }

/** Which run this is, and what can be done with it. */
export function RunHeader({ run, kind, onDeleted }: Props) {
  const { t } = useTranslation(['lab', 'common'])
  const go = useNavigate()
  const failed = useNotifyProblem()
  const [bot, setBot] = useState(false)
  const phone = useIsPhone()
  const file = useMutation({
    mutationFn: async (name: 'trades' | 'equity') =>
      downloadCsv(`lastro-${name}-${run.id}.csv`, await readFile(run.id, name)),
    onError: failed,
  })
  const again = () => {
    writeDraft(draftOf(run, Date.now()))
    void go({ to: '/lab', search: {} })
  }
  const done = run.status === 'done'
  const version = run.strategy.version === null ? '' : ` · ${t('version', { n: run.strategy.version })}`
  const extras = [
    { key: 'trades', text: t('tradesCsv'), Icon: Download, run: () => file.mutate('trades') },
    { key: 'equity', text: t('equityCsv'), Icon: Download, run: () => file.mutate('equity') },
    { key: 'print', text: t('print'), Icon: Printer, run: () => window.print() },
    { key: 'bot', text: t('makeBot'), Icon: Bot, run: () => setBot(true) },
  ]
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2 max-sm:px-3">
      <div className="flex min-w-0 grow items-center gap-x-2 max-sm:basis-full">
        <Link
          to="/lab"
          search={{}}
          aria-label={t('backToLab')}
          className="grid size-8 shrink-0 place-items-center rounded-md text-text-2 hover:bg-bg2 hover:text-text-1 max-sm:size-11 print:hidden"
        >
          <ArrowLeft {...icon} />
        </Link>
        <div className="min-w-0">
          <h1 className="truncate text-em font-semibold">
            <StrategyName strategy={run.strategy} />
          </h1>
          <p className="text-table text-text-2">
            {run.symbols.join(', ')} · {run.timeframe} · <Time at={run.from} style="date" /> –{' '}
            <Time at={run.to} style="date" />
            {version}
            {run.simulated ? <span className="text-warn"> · {t('simulated')}</span> : null}
          </p>
        </div>
      </div>
      <span className="flex flex-wrap items-center gap-2 max-sm:w-full max-sm:justify-end print:hidden">
        {done && kind === 'backtest' && !phone
          ? extras.map(({ key, text, Icon, run: press }) => (
              <Button key={key} variant="ghost" onClick={press}>
                <Icon {...icon} />
                {text}
              </Button>
            ))
          : null}
        <Button onClick={again} disabled={run.strategy.id === null}>
          <RotateCcw {...icon} />
          {t('runAgain')}
        </Button>
        {done && kind === 'backtest' && phone ? (
          <Menu label={t('more')} icon={<Ellipsis {...icon} />}>
            {extras.map(({ key, text, Icon, run: press }) => (
              <MenuItem key={key} icon={<Icon {...icon} />} onSelect={press}>
                {text}
              </MenuItem>
            ))}
          </Menu>
        ) : null}
        <EndButton run={run} kind={kind} {...(isOver(run.status) ? { onDone: onDeleted } : {})} />
      </span>
      <Dialog open={bot} onOpenChange={setBot} title={t('makeBot')} description={t('botsLater')}>
        <Button className="self-end" onClick={() => setBot(false)}>
          {t('common:close')}
        </Button>
      </Dialog>
    </header>
  )
}

/** Leads to the rules as they are now; a built-in strategy is opened as a start. */
function StrategyName({ strategy }: { strategy: Run['strategy'] }) {
  const { t } = useTranslation('lab')
  const name = strategy.name === '' ? t('title') : strategy.name
  if (strategy.id === null) return name
  const own = /^[0-9a-f-]{36}$/.test(strategy.id)
  return (
    <Link
      to="/strategies/$id"
      params={{ id: own ? strategy.id : 'new' }}
      search={own ? {} : { from: strategy.id }}
      className="underline-offset-4 hover:underline"
    >
      {name}
    </Link>
  )
}
