import type { Draft } from './model/form'

let kept: Draft | null = null

/** What was typed stays while the app is open: whoever leaves for a report finds the form as it was. */
export const readDraft = (): Draft | null => kept
export const writeDraft = (draft: Draft): void => {
  kept = draft
}
