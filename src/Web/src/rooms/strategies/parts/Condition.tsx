import clsx from 'clsx'
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { addBeside, type Group, isGroup, moveAt, type Node, type Path, pathKey, replaceAt } from '@/strategies/node'
import { Button, IconButton } from '@/ui/Button'
import { BareSelect } from '@/ui/Select'
import { useRule } from '../context'
import {
  firstCondition,
  isNumber,
  keyOf,
  type Relation,
  relationOf,
  relations,
  toggleNot,
  withRelation,
} from '../model/blocks'
import { useRelationWords } from '../words'
import { ConditionMenu } from './ConditionMenu'
import { NumberBox } from './NumberBox'
import { Value } from './Value'

const icon = { size: 14, strokeWidth: 1.75, 'aria-hidden': true }

type Props = { node: Node; path: Path; name: string }

/** A condition of a rule, or a group of them. */
export function Condition({ node, path, name }: Props) {
  if (isGroup(node)) return <Several node={node} path={path} name={name} />
  return <One node={node} path={path} name={name} />
}

function Several({ node, path, name }: Props & { node: Group }) {
  const { t } = useTranslation('strategies')
  const rule = useRule()
  const other = node.kind === 'all' ? 'any' : 'all'
  return (
    <Frame path={path} className="flex-col items-stretch border-l-2 pl-2">
      <div className="flex items-center gap-1">
        <BareSelect
          aria-label={t('groupKind', { name })}
          quiet
          className="w-auto font-semibold"
          value={node.kind}
          options={[
            { value: 'all', label: t('all') },
            { value: 'any', label: t('any') },
          ]}
          onChange={(kind: Group['kind']) => rule.change(replaceAt(rule.root, path, { kind, items: node.items }))}
        />
      </div>
      <ol className="flex flex-col gap-1.5">
        {node.items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place; what moves takes the focus along
          <Item key={index} node={item} path={[...path, index]} count={node.items.length} />
        ))}
      </ol>
      <div className="flex flex-wrap gap-1">
        <Button
          small
          variant="ghost"
          onClick={() => rule.change(addBeside(rule.root, path, node.kind, firstCondition()))}
        >
          <Plus {...icon} />
          {t(node.kind === 'all' ? 'addAnd' : 'addOr')}
        </Button>
        <Button small variant="ghost" onClick={() => rule.change(addBeside(rule.root, path, other, firstCondition()))}>
          <Plus {...icon} />
          {t(other === 'all' ? 'groupAnd' : 'groupOr')}
        </Button>
      </div>
    </Frame>
  )
}

function Item({ node, path, count }: { node: Node; path: Path; count: number }) {
  const { t } = useTranslation('strategies')
  const rule = useRule()
  const place = (path.at(-1) ?? 0) + 1
  const name = t('conditionNumber', { n: path.map((index) => index + 1).join('.') })
  const move = (by: -1 | 1) => {
    const moved = moveAt(rule.root, path, by)
    if (moved === null) return
    rule.change(moved.root)
    rule.follow(moved.path, t('movedTo', { place: place + by, count }))
  }
  const keys = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    event.stopPropagation()
    move(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <li
      data-item={keyOf(rule.field, path)}
      onKeyDown={keys}
      className="flex items-start gap-1 max-sm:flex-col max-sm:border-t max-sm:border-line max-sm:pt-1"
    >
      <span className="flex shrink-0">
        <IconButton
          label={t('moveUp', { name })}
          hint={t('moveHint')}
          disabled={place === 1}
          data-move=""
          icon={<ArrowUp {...icon} />}
          onClick={() => move(-1)}
          className="size-7! disabled:opacity-40 max-sm:size-9!"
        />
        <IconButton
          label={t('moveDown', { name })}
          hint={t('moveHint')}
          disabled={place === count}
          data-move=""
          icon={<ArrowDown {...icon} />}
          onClick={() => move(1)}
          className="size-7! disabled:opacity-40 max-sm:size-9!"
        />
        <ConditionMenu node={node} path={path} name={name} />
      </span>
      <div className="min-w-0 grow max-sm:w-full">
        <Condition node={node} path={path} name={name} />
      </div>
    </li>
  )
}

