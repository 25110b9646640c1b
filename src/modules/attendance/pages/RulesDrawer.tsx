// When somebody is late, how early the post opens, when who has not come is told of, and how near is near.
import { useState } from 'react'
import { useAsk, useDo } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { DetailDrawer, Field, FormDrawer, TextInput, useWords } from '../../../ui/index.ts'
import { rules, setRules } from '../contracts.ts'
import { attendanceWords } from './words.ts'

type Rules = OutputOf<typeof rules>['rules']
const fields = ['lateMinutes', 'earlyMinutes', 'absentMinutes', 'nearMetres'] as const

export function RulesDrawer({ onClose }: { onClose: () => void }) {
  const t = useWords(attendanceWords)
  const found = useAsk(rules, {})
  if (!found.data) return <DetailDrawer open loading title={t('rulesTitle')} onClose={onClose} />
  return <RulesForm start={found.data.rules} onClose={onClose} />
}

function RulesForm({ start, onClose }: { start: Rules; onClose: () => void }) {
  const t = useWords(attendanceWords)
  const [texts, setTexts] = useState(() => fields.map(key => String(start[key])))
  const save = useDo(setRules)
  const numbers = texts.map(Number)
  const submit = () => {
    const [lateMinutes = 0, earlyMinutes = 0, absentMinutes = 0, nearMetres = 0] = numbers
    save.mutate({ lateMinutes, earlyMinutes, absentMinutes, nearMetres }, { onSuccess: onClose })
  }
  return (
    <FormDrawer
      title={t('rulesTitle')}
      ok={t('save')}
      ready={numbers.every(one => Number.isInteger(one))}
      doing={[save]}
      onSubmit={submit}
      onClose={onClose}
    >
      {fields.map((key, at) => (
        <Field key={key} label={t(key)} required>
          <TextInput
            inputMode="numeric"
            value={texts[at] ?? ''}
            onChange={next => setTexts(texts.map((text, n) => (n === at ? next : text)))}
          />
        </Field>
      ))}
    </FormDrawer>
  )
}
