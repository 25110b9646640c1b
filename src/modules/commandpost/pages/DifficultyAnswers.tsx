// What the owner of a difficulty says, and what the post says back.
import { useState } from 'react'
import { useAsk, useClient, useDo, useSession } from '../../../device/hooks.ts'
import { useKeptDraft } from '../../../device/kept-draft.ts'
import { Field, FormDrawer, SelectInput, TextArea, TextInput, useWords } from '../../../ui/index.ts'
import {
  answerDifficulty,
  difficulties,
  mergeDifficulty,
  reopenDifficulty,
  solveDifficulty,
} from '../contracts.ts'
import type { Difficulty } from './DifficultyDrawer.tsx'
import { difficultyWords } from './difficulty-words.ts'
import { EnclosurePicker, type NewEnclosure } from './Enclosures.tsx'
import { instantOf, laterBy, localOf } from '../../../ui/local-time.ts'
import { commandWords, enclosureWords } from './words.ts'

const words = { ...commandWords, ...difficultyWords, ...enclosureWords }
export type AnswerKind = 'answer' | 'solve' | 'reopen'
type AnswerFormProps = { kind: AnswerKind; row: Difficulty; onClose: () => void }

interface Draft {
  text: string
  solveBy: string
  enclosures: NewEnclosure[]
}

const usualMinutes = { urgent: 60, soon: 240, ordinary: 1_440 } as const

function useSend({ kind, row }: AnswerFormProps, draft: Draft, onDone: () => void) {
  const { timeZone } = useSession().agency
  const [answer, solve, reopen] = [useDo(answerDifficulty), useDo(solveDifficulty), useDo(reopenDifficulty)]
  const solveBy = instantOf(draft.solveBy, timeZone)
  const text = draft.text.trim()
  const ready = text !== '' && (kind !== 'answer' || solveBy !== null)
  const submit = () => {
    if (!ready) return
    const { difficultyId } = row
    const { enclosures } = draft
    const done = { onSuccess: onDone }
    if (kind === 'answer' && solveBy) answer.mutate({ difficultyId, text, solveBy, enclosures }, done)
    else if (kind === 'solve') solve.mutate({ difficultyId, text, enclosures }, done)
    else if (kind === 'reopen') reopen.mutate({ difficultyId, reason: text }, done)
  }
  return { ready, submit, doing: [answer, solve, reopen] }
}

export function AnswerForm(props: AnswerFormProps) {
  const { kind, row, onClose } = props
  const t = useWords(words)
  const { clock } = useClient()
  const { timeZone } = useSession().agency
  const initial = (): Draft => ({
    text: '',
    solveBy: localOf(laterBy(new Date(clock.now()).toISOString(), usualMinutes[row.urgency]), timeZone),
    enclosures: [],
  })
  const form = `difficulty ${kind} ${row.difficultyId}`
  const [draft, setDraft, kept] = useKeptDraft({ form, initial, contract: answerDifficulty })
  const { ready, submit, doing } = useSend(props, draft, kept.done(onClose))
  const change = (more: Partial<Draft>) => setDraft({ ...draft, ...more })
  const titles = {
    answer: [t('answer'), t('answerDo')],
    solve: [t('solve'), t('solveDo')],
    reopen: [t('reopen'), t('reopenDo')],
  }[kind]
  return (
    <FormDrawer
      onClose={onClose}
      title={titles[0]}
      subtitle={row.postName}
      ok={titles[1]}
      ready={ready}
      doing={doing}
      kept={kept}
      onSubmit={submit}
    >
      <Field
        label={kind === 'reopen' ? t('reason') : t('text')}
        hint={kind === 'solve' ? t('solveHint') : undefined}
        required
      >
        <TextArea
          rows={4}
          value={draft.text}
          maxLength={kind === 'reopen' ? 500 : 1_000}
          onChange={text => change({ text })}
        />
      </Field>
      {kind === 'answer' ? (
        <Field label={t('solveBy')} hint={t('solveByHint')} required>
          <TextInput type="datetime-local" value={draft.solveBy} onChange={solveBy => change({ solveBy })} />
        </Field>
      ) : null}
      {kind === 'reopen' ? null : (
        <Field label={t('enclosures')}>
          <EnclosurePicker value={draft.enclosures} onChange={enclosures => change({ enclosures })} />
        </Field>
      )}
    </FormDrawer>
  )
}

export function MergeForm({ row, onClose }: { row: Difficulty; onClose: () => void }) {
  const t = useWords(words)
  const merge = useDo(mergeDifficulty)
  const [into, setInto] = useState('')
  const { operationId, unitId } = row
  const found = useAsk(difficulties, { operationId, unitId, states: ['raised', 'working'], limit: 500 })
  const others = (found.data?.rows ?? []).filter(
    one => one.difficultyId !== row.difficultyId && one.unitId === unitId,
  )
  const chosen = others.find(one => one.difficultyId === into)
  const options = others.map(one => ({
    value: one.difficultyId,
    label: `${one.n} ${one.postName} ${one.text}`.slice(0, 80),
  }))
  return (
    <FormDrawer
      onClose={onClose}
      title={t('merge')}
      subtitle={t('no', { n: row.n })}
      ok={t('mergeDo', { n: chosen?.n ?? '—' })}
      ready={chosen !== undefined}
      doing={[merge]}
      onSubmit={() => merge.mutate({ difficultyId: row.difficultyId, into }, { onSuccess: onClose })}
    >
      <Field label={t('mergeInto')} hint={t('mergeHint')} required>
        <SelectInput value={into} options={options} placeholder="—" onChange={setInto} />
      </Field>
    </FormDrawer>
  )
}
