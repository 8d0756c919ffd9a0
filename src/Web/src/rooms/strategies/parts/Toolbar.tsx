import { Link } from '@tanstack/react-router'
import { ArrowLeft, Bot, Braces, FlaskConical, History, Redo2, Save, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RuleError, StrategyDocument } from '@/api/strategies'
import { Button, IconButton } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { Select } from '@/ui/Select'
import { timeframes } from '../model/document'
import type { Edit } from '../useEditor'

type Props = {
  document: StrategyDocument
  edit: Edit
  errors: readonly RuleError[]
  status: string
  canUndo: boolean
  canRedo: boolean
  undo: () => void
  redo: () => void
  /** Null while it is not kept yet. */
  onVersions: (() => void) | null
  onJson: () => void
  onBot: () => void
  saving: boolean
  onSave: () => void
  onTest: () => void
}

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true }

export function Toolbar(props: Props) {
  const { document, edit, errors } = props
  const { t } = useTranslation(['strategies', 'common'])
  const wrong = (field: string) => errors.find((error) => error.field === field)?.message
  return (
    <header className="flex shrink-0 flex-wrap items-end gap-x-3 gap-y-2 border-b border-line px-4 py-2 max-sm:px-3">
      <h1 className="sr-only">{t('editorTitle')}</h1>
      <Link
        to="/strategies"
        aria-label={t('backToList')}
        className="grid size-8 place-items-center rounded-md text-text-2 hover:bg-bg2 hover:text-text-1 max-sm:size-11"
      >
        <ArrowLeft {...icon} />
      </Link>
      <TextField
        label={t('name')}
        className="w-72 max-sm:w-auto max-sm:grow"
        value={document.name ?? ''}
        maxLength={200}
        error={wrong('name')}
        onChange={(event) => edit({ ...document, name: event.target.value }, 'name')}
      />
      <Select
        label={t('timeframe')}
        className="w-24"
        value={document.timeframe}
        error={wrong('timeframe')}
        options={timeframes.map((each) => ({ value: each, label: each }))}
        onChange={(timeframe) => edit({ ...document, timeframe })}
      />
      <span className="flex">
        <IconButton
          label={t('undo')}
          hint={`${t('undo')} (Ctrl Z)`}
          icon={<Undo2 {...icon} />}
          disabled={!props.canUndo}
          onClick={props.undo}
          className="disabled:opacity-40"
        />
        <IconButton
          label={t('redo')}
          hint={`${t('redo')} (Ctrl Shift Z)`}
          icon={<Redo2 {...icon} />}
          disabled={!props.canRedo}
          onClick={props.redo}
          className="disabled:opacity-40"
        />
        <IconButton
          label={t('versions')}
          icon={<History {...icon} />}
          disabled={props.onVersions === null}
          onClick={() => props.onVersions?.()}
          className="disabled:opacity-40"
        />
        <IconButton label={t('json')} icon={<Braces {...icon} />} onClick={props.onJson} />
        <IconButton label={t('useInBot')} icon={<Bot {...icon} />} onClick={props.onBot} />
      </span>
      <span className="ml-auto flex flex-wrap items-center justify-end gap-2">
        <span role="status" data-testid="save-status" className="text-table text-text-3">
          {props.status}
        </span>
        <Button busy={props.saving} onClick={props.onSave}>
          <Save {...icon} />
          {t('common:save')}
        </Button>
        <Button variant="primary" busy={props.saving} onClick={props.onTest}>
          <FlaskConical {...icon} />
          {t('saveAndTest')}
        </Button>
      </span>
    </header>
  )
}