function One({ node, path, name }: Props) {
  const { t } = useTranslation('strategies')
  const rule = useRule()
  if (node.kind === 'not' && !isGroup(node.of))
    return (
      <Frame path={path}>
        <NotChip onRemove={() => rule.change(replaceAt(rule.root, path, toggleNot(node)))} />
        <Condition node={node.of} path={[...path, 0]} name={name} />
      </Frame>
    )
  if (node.kind === 'not')
    return (
      <Frame path={path} className="flex-col items-start">
        <NotChip onRemove={() => rule.change(replaceAt(rule.root, path, toggleNot(node)))} />
        <Condition node={node.of} path={[...path, 0]} name={name} />
      </Frame>
    )
  if (node.kind === 'on')
    return (
      <Frame path={path}>
        <span className="text-text-2">{t('onTimeframe', { timeframe: node.timeframe })}</span>
        <Condition node={node.of} path={[...path, 0]} name={name} />
      </Frame>
    )
  if (node.kind === 'lag')
    return (
      <Frame path={path}>
        <Condition node={node.of} path={[...path, 0]} name={name} />
        <NumberBox
          label={t('candlesAgo')}
          value={node.rows.kind === 'number' ? node.rows.text : '1'}
          accepts={isNumber}
          onChange={(text) =>
            rule.change(replaceAt(rule.root, [...path, 1], { kind: 'number', text }), `${rule.field}:ago`)
          }
        />
        <span className="text-text-3">{t('ago')}</span>
      </Frame>
    )
  return <Sides node={node} path={path} name={name} />
}

function Sides({ node, path, name }: Props) {
  const { t } = useTranslation('strategies')
  const rule = useRule()
  const words = useRelationWords()
  const relation = relationOf(node)
  if ((node.kind !== 'compare' && node.kind !== 'cross') || relation === null)
    return (
      <Frame path={path}>
        {node.kind === 'name' ? (
          <Definition node={node} path={path} name={name} />
        ) : (
          <Value node={node} path={path} name={name} />
        )}
      </Frame>
    )
  return (
    <Frame path={path}>
      <Value node={node.left} path={[...path, 0]} name={t('leftOf', { of: name })} />
      <BareSelect
        aria-label={t('relationOf', { of: name })}
        className="w-auto max-w-44"
        value={relation}
        options={relations.map((each) => ({ value: each, label: words(each) }))}
        onChange={(next: Relation) => rule.change(replaceAt(rule.root, path, withRelation(node, next)))}
      />
      <Value node={node.right} path={[...path, 1]} name={t('rightOf', { of: name })} />
    </Frame>
  )
}

/** A condition that stands among the definitions. */
function Definition({ node, path, name }: Props & { node: Extract<Node, { kind: 'name' }> }) {
  const { t } = useTranslation('strategies')
  const rule = useRule()
  const all = [...new Set([...rule.conditions, node.name])]
  return (
    <BareSelect
      aria-label={t('definitionOf', { of: name })}
      className="w-auto font-mono"
      value={node.name}
      options={all.map((each) => ({ value: each, label: each }))}
      onChange={(next) => rule.change(replaceAt(rule.root, path, { kind: 'name', name: next }))}
    />
  )
}

function NotChip({ onRemove }: { onRemove: () => void }) {
  const { t } = useTranslation('strategies')
  return (
    <span className="inline-flex items-center rounded-md bg-bg2 pl-2 font-semibold">
      {t('not')}
      <IconButton label={t('removeNot')} icon={<X {...icon} />} onClick={onRemove} className="size-7!" />
    </span>
  )
}

function Frame({ path, className, children }: { path: Path; className?: string; children: ReactNode }) {
  const { field, faults } = useRule()
  const fault = faults.get(pathKey(path))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row
    <div
      role="group"
      tabIndex={-1}
      data-condition={keyOf(field, path)}
      data-faulty={fault === undefined ? undefined : ''}
      title={fault?.message}
      className={clsx(
        'flex flex-wrap items-center gap-1 rounded-md border-line-strong',
        fault !== undefined && 'border border-down p-1 outline-1 outline-down',
        className,
      )}
    >
      {children}
    </div>
  )
}
