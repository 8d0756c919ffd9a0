import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf, useProblemText } from '@/api/problem'
import type { Emotion, Note } from '@/api/types'
import { Button } from '@/ui/Button'
import { controlClass, Field, TextField } from '@/ui/Field'
import { Select } from '@/ui/Select'
import { notify, useNotifyProblem } from '@/ui/toast'
import { deleteNote, saveNote } from '../api'
import { emotions, readTags } from '../model'

type Props = { orderId: string; note: Note | null; onDone: () => void }

export function NoteForm({ orderId, note, onDone }: Props) {
  const { t } = useTranslation(['orders', 'common'])
  const [text, setText] = useState(note?.text ?? '')
  const [tags, setTags] = useState(note?.tags.join(', ') ?? '')
  const [emotion, setEmotion] = useState<Emotion | ''>(note?.emotion ?? '')
  const client = useQueryClient()
  const failed = useNotifyProblem()
  const problemText = useProblemText()
  const done = (words: string) => {
    void client.invalidateQueries({ queryKey: ['journal'] })
    notify.done(words)
    onDone()
  }
  const save = useMutation({
    mutationFn: () => saveNote(orderId, { text, tags: readTags(tags), emotion: emotion === '' ? null : emotion }),
    onSuccess: () => done(t('noteSaved')),
    onError: (error) => {
      if (problemOf(error).field === undefined) failed(error)
    },
  })
  const remove = useMutation({
    mutationFn: () => deleteNote(orderId),
    onSuccess: () => done(t('noteDeleted')),
    onError: failed,
  })
  const wrong = (field: string) => (problemOf(save.error).field === field ? problemText(save.error) : null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 border-t border-line pt-3">
      <Field label={t('note')} hint={t('noteHint')} error={wrong('text')}>
        {(parts) => (
          <textarea
            {...parts}
            rows={4}
            maxLength={4_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className={`${controlClass} h-auto! resize-y py-1.5`}
          />
        )}
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t('tags')}
          hint={t('tagsHint')}
          error={wrong('tags')}
          value={tags}
          onChange={(event) => setTags(event.target.value)}
        />
        <Select
          label={t('emotion')}
          error={wrong('emotion')}
          value={emotion}
          options={[
            { value: '', label: t('emotion_none') },
            ...emotions.map((each) => ({ value: each, label: t(`emotion_${each}`) })),
          ]}
          onChange={setEmotion}
        />
      </div>
      <div className="flex justify-end gap-2">
        {note === null ? null : (
          <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t('deleteNote')}
          </Button>
        )}
        <Button type="submit" variant="primary" busy={save.isPending}>
          {t('common:save')}
        </Button>
      </div>
    </form>
  )
}
