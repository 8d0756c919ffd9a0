import { useTranslation } from 'react-i18next'
import type { Relation } from './model/blocks'

const names: Record<Relation, string> = {
  '<': 'less',
  '<=': 'lessOrEqual',
  '>': 'greater',
  '>=': 'greaterOrEqual',
  '==': 'equal',
  '!=': 'notEqual',
  above: 'crossesAbove',
  below: 'crossesBelow',
}

const signs: Partial<Record<Relation, string>> = { '<': '<', '<=': '≤', '>': '>', '>=': '≥', '==': '=', '!=': '≠' }

/** "is below  <": words for who reads, the sign for who knows. */
export function useRelationWords(): (relation: Relation) => string {
  const { t } = useTranslation('strategies')
  return (relation) => {
    const sign = signs[relation]
    const words = t(`relation_${names[relation]}`)
    return sign === undefined ? words : `${words}  ${sign}`
  }
}

/** rsi -> RSI, bollinger -> Bollinger. */
export const shortName = (name: string): string =>
  name.length <= 4 ? name.toUpperCase() : `${name.slice(0, 1).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`

export const mathSigns = { '+': '+', '-': '−', '*': '×', '/': '÷' } as const
