import type { StrategyDocument } from '@/api/strategies'

let waiting: StrategyDocument | null = null

/** A document on its way from the list to the editor. It stays for a page that is drawn twice. */
export const handOver = (document: StrategyDocument): void => {
  waiting = document
}
export const takeImported = (): StrategyDocument | null => waiting
