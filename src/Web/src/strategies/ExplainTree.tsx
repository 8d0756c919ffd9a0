import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import type { RuleTree } from '@/api/strategies'
import { useLocale } from '@/ui/prefs'
import { isTree, partsOf } from './readTree'

type Verdict = { kind: 'true' | 'false' | 'unknown' } | { kind: 'number'; value: number }

/** What a part of a rule was at one candle. */
export function verdictOf(tree: RuleTree): Verdict {
  const { truth, value } = tree
  if (truth === 'true' || truth === 'false') return { kind: truth }
  return typeof value === 'number' ? { kind: 'number', value } : { kind: 'unknown' }
}

/** Numbers, inputs and timeframes as written need no line of their own: their part shows them. */
const silent = ['number', 'input', 'text']

/** The parts that were counted; a definition shows what it stands for. */
function linesBelow(tree: RuleTree): RuleTree[] {
  const { definition } = tree
  const own = partsOf(tree).filter((part) => !silent.includes(part.kind))
  return isTree(definition) ? [definition, ...own] : own
}

/** A rule at one candle: each part with what it was, indented below the whole it decides. */
export function ExplainTree({ tree, label }: { tree: RuleTree; label: string }) {
  return (
    <ul aria-label={label} data-testid="explanation" className="flex flex-col">
      <Line tree={tree} depth={0} />
    </ul>
  )
}

function Line({ tree, depth }: { tree: RuleTree; depth: number }) {
  const below = linesBelow(tree)
  return (
    <li>
      <div className="flex items-baseline gap-3 py-0.5">
        <Mark verdict={verdictOf(tree)} />
        <code
          className={clsx('min-w-0 grow font-mono text-table break-words', depth === 0 && 'font-semibold')}
          style={{ paddingLeft: `${depth}rem` }}
        >
          {tree.text}
        </code>
      </div>
      {below.length === 0 ? null : (
        <ul>
          {below.map((part) => (
            <Line key={`${part.line}:${part.column}:${part.kind}:${part.length}`} tree={part} depth={depth + 1} />
          ))}
        </ul>
      )}
    </li>
  )
}

function Mark({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation('rules')
  const locale = useLocale()
  if (verdict.kind === 'number')
    return (
      <span className="w-24 shrink-0 text-right">
        {new Intl.NumberFormat(locale, { maximumSignificantDigits: 8 }).format(verdict.value)}
      </span>
    )
  const look = {
    true: { text: t('isTrue'), tone: 'text-up' },
    false: { text: t('isFalse'), tone: 'text-down' },
    unknown: { text: t('isUnknown'), tone: 'text-text-3' },
  }[verdict.kind]
  return <span className={clsx('w-24 shrink-0 text-right font-semibold', look.tone)}>{look.text}</span>
}
