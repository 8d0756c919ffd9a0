import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { completionsAt } from '../model/blocks'
import { type Fault, pieces } from '../model/faults'

type Props = {
  label: string
  field: string
  text: string
  faults: readonly Fault[]
  /** What is allowed and looks like a slip. */
  warnings: readonly Fault[]
  /** What may be named here. */
  words: readonly string[]
  onChange: (text: string) => void
}

const face =
  'min-h-full w-full p-2 font-mono text-table leading-5 break-words whitespace-pre-wrap max-sm:text-[1rem] max-sm:leading-6'

/** A rule as text. What is wrong is underlined where it stands and said below. */
export function RuleText({ label, field, text, faults, warnings, words, onChange }: Props) {
  const { t } = useTranslation('strategies')
  const id = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState<number | null>(null)
  const offered = caret === null ? { from: 0, words: [] } : completionsAt(text, Math.min(caret, text.length), words)
  const take = (word: string) => {
    const next = text.slice(0, offered.from) + word + text.slice(caret ?? text.length)
    const at = offered.from + word.length
    onChange(next)
    setCaret(null)
    requestAnimationFrame(() => {
      box.current?.focus()
      box.current?.setSelectionRange(at, at)
    })
  }
  const show = (fault: Fault) => {
    box.current?.focus()
    box.current?.setSelectionRange(fault.from, fault.end)
  }
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-table text-text-2">
        {label}
      </label>
      <div className="relative min-h-20 rounded-md border border-line-strong bg-field">
        <pre aria-hidden className={`${face} pointer-events-none min-h-20 text-transparent`}>
          {pieces(text, faults).map((piece, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in order
              key={index}
              className={
                piece.faulty ? 'underline decoration-down decoration-wavy decoration-2 underline-offset-4' : ''
              }
            >
              {piece.text}
            </span>
          ))}
          {'\n'}
        </pre>
        <textarea
          ref={box}
          id={id}
          data-rule={field}
          value={text}
          spellCheck={false}
          autoCapitalize="none"
          autoCorrect="off"
          aria-invalid={faults.length > 0 || undefined}
          aria-describedby={faults.length + warnings.length > 0 ? `${id}-faults` : undefined}
          onChange={(event) => {
            setCaret(event.target.selectionStart)
            onChange(event.target.value)
          }}
          className={`${face} absolute inset-0 h-full resize-none overflow-hidden rounded-md bg-transparent text-text-1`}
        />
      </div>
      {offered.words.length === 0 ? null : (
        <ul aria-label={t('completions')} className="flex flex-wrap gap-1">
          {offered.words.map((word) => (
            <li key={word}>
              <button
                type="button"
                onClick={() => take(word)}
                className="min-h-6 rounded-md border border-line-strong px-1.5 font-mono text-table hover:bg-bg2 max-sm:min-h-10"
              >
                {word}
              </button>
            </li>
          ))}
        </ul>
      )}
      {faults.length + warnings.length === 0 ? null : (
        <ul id={`${id}-faults`} className="flex flex-col gap-1">
          {[...faults, ...warnings].map((fault) => (
            <li
              key={`${fault.code}${fault.from}`}
              data-fault={fault.code}
              className={`text-table ${warnings.includes(fault) ? 'text-warn' : 'text-down'}`}
            >
              <button type="button" onClick={() => show(fault)} className="text-left underline underline-offset-2">
                {t('atPlace', { line: fault.line, column: fault.column })}
              </button>{' '}
              {fault.message}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
