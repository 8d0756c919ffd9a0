import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { IndicatorItem, StrategyDocument } from '@/api/strategies'
import { Button, IconButton } from '@/ui/Button'
import { freeName, nameFault, renamed, without } from '../model/document'
import type { Edit } from '../useEditor'
import type { Rules } from '../useRules'
import { NameBox } from './Names'
import { RuleSection } from './RuleSection'

const icon = { size: 14, strokeWidth: 1.75, 'aria-hidden': true }

type Props = {
  document: StrategyDocument
  edit: Edit
  rules: Rules
  catalog: ReadonlyMap<string, IndicatorItem>
}

/** Expressions with a name, to be said once and used often. */
export function Definitions({ document, edit, rules, catalog }: Props) {
  const { t } = useTranslation('strategies')
  const define = document.define ?? {}
  const add = (stem: string, text: string) =>
    edit({ ...document, define: { ...define, [freeName(document, stem)]: text } })
  return (
    <>
      <section aria-label={t('definitions')} className="flex flex-col gap-1 border-b border-line px-4 py-3 max-sm:px-3">
        <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
          <h2 className="text-em font-semibold">{t('definitions')}</h2>
          <span className="flex flex-wrap gap-1">
            <Button small variant="ghost" onClick={() => add('value', 'sma(close, 20)')}>
              <Plus {...icon} />
              {t('addValue')}
            </Button>
            <Button small variant="ghost" onClick={() => add('condition', 'close > sma(close, 20)')}>
              <Plus {...icon} />
              {t('addDefinedCondition')}
            </Button>
          </span>
        </div>
        {Object.keys(define).length === 0 ? <p className="text-table text-text-3">{t('noDefinitions')}</p> : null}
      </section>
      {Object.keys(define).map((name) => (
        <RuleSection
          key={name}
          field={`define.${name}`}
          title={
            <NameBox
              label={t('definitionName', { name })}
              name={name}
              fault={(typed) => nameFault(document, typed, name)}
              onChange={(next) => edit({ ...document, define: renamed(define, name, next) })}
            />
          }
          tools={
            <IconButton
              label={t('removeDefinition', { name })}
              icon={<Trash2 {...icon} />}
              onClick={() => edit({ ...document, define: without(define, name) })}
            />
          }
          document={document}
          edit={edit}
          rules={rules}
          catalog={catalog}
        />
      ))}
    </>
  )
}
