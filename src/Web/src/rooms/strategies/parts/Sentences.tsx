import type { CheckAnswer } from '@/api/strategies'

type Props = { answer: CheckAnswer | null; fields: readonly string[] }

/** What these fields mean, in the reader's language. */
export function Sentences({ answer, fields }: Props) {
  const said = fields.flatMap((field) => {
    const sentence = answer?.sentences?.[field]
    return sentence === undefined || sentence === '' ? [] : [{ field, sentence }]
  })
  if (said.length === 0) return null
  return (
    <p className="text-text-2">
      {said.map(({ field, sentence }) => (
        <span key={field} data-sentence={field}>
          {sentence}{' '}
        </span>
      ))}
    </p>
  )
}
