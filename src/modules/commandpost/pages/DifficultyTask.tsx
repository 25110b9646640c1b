// One difficulty on the phone: what was answered, and the post's own word at the end.
import { useState } from 'react'
import { useAsk, useDo, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  BackButton,
  BigButton,
  buzz,
  Field,
  PhoneCard,
  PlainButton,
  SkeletonPanel,
  TextArea,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import {
  confirmDifficulty,
  difficulty,
  difficultyKindTitles,
  difficultyStateTitles,
  ownerTitles,
  reopenDifficulty,
} from '../contracts.ts'
import { difficultyWords } from './difficulty-words.ts'
import { EnclosureList } from './Enclosures.tsx'
import { stretch } from './stretch.ts'
import { taskWords } from './task-words.ts'
import { commandWords } from './words.ts'

type Difficulty = OutputOf<typeof difficulty>
const words = { ...commandWords, ...difficultyWords, ...taskWords }
type DoneProps = { onDone: (what?: string) => void }

export function DifficultyTask({ difficultyId, onDone }: DoneProps & { difficultyId: string }) {
  const t = useWords(words)
  const { lang } = useLang()
  const found = useAsk(difficulty, { difficultyId })
  const row = found.data?.difficultyId === difficultyId ? found.data : undefined
  const title = row ? `${difficultyKindTitles[row.kind][lang]} · ${row.postName}` : ''
  return (
    <div className="tk-list">
      <BackButton onBack={() => onDone()} />
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {!row && !found.error ? <SkeletonPanel lines={8} /> : null}
      {row ? (
        <>
          <PhoneCard
            title={title}
            note={t('with', { owner: ownerTitles[row.owner][lang], time: stretch(t, row.stoodMinutes) })}
            aside={difficultyStateTitles[row.state][lang]}
          >
            {row.text ? <p className="tk-text">{row.text}</p> : null}
          </PhoneCard>
          <Said row={row} />
          {row.may.confirm ? <Word row={row} onDone={onDone} /> : null}
        </>
      ) : null}
    </div>
  )
}

/** What was said about it, the newest first: a cold reader wants the last answer. */
function Said({ row }: { row: Difficulty }) {
  const t = useWords(words)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const name = (step: Difficulty['steps'][number]) => {
    if (step.kind === 'escalated') return t('escalated', { owner: ownerTitles[step.owner][lang] })
    if (step.kind === 'reopened') return t('reopenedStep')
    if (step.kind === 'merged') return t('mergedStep', { n: Number(step.text) })
    if (step.kind === 'took') return t('took', { n: Number(step.text) })
    return t(step.kind === 'raised' ? 'raise' : step.kind)
  }
  return (
    <ol className="tk-steps">
      {[...row.steps].reverse().map(step => (
        <li key={step.n}>
          <strong>{name(step)}</strong>{' '}
          <small>
            <span className="fx-date">{format.day(step.at, { weekday: false })}</span> {format.time(step.at)}{' '}
            {step.by ?? t('system')}
          </small>
          {step.text && step.kind !== 'merged' && step.kind !== 'took' ? (
            <p className="tk-text">{step.text}</p>
          ) : null}
          <EnclosureList enclosures={row.enclosures.filter(one => one.step === step.n)} />
        </li>
      ))}
    </ol>
  )
}

function Word({ row, onDone }: DoneProps & { row: Difficulty }) {
  const t = useWords(words)
  const [confirming, reopening] = [useDo(confirmDifficulty), useDo(reopenDifficulty)]
  const [reason, setReason] = useState<string | null>(null)
  const { difficultyId } = row
  const after = (said: 'confirmed' | 'sentBack') => ({
    onSuccess: () => {
      buzz()
      onDone(`${row.postName} ${t(said)}`)
    },
  })
  const error = confirming.error ?? reopening.error
  if (reason === null) {
    return (
      <>
        {error ? <ProblemNote error={error} safe="kept" /> : null}
        <BigButton
          stacked
          icon="tick"
          title={t('confirm')}
          says={t('confirmSays')}
          disabled={confirming.isPending}
          onClick={() => confirming.mutate({ difficultyId }, after('confirmed'))}
        />
        <BigButton tone="plain" icon="returned" title={t('reopen')} onClick={() => setReason('')} />
      </>
    )
  }
  return (
    <>
      <Field label={t('reopenWhy')} required>
        <TextArea rows={3} value={reason} maxLength={500} onChange={setReason} />
      </Field>
      {error ? <ProblemNote error={error} safe="kept" /> : null}
      <BigButton
        icon="returned"
        title={t('reopenDo')}
        disabled={reason.trim() === '' || reopening.isPending}
        onClick={() => reopening.mutate({ difficultyId, reason: reason.trim() }, after('sentBack'))}
      />
    </>
  )
}
