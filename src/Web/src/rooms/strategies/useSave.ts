import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import {
  changeStrategy,
  createStrategy,
  everyList,
  type StrategyDocument,
  type StrategyItem,
  versionsQuery,
} from '@/api/strategies'
import { useNotifyProblem } from '@/ui/toast'
import { changesOf } from './model/diff'

/** Keeps a document: the first time as a new strategy, then as its next version. */
export function useSave(first: StrategyItem | null, initial: StrategyDocument) {
  const client = useQueryClient()
  const failed = useNotifyProblem()
  const [kept, setKept] = useState<StrategyItem | null>(first)
  const key = useRef({ text: '', key: '' })
  const mutation = useMutation({
    mutationFn: (document: StrategyDocument) => {
      if (kept !== null && !kept.builtIn) return changeStrategy(kept.id, document, kept.version)
      const text = JSON.stringify(document)
      // The same document sent twice is one strategy.
      if (key.current.text !== text) key.current = { text, key: crypto.randomUUID() }
      return createStrategy(document, key.current.key)
    },
    onSuccess: (strategy) => {
      setKept(strategy)
      void client.invalidateQueries({ queryKey: ['strategies', 'one', strategy.id] })
      void client.invalidateQueries(everyList)
      void client.invalidateQueries({ queryKey: versionsQuery(strategy.id).queryKey, exact: true })
    },
    onError: failed,
  })
  const base = kept?.document ?? initial
  return {
    kept,
    take: setKept,
    saving: mutation.isPending,
    error: mutation.error,
    isChanged: (document: StrategyDocument) => changesOf(base, document).length > 0,
    save: (document: StrategyDocument, then: (strategy: StrategyItem) => void) =>
      mutation.mutate(document, { onSuccess: then }),
  }
}
