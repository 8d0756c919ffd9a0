import { useQuery } from '@tanstack/react-query'
import { useBlocker, useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { indicatorsQuery, type StrategyDocument, type StrategyItem } from '@/api/strategies'
import { Button } from '@/ui/Button'
import { ConfirmDialog, Dialog } from '@/ui/Dialog'
import { lastSymbol } from '@/ui/lastSymbol'
import { ErrorState } from '@/ui/states'
import { notify } from '@/ui/toast'
import { useTitle } from '@/ui/useTitle'
import { Definitions } from './parts/Definitions'
import { Exits } from './parts/Exits'
import { Guards } from './parts/Guards'
import { JsonDialog } from './parts/JsonDialog'
import { Inputs } from './parts/Names'
import { Preview } from './parts/Preview'
import { RuleSection } from './parts/RuleSection'
import { Sizing } from './parts/Sizing'
import { Toolbar } from './parts/Toolbar'
import { Versions } from './parts/Versions'
import { useEditor } from './useEditor'
import { useRules } from './useRules'
import { useSave } from './useSave'

type Props = { strategy: StrategyItem | null; initial: StrategyDocument }
type Open = 'versions' | 'json' | 'bot' | null

const noErrors = [] as const

/** Rules as blocks and text, with what they would have done beside them. */
export function Editor({ strategy, initial }: Props) {
  const { t } = useTranslation(['strategies', 'common'])
  const go = useNavigate()
  const editor = useEditor(initial)
  const { document, edit } = editor
  const rules = useRules(document)
  const saved = useSave(strategy, initial)
  const indicators = useQuery(indicatorsQuery)
  const catalog = useMemo(() => new Map((indicators.data ?? []).map((each) => [each.name, each])), [indicators.data])
  const [symbol, setSymbol] = useState(() => lastSymbol() ?? 'BTCUSDT')
  const [open, setOpen] = useState<Open>(null)
  const changed = saved.isChanged(document)
  useTitle(document.name ?? '')
  const blocker = useBlocker({ shouldBlockFn: () => changed, enableBeforeUnload: () => changed, withResolver: true })
  const errors = rules.isCurrent && rules.answer !== null ? rules.answer.errors : noErrors
  const isValid = rules.isCurrent && rules.answer?.valid === true
  const settings = errors.filter((error) => !/^(enter|exit|define\.)/.test(error.field))
  const save = (then?: (kept: StrategyItem) => void) => {
    if (rules.isCurrent && !isValid) {
      notify.failed(t('cannotSave', { count: errors.length }))
      return
    }
    saved.save(document, (kept) => {
      notify.done(t('savedAs', { n: kept.version }))
      if (then) then(kept)
      else if (strategy?.id !== kept.id)
        void go({ to: '/strategies/$id', params: { id: kept.id }, search: {}, replace: true, ignoreBlocker: true })
    })
  }
  const test = () => {
    const leave = (kept: StrategyItem) =>
      void go({ to: '/lab', search: { strategy: kept.id, pair: symbol }, ignoreBlocker: true })
    if (saved.kept !== null && !saved.kept.builtIn && !changed) leave(saved.kept)
    else save(leave)
  }
  const keys = (event: KeyboardEvent) => {
    const inDialog = event.target instanceof Element && event.target.closest('[role="dialog"]') !== null
    if (!(event.ctrlKey || event.metaKey) || event.altKey || inDialog) return
    const key = event.key.toLowerCase()
    const back = key === 'z' && !event.shiftKey
    if (!back && key !== 'y' && key !== 'z') return
    event.preventDefault()
    if (back) editor.undo()
    else editor.redo()
  }
  const replace = (next: StrategyDocument) => {
    edit(next)
    setOpen(null)
  }
  const shared = { document, edit, rules, catalog }
  const status = changed || saved.kept === null ? t('notSaved') : t('versionNumber', { n: saved.kept.version })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: undo and redo work wherever the focus stands
    <div onKeyDown={keys} className="flex grow flex-col bg-bg1 max-xl:shrink-0 xl:min-h-0">
      <Toolbar
        document={document}
        edit={edit}
        errors={errors}
        status={status}
        canUndo={editor.canUndo}
        canRedo={editor.canRedo}
        undo={editor.undo}
        redo={editor.redo}
        onVersions={saved.kept === null || saved.kept.builtIn ? null : () => setOpen('versions')}
        onJson={() => setOpen('json')}
        onBot={() => setOpen('bot')}
        saving={saved.saving}
        onSave={() => save()}
        onTest={test}
      />
      <div className="grid grow grid-cols-[minmax(0,1fr)] max-xl:content-start xl:min-h-0 xl:grid-cols-[minmax(0,1fr)_minmax(30rem,38%)]">
        <div className="min-w-0 xl:overflow-y-auto">
          {rules.error ? <ErrorState what={t('checkFailed')} error={rules.error} retry={rules.retry} /> : null}
          {indicators.isError ? (
            <ErrorState what={t('catalogFailed')} error={indicators.error} retry={() => void indicators.refetch()} />
          ) : null}
          <RuleSection field="enter" title={t('enter')} {...shared} />
          {document.exit === null || document.exit === undefined || document.exit === '' ? (
            <section
              aria-label={t('exit')}
              className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-3 max-sm:px-3"
            >
              <h2 className="text-em font-semibold">{t('exit')}</h2>
              <p className="grow text-table text-text-3">{t('noExit')}</p>
              <Button small onClick={() => edit({ ...document, exit: 'close < sma(close, 20)' })}>
                {t('addExit')}
              </Button>
            </section>
          ) : (
            <RuleSection
              field="exit"
              title={t('exit')}
              tools={
                <Button small variant="ghost" onClick={() => edit({ ...document, exit: null })}>
                  {t('removeExit')}
                </Button>
              }
              {...shared}
            />
          )}
          <Exits document={document} edit={edit} errors={settings} answer={rules.answer} />
          <Inputs document={document} edit={edit} errors={settings} />
          <Definitions {...shared} />
          <Sizing document={document} edit={edit} errors={settings} answer={rules.answer} />
          <Guards document={document} edit={edit} errors={settings} answer={rules.answer} />
        </div>
        <div className="min-w-0 border-line max-xl:border-t xl:overflow-y-auto xl:border-l">
          <Preview
            document={document}
            conditions={rules.conditions}
            warmUp={rules.answer?.warmUp ?? null}
            isValid={isValid}
            symbol={symbol}
            onSymbol={setSymbol}
          />
        </div>
      </div>
      {open === 'versions' && saved.kept !== null ? (
        <Versions
          id={saved.kept.id}
          document={document}
          onRestored={(restored) => {
            saved.take(restored)
            editor.replaceAll(restored.document)
            setOpen(null)
          }}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open === 'json' ? <JsonDialog document={document} onTake={replace} onClose={() => setOpen(null)} /> : null}
      <Dialog
        open={open === 'bot'}
        onOpenChange={(is) => setOpen(is ? 'bot' : null)}
        title={t('useInBot')}
        description={t('botsLater')}
      >
        <Button className="self-end" onClick={() => setOpen(null)}>
          {t('common:close')}
        </Button>
      </Dialog>
      <ConfirmDialog
        open={blocker.status === 'blocked'}
        onOpenChange={(is) => (is ? undefined : blocker.reset?.())}
        title={t('leaveTitle')}
        description={t('leaveText')}
        confirm={t('leave')}
        confirmVariant="danger"
        onConfirm={() => blocker.proceed?.()}
      />
    </div>
  )
}
