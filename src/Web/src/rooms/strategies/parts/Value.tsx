import clsx from 'clsx'
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { IndicatorItem } from '@/api/strategies'
import { type MathOperator, mathOperators, type Node, type Path, pathKey, replaceAt } from '@/strategies/node'
import { BareSelect } from '@/ui/Select'
import { useRule } from '../context'
import {
  callPath,
  indicatorOf,
  isNumber,
  keyOf,
  numberNode,
  numberText,
  roleOf,
  seriesOf,
  withOutput,
} from '../model/blocks'
import { mathSigns, shortName } from '../words'
import { NumberBox } from './NumberBox'

/** `pickAt`: the outermost of a value's wrappers (candles ago, timeframe): what the chooser works on. */
type Props = { node: Node; path: Path; name: string; pickAt?: Path; hint?: string | undefined }

/** A value of a rule: a number, a price, an input, a definition, an indicator or a calculation of those. */
export function Value(props: Props) {
  const { node, path, name, hint } = props
  const rule = useRule()
  const pickAt = props.pickAt ?? path
  const text = numberText(node)
  if (text !== null)
    return (
      <Frame path={path}>
        <NumberBox
          label={name}
          value={text}
          hint={hint}
          invalid={rule.faults.has(pathKey(path))}
          accepts={(typed) => numberNode(typed) !== null}
          onChange={(typed) => {
            const next = numberNode(typed)
            if (next !== null) rule.change(replaceAt(rule.root, path, next), `${rule.field}:${pathKey(path)}`)
          }}
          className="border-transparent"
        />
        <Choose path={pickAt} name={name} />
      </Frame>
    )
  if (node.kind === 'lag') return <Ago {...props} node={node} pickAt={pickAt} />
  if (node.kind === 'on')
    return (
      <Frame path={path}>
        <span className="px-1 text-text-2">{node.timeframe}</span>
        <Value node={node.of} path={[...path, 0]} name={name} pickAt={pickAt} />
      </Frame>
    )
  if (node.kind === 'math') return <Calculation {...props} node={node} pickAt={pickAt} />
  if (node.kind === 'negate')
    return (
      <Frame path={path}>
        <span className="px-1">−</span>
        <Value node={node.of} path={[...path, 0]} name={name} />
        <Choose path={pickAt} name={name} />
      </Frame>
    )
  const indicator = indicatorOf(node)
  const entry = indicator === null ? undefined : rule.catalog.get(indicator.call.name)
  if (indicator !== null && entry !== undefined) return <Called {...props} pickAt={pickAt} entry={entry} />
  return (
    <Frame path={path}>
      <Choose path={pickAt} name={name}>
        <Plain node={node} />
      </Choose>
    </Frame>
  )
}

function Plain({ node }: { node: Node }) {
  const { t } = useTranslation('rules')
  const { document } = useRule()
  if (node.kind !== 'name') return <code className="font-mono">{textual(node)}</code>
  const role = roleOf(document, node.name)
  if (role === 'price') return t(`price_${node.name}`)
  const value = role === 'input' ? document.inputs?.[node.name] : undefined
  return (
    <>
      <code className="font-mono">{node.name}</code>
      {value === undefined ? null : <span className="text-text-3"> = {value}</span>}
    </>
  )
}

const textual = (node: Node): string =>
  node.kind === 'raw' ? node.text : node.kind === 'call' ? `${node.name}(…)` : node.kind

type WithPick = Props & { pickAt: Path }

