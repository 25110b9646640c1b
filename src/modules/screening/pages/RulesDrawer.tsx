// What sampling sites are held to.
import { useState } from 'react'
import { useAsk, useDo } from '../../../device/hooks.ts'
import { DetailDrawer, Field, FormDrawer, TextInput, useWords } from '../../../ui/index.ts'
import { rules, type SamplingRules, setRules } from '../contracts.ts'
import { screeningWords } from './words.ts'

const fields = ['secondsPerPerson', 'waitMinutesMost', 'queueMost', 'resultHours', 'retestHours'] as const

export function RulesDrawer({ onClose }: { onClose: () => void }) {
  const t = useWords(screeningWords)
  const found = useAsk(rules, {})
  if (!found.data) return <DetailDrawer open loading title={t('rules')} onClose={onClose} />
  return <RulesForm start={found.data} onClose={onClose} />
}

function RulesForm({ start, onClose }: { start: SamplingRules; onClose: () => void }) {
  const t = useWords(screeningWords)
  const [texts, setTexts] = useState<Record<string, string>>(() =>
    Object.fromEntries(fields.map(key => [key, String(start[key])])),
  )
  const save = useDo(setRules)
  const value = Object.fromEntries(fields.map(key => [key, Number(texts[key])])) as SamplingRules
  return (
    <FormDrawer
      title={t('rules')}
      ok={t('save')}
      ready={setRules.input.safeParse(value).success}
      doing={[save]}
      onSubmit={() => save.mutate(value, { onSuccess: onClose })}
      onClose={onClose}
    >
      {fields.map(key => (
        <Field key={key} label={t(key)} required>
          <TextInput
            inputMode="numeric"
            value={texts[key] ?? ''}
            onChange={next => setTexts({ ...texts, [key]: next })}
          />
        </Field>
      ))}
    </FormDrawer>
  )
}
