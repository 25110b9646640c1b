import { newId } from '../../../device/client.ts'
import { useDo } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { Field, FormDrawer, TextInput, useWords } from '../../../ui/index.ts'
import { changeRound, defineRound } from '../contracts.ts'
import { clockOf, minutesOf } from '../../../ui/local-time.ts'
import type { RoundDetail } from './RoundsPage.tsx'
import { postsWords } from './words.ts'

type RoundFormProps = {
  operationId: string
  /** To change it; without one a new round is defined. */
  round?: RoundDetail
  n?: number
  day?: string
  onClose: () => void
}

interface Draft {
  n: string
  name: string
  day: string
  opens: string
  closes: string
  area: string
}

/** What the commands take, or null while something is missing. */
function fieldsOf(draft: Draft) {
  const [opensMinute, end] = [minutesOf(draft.opens), minutesOf(draft.closes)]
  const n = Math.trunc(Number(draft.n))
  if (draft.name.trim() === '' || draft.day === '' || opensMinute === null || end === null || n < 1)
    return null
  const closesMinute = end <= opensMinute ? end + 1_440 : end
  return { n, name: draft.name.trim(), day: draft.day, opensMinute, closesMinute, area: draft.area.trim() }
}

export function RoundForm({ operationId, round, n = 1, day = '', onClose }: RoundFormProps) {
  const t = useWords(postsWords)
  const define = useDo(defineRound)
  const change = useDo(changeRound)
  const initial = (): Draft => ({
    n: String(round?.n ?? n),
    name: round?.name ?? t('roundName', { n }),
    day: round?.day ?? day,
    opens: clockOf(round?.opensMinute ?? 420),
    closes: clockOf(round?.closesMinute ?? 690),
    area: round?.area ?? '',
  })
  const form = `round ${round?.roundId ?? 'new'}`
  const [draft, setDraft, kept] = useKeptDraft({ form, initial, contract: defineRound })
  const fields = fieldsOf(draft)
  const submit = () => {
    if (!fields) return
    const done = { onSuccess: kept.done(onClose) }
    if (round) change.mutate({ roundId: round.roundId, ...fields }, done)
    else define.mutate({ roundId: newId(), operationId, ...fields }, done)
  }
  return (
    <FormDrawer
      onClose={onClose}
      title={round ? t('changePost') : t('addRound')}
      subtitle={round?.name}
      ok={round ? t('save') : t('addRound')}
      ready={fields !== null}
      doing={[define, change]}
      columns={2}
      kept={kept}
      onSubmit={submit}
    >
      <RoundFields draft={draft} change={more => setDraft({ ...draft, ...more })} />
    </FormDrawer>
  )
}

function RoundFields({ draft, change }: { draft: Draft; change: (more: Partial<Draft>) => void }) {
  const t = useWords(postsWords)
  return (
    <>
      <Field label={t('n')} required>
        <TextInput type="number" min={1} max={200} value={draft.n} onChange={n => change({ n })} />
      </Field>
      <Field label={t('day')} required>
        <TextInput type="date" value={draft.day} onChange={day => change({ day })} />
      </Field>
      <Field label={t('name')} required wide>
        <TextInput value={draft.name} maxLength={60} onChange={name => change({ name })} />
      </Field>
      <Field label={t('opens')} required>
        <TextInput type="time" value={draft.opens} onChange={opens => change({ opens })} />
      </Field>
      <Field label={t('closes')} required hint={t('closesHint')}>
        <TextInput type="time" value={draft.closes} onChange={closes => change({ closes })} />
      </Field>
      <Field label={t('area')} wide>
        <TextInput value={draft.area} maxLength={300} onChange={area => change({ area })} />
      </Field>
    </>
  )
}