function Called({ node, path, name, pickAt, entry }: WithPick & { entry: IndicatorItem }) {
  const { t } = useTranslation('strategies')
  const rule = useRule()
  const found = indicatorOf(node)
  if (found === null) return null
  const inside = callPath(node, path)
  const series = seriesOf(entry)
  const title = shortName(entry.name)
  return (
    <Frame path={path} also={pathKey(inside)}>
      <Choose path={pickAt} name={name} title={entry.title}>
        <span className="font-semibold">{title}</span>
      </Choose>
      {found.call.arguments.map((argument, index) => {
        const parameter = entry.parameters[index - series]
        const key = index < series ? `series${index}` : (parameter?.name ?? String(index))
        const label = t('partOf', { part: index < series ? t('series') : (parameter?.name ?? ''), of: title })
        return (
          <span key={key} className="inline-flex flex-wrap items-center gap-1">
            <span aria-hidden className="pl-1 text-text-3">
              {index < series ? (index === 0 ? t('of') : ',') : parameter?.name}
            </span>
            <Value
              node={argument}
              path={[...inside, index]}
              name={label}
              hint={parameter === undefined ? undefined : t('range', { from: parameter.least, to: parameter.most })}
            />
          </span>
        )
      })}
      {entry.outputs.length > 1 ? (
        <BareSelect
          aria-label={t('outputOf', { of: title })}
          quiet
          className="w-auto"
          value={found.output ?? entry.outputs[0]?.name ?? ''}
          options={entry.outputs.map((output) => ({ value: output.name, label: output.name }))}
          onChange={(output) => rule.change(replaceAt(rule.root, path, withOutput(node, output)))}
        />
      ) : null}
    </Frame>
  )
}

function Ago({ node, path, name, pickAt }: WithPick & { node: Extract<Node, { kind: 'lag' }> }) {
  const { t } = useTranslation('strategies')
  const rule = useRule()
  const rows = numberText(node.rows)
  return (
    <Frame path={path}>
      <Value node={node.of} path={[...path, 0]} name={name} pickAt={pickAt} />
      {rows === null ? (
        <Value node={node.rows} path={[...path, 1]} name={t('candlesAgo')} />
      ) : (
        <NumberBox
          label={t('candlesAgo')}
          value={rows}
          accepts={isNumber}
          onChange={(text) =>
            rule.change(
              replaceAt(rule.root, [...path, 1], { kind: 'number', text }),
              `${rule.field}:ago${pathKey(path)}`,
            )
          }
        />
      )}
      <span className="pr-1 text-text-3">{t('ago')}</span>
    </Frame>
  )
}

function Calculation({ node, path, name, pickAt }: WithPick & { node: Extract<Node, { kind: 'math' }> }) {
  const { t } = useTranslation('strategies')
  const rule = useRule()
  return (
    <Frame path={path}>
      <Choose path={pickAt} name={name} />
      <Value node={node.left} path={[...path, 0]} name={t('leftOf', { of: name })} />
      <BareSelect
        aria-label={t('sign')}
        quiet
        className="w-12"
        value={node.operator}
        options={mathOperators.map((each) => ({ value: each, label: mathSigns[each] }))}
        onChange={(operator: MathOperator) => rule.change(replaceAt(rule.root, path, { ...node, operator }))}
      />
      <Value node={node.right} path={[...path, 1]} name={t('rightOf', { of: name })} />
    </Frame>
  )
}

function Frame({ path, also, children }: { path: Path; also?: string; children: ReactNode }) {
  const { field, faults } = useRule()
  const key = pathKey(path)
  const fault = faults.get(key) ?? (also === undefined ? undefined : faults.get(also))
  return (
    <span
      data-block={keyOf(field, path)}
      data-faulty={fault === undefined ? undefined : ''}
      title={fault?.message}
      className={clsx(
        'inline-flex min-h-control max-w-full flex-wrap items-center gap-1 rounded-md border bg-bg1 px-0.5 py-0.5',
        fault === undefined ? 'border-line-strong' : 'border-down outline-1 outline-down',
      )}
    >
      {children}
    </span>
  )
}

/** Opens the chooser: another value in this place. */
function Choose({ path, name, title, children }: { path: Path; name: string; title?: string; children?: ReactNode }) {
  const { t } = useTranslation('strategies')
  const { pick } = useRule()
  return (
    <button
      type="button"
      title={title}
      aria-haspopup="dialog"
      onClick={() => pick(path)}
      className="inline-flex min-h-6 items-center gap-1 rounded-sm px-1 hover:bg-bg2 max-sm:min-h-10"
    >
      {children}
      <ChevronDown size={12} strokeWidth={1.75} aria-hidden className="text-text-3" />
      <span className="sr-only">{t('changeValue', { name })}</span>
    </button>
  )
}
