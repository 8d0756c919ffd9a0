import { createContext, use } from 'react'
import type { IndicatorItem, StrategyDocument } from '@/api/strategies'
import type { Node, Path } from '@/strategies/node'
import type { Fault } from './model/faults'

/** What every block of one rule needs. */
export type Rule = {
  field: string
  root: Node
  document: StrategyDocument
  catalog: ReadonlyMap<string, IndicatorItem>
  /** Definitions that are conditions. */
  conditions: ReadonlySet<string>
  faults: ReadonlyMap<string, Fault>
  /** A new tree for this rule; `tag` as in the editor. */
  change: (root: Node, tag?: string | null) => void
  pick: (path: Path) => void
  /** Says a change aloud and moves the focus to a block. */
  follow: (path: Path, said: string) => void
}

const RuleContext = createContext<Rule | null>(null)
export const RuleProvider = RuleContext.Provider

export function useRule(): Rule {
  const rule = use(RuleContext)
  if (rule === null) throw new Error('a block stands outside of its rule')
  return rule
}
