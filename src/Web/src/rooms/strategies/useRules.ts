import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { checkQuery, type RuleTree, type StrategyDocument } from '@/api/strategies'
import { isCondition, type Node } from '@/strategies/node'
import { textOf } from '@/strategies/print'
import { type Blocks, blocksOf, readTree } from '@/strategies/readTree'
import { useLanguageCode } from '@/ui/prefs'
import { ruleText } from './model/document'

const pauseMs = 250
const mostKnown = 400

/** The blocks of every text seen lately; a text has one tree, so undo finds its blocks at once. */
const known = new Map<string, Blocks>()

function remember(text: string, blocks: Blocks): void {
  known.delete(text)
  known.set(text, blocks)
  const oldest = known.keys().next().value
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest)
}

/** Blocks were edited: their text, whose tree needs no server. */
export function printed(node: Node): string {
  const text = textOf(node)
  remember(text, blocksOf(node))
  return text
}

function useCalm<T>(value: T, ms: number): T {
  const [calm, setCalm] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setCalm(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return calm
}

const fieldsOf = (document: StrategyDocument): string[] => [
  'enter',
  'exit',
  ...Object.keys(document.define ?? {}).map((name) => `define.${name}`),
]

/** A rule's blocks: of its text, or of the last text that could be read. */
export type Shown = { blocks: Blocks | null; isOld: boolean }

/** What the server says about the document, and the blocks of its rules. */
export function useRules(document: StrategyDocument) {
  const language = useLanguageCode()
  const calm = useCalm(document, pauseMs)
  const check = useQuery({ ...checkQuery(calm, language), placeholderData: keepPreviousData, retry: 1 })
  const last = useRef(new Map<string, Blocks>())
  const checked = check.data
  useMemo(() => {
    const rules = checked?.answer.rules ?? null
    if (checked === undefined || rules === null) return
    const take = (field: string, tree: RuleTree | undefined) => {
      const text = ruleText(checked.document, field)
      if (tree && text !== '') remember(text, readTree(tree, text))
    }
    take('enter', rules.enter)
    take('exit', rules.exit)
    for (const [name, tree] of Object.entries(rules.define ?? {})) take(`define.${name}`, tree)
  }, [checked])
  const blocks = new Map<string, Shown>()
  for (const field of fieldsOf(document)) {
    const now = known.get(ruleText(document, field)) ?? null
    if (now !== null) last.current.set(field, now)
    blocks.set(field, { blocks: now ?? last.current.get(field) ?? null, isOld: now === null })
  }
  const conditions = new Set(
    Object.keys(document.define ?? {}).filter((name) => {
      const node = blocks.get(`define.${name}`)?.blocks?.node
      return node !== undefined && isCondition(node) === true
    }),
  )
  const isCurrent = calm === document && checked !== undefined && !check.isPlaceholderData
  return {
    blocks,
    conditions,
    answer: checked?.answer ?? null,
    /** Whether the answer is about what is on screen, so that its places fit. */
    isCurrent,
    error: check.error,
    retry: () => void check.refetch(),
  }
}

export type Rules = ReturnType<typeof useRules>
