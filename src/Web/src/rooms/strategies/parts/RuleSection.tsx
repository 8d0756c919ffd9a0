import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IndicatorItem, StrategyDocument } from '@/api/strategies'
import { isCondition, type Node, type Path } from '@/strategies/node'
import { Skeleton } from '@/ui/states'
import { type Rule, RuleProvider } from '../context'
import { keyOf, wordsOf } from '../model/blocks'
import { ruleText, withRule } from '../model/document'
import { faultsOf, faultyBlocks } from '../model/faults'
import type { Edit } from '../useEditor'
import { printed, type Rules } from '../useRules'
import { Condition } from './Condition'
import { ConditionMenu } from './ConditionMenu'
import { Picker } from './Picker'
import { RuleText } from './RuleText'
import { Sentences } from './Sentences'
import { Value } from './Value'

type Props = {
  field: string
  title: ReactNode
  tools?: ReactNode
  document: StrategyDocument
  edit: Edit
  rules: Rules
  catalog: ReadonlyMap<string, IndicatorItem>
}

/** One rule twice: as blocks and as text. Whichever is changed, the other follows. */
export function RuleSection({ field, title, tools, document, edit, rules, catalog }: Props) {
  const { t } = useTranslation('strategies')
  const [picking, setPicking] = useState<Path | null>(null)
  const [said, setSaid] = useState('')
  const [wanted, setWanted] = useState<{ key: string } | null>(null)
  const area = useRef<HTMLDivElement>(null)
  const text = ruleText(document, field)
  const shown = rules.blocks.get(field) ?? { blocks: null, isOld: false }
  const faults = rules.isCurrent && rules.answer !== null ? faultsOf(rules.answer.errors, field, text) : []
  const warnings = rules.isCurrent && rules.answer !== null ? faultsOf(rules.answer.warnings, field, text) : []
  useEffect(() => {
    if (wanted === null) return
    const item = area.current?.querySelector(`[data-item="${wanted.key}"]`)
    item?.querySelector<HTMLElement>('[data-move]:not(:disabled)')?.focus()
  }, [wanted])
  const change = (root: Node, tag: string | null = null) => edit(withRule(document, field, printed(root)), tag)
  const name = t('ruleOf', { field: typeof title === 'string' ? title : field })
  const rule: Rule | null =
    shown.blocks === null
      ? null
      : {
          field,
          root: shown.blocks.node,
          document,
          catalog,
          conditions: rules.conditions,
          faults: shown.isOld ? new Map() : faultyBlocks(faults, shown.blocks.spans),
          change,
          pick: setPicking,
          follow: (path, words) => {
            setWanted({ key: keyOf(field, path) })
            setSaid(words)
          },
        }
  const isValue = rule !== null && field.startsWith('define.') && isCondition(rule.root, rules.conditions) !== true
  return (
    <section
      aria-label={name}
      data-rule-section={field}
      className="flex flex-col gap-2 border-b border-line px-4 py-3 max-sm:px-3"
    >
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
        <h2 className="text-em font-semibold">{title}</h2>
        <span className="flex items-center">
          {tools}
          {rule === null || isValue || shown.isOld ? null : (
            <RuleProvider value={rule}>
              <ConditionMenu node={rule.root} path={[]} name={t('condition')} />
            </RuleProvider>
          )}
        </span>
      </div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
        <div ref={area} className="min-w-0">
          {rule === null ? (
            text === '' ? null : rules.isCurrent ? (
              <p className="text-text-3">{t('noBlocks')}</p>
            ) : (
              <Skeleton className="h-10" />
            )
          ) : (
            <RuleProvider value={rule}>
              <div inert={shown.isOld} className={shown.isOld ? 'opacity-50' : ''}>
                {isValue ? (
                  <Value node={rule.root} path={[]} name={t('value')} />
                ) : (
                  <Condition node={rule.root} path={[]} name={t('condition')} />
                )}
              </div>
              {shown.isOld && rules.isCurrent ? <p className="pt-1 text-table text-warn">{t('blocksOld')}</p> : null}
              {picking === null ? null : <Picker path={picking} onClose={() => setPicking(null)} />}
            </RuleProvider>
          )}
          <p role="status" className="sr-only">
            {said}
          </p>
        </div>
        <div className="flex min-w-0 flex-col gap-2">
          <RuleText
            label={t('asText')}
            field={field}
            text={text}
            faults={faults}
            warnings={warnings}
            words={wordsOf(document, catalog)}
            onChange={(next) => edit(withRule(document, field, next), field)}
          />
          <Sentences answer={rules.answer} fields={[field]} />
        </div>
      </div>
    </section>
  )
}
