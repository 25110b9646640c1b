import { Button } from 'antd'
import { useState } from 'react'
import { useDo } from '../../../device/hooks.ts'
import { Field, FieldForm, ProblemNote, TextInput, useWords } from '../../../ui/index.ts'
import { proposeErasure } from '../contracts.ts'
import { subjectsWords } from './words.ts'

export function ProposeErasure({ subjectId }: { subjectId: string }) {
  const t = useWords(subjectsWords)
  const [reason, setReason] = useState('')
  const propose = useDo(proposeErasure)
  const ready = reason.trim().length >= 2
  if (propose.isSuccess) return <p role="status">{t('proposed')}</p>
  return (
    <FieldForm
      label={t('propose')}
      error={propose.error ? <ProblemNote error={propose.error} safe="kept" /> : undefined}
      onSubmit={() => {
        if (ready) propose.mutate({ subjectId, reason })
      }}
    >
      <Field
        label={`${t('propose')} · ${t('reason')}`}
        after={
          <Button htmlType="submit" disabled={!ready} loading={propose.isPending}>
            {t('propose')}
          </Button>
        }
      >
        <TextInput value={reason} maxLength={500} onChange={setReason} />
      </Field>
    </FieldForm>
  )
}
