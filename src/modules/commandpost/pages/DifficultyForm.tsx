import { Select } from 'antd'
import { newId } from '../../../device/client.ts'
import { useDo } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { Field, FormDrawer, SelectInput, TextArea, useLang, useWords } from '../../../ui/index.ts'
import {
  type DifficultyKind,
  difficultyKinds,
  difficultyKindTitles,
  raiseDifficulty,
  type Urgency,
  urgencies,
  urgencyTitles,
} from '../contracts.ts'
import { type Running, usePostOptions } from './CommandFrame.tsx'
import { difficultyWords } from './difficulty-words.ts'
import { EnclosurePicker, type NewEnclosure } from './Enclosures.tsx'
import { commandWords, enclosureWords, logWords } from './words.ts'

const words = { ...commandWords, ...logWords, ...difficultyWords, ...enclosureWords }

interface Draft {
  postId: string
  kind: DifficultyKind
  urgency: Urgency
  text: string
  enclosures: NewEnclosure[]
}
const initial = (): Draft => ({ postId: '', kind: 'people', urgency: 'soon', text: '', enclosures: [] })

/** At the desk, for a post that called: what the phone does in three taps. */
export function DifficultyForm({ running, onClose }: { running: Running; onClose: () => void }) {
  const t = useWords(words)
  const { lang } = useLang()
  const raise = useDo(raiseDifficulty)
  const posts = usePostOptions(running.operationId)
  const [draft, setDraft, kept] = useKeptDraft({ form: 'difficulty new', initial, contract: raiseDifficulty })
  const change = (more: Partial<Draft>) => setDraft({ ...draft, ...more })
  const submit = () =>
    raise.mutate(
      { difficultyId: newId(), ...draft, text: draft.text.trim() },
      { onSuccess: kept.done(onClose) },
    )
  return (
    <FormDrawer
      onClose={onClose}
      title={t('raise')}
      ok={t('raiseDo')}
      ready={draft.postId !== ''}
      doing={[raise]}
      kept={kept}
      onSubmit={submit}
    >
      <Field label={t('place')} required>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          value={draft.postId || undefined}
          options={posts}
          placeholder={t('pickPost')}
          onChange={postId => change({ postId })}
        />
      </Field>
      <Field label={t('kind')} required>
        <SelectInput
          value={draft.kind}
          options={difficultyKinds.map(kind => ({ value: kind, label: difficultyKindTitles[kind][lang] }))}
          onChange={kind => change({ kind: kind as DifficultyKind })}
        />
      </Field>
      <Field label={t('urgency')} required>
        <SelectInput
          value={draft.urgency}
          options={urgencies.map(one => ({ value: one, label: urgencyTitles[one][lang] }))}
          onChange={urgency => change({ urgency: urgency as Urgency })}
        />
      </Field>
      <Field label={t('what')} hint={t('textHint')}>
        <TextArea rows={4} value={draft.text} maxLength={1_000} onChange={text => change({ text })} />
      </Field>
      <Field label={t('enclosures')}>
        <EnclosurePicker value={draft.enclosures} onChange={enclosures => change({ enclosures })} />
      </Field>
    </FormDrawer>
  )
}
