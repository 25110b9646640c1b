import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useAsk, useDo, useMay, useSession } from '../../../device/hooks.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  DetailDrawer,
  DetailSection,
  Facts,
  Field,
  FormDrawer,
  ProblemNote,
  RecordHistory,
  SelectInput,
  Signal,
  TextArea,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import {
  addPromise,
  type DifficultyKind,
  difficultyKinds,
  difficultyKindTitles,
  keepPromise,
  promiseStateTitles,
  promiseToDifficulty,
  promiseToDirective,
  type Urgency,
  urgencies,
  urgencyTitles,
  visit,
  visitKindTitles,
} from '../contracts.ts'
import { Moment, type Running } from './CommandFrame.tsx'
import { DueWord } from './DifficultiesPage.tsx'
import { EnclosureList } from './Enclosures.tsx'
import { IssueFromForm } from './IssueFromForm.tsx'
import { promiseOf, PromiseFields, usePromiseDraft } from './VisitForm.tsx'
import { visitWords } from './visit-words.ts'
import { commandWords } from './words.ts'

type Visit = OutputOf<typeof visit>
type Promised = Visit['promiseRows'][number]
const words = { ...commandWords, ...visitWords }
type Doing = { what: 'keep' | 'difficulty' | 'directive'; promise: Promised } | { what: 'add' }
type Props = { visitId: string; running: Running; onClose: () => void }

export function VisitDrawer({ visitId, running, onClose }: Props) {
  const t = useWords(words)
  const { lang } = useLang()
  const found = useAsk(visit, { visitId })
  const row = found.data?.visitId === visitId ? found.data : undefined
  const [doing, setDoing] = useState<Doing | null>(null)
  const back = () => setDoing(null)
  if (row && doing) return <Act row={row} doing={doing} running={running} onClose={back} />
  return (
    <DetailDrawer
      open
      onClose={onClose}
      width={560}
      title={row?.visitor ?? ''}
      subtitle={row ? t('visitNo', { n: row.n }) : undefined}
      head={row ? visitKindTitles[row.kind][lang] : undefined}
      loading={!row && !found.error}
      error={
        found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : undefined
      }
      footEnd={
        row?.mayKeep ? <Button onClick={() => setDoing({ what: 'add' })}>{t('addLine')}</Button> : null
      }
    >
      {row ? <Content row={row} onDo={setDoing} /> : null}
    </DetailDrawer>
  )
}

function Act(props: { row: Visit; doing: Doing; running: Running; onClose: () => void }) {
  const { row, doing, running, onClose } = props
  const issue = useDo(promiseToDirective)
  if (doing.what === 'add') return <AddForm row={row} onClose={onClose} />
  const { promise } = doing
  if (doing.what === 'keep') return <KeepForm promise={promise} onClose={onClose} />
  if (doing.what === 'difficulty') return <DifficultyFrom promise={promise} row={row} onClose={onClose} />
  const { promiseId } = promise
  return (
    <IssueFromForm
      running={running}
      text={promise.text}
      fromWhom={promise.byWhom}
      doing={issue}
      onIssue={head => issue.mutate({ promiseId, ...head }, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}

function Content({ row, onDo }: { row: Visit; onDo: (doing: Doing) => void }) {
  const t = useWords(words)
  const past = useRecordHistory({ table: 'visit', rowId: row.visitId, parts: [] })
  const facts = [
    { label: t('visitedAt'), value: <Moment at={row.visitedAt} /> },
    { label: t('place'), value: row.postName },
    { label: t('unit'), value: row.unitName },
    { label: t('recordedBy'), value: row.recordedBy ?? t('system') },
  ]
  return (
    <>
      <p className="cmd-text">{row.found || <span className="cmd-quiet">{t('noFound')}</span>}</p>
      <Facts facts={facts} />
      <EnclosureList enclosures={row.enclosures} mayRemove={row.mayKeep} />
      <DetailSection title={t('promises')}>
        {row.promiseRows.length === 0 ? <p className="cmd-quiet">{t('noPromises')}</p> : null}
        <ol className="cmd-lines">
          {row.promiseRows.map(one => (
            <PromiseItem key={one.promiseId} one={one} mayKeep={row.mayKeep} onDo={onDo} />
          ))}
        </ol>
      </DetailSection>
      <RecordHistory {...past} />
    </>
  )
}

type ItemProps = { one: Promised; mayKeep: boolean; onDo: (doing: Doing) => void }

function PromiseItem({ one, mayKeep, onDo }: ItemProps) {
  const t = useWords(words)
  const { lang } = useLang()
  const mayRaise = useMay(promiseToDifficulty)
  const kind = one.state === 'kept' ? 'green' : one.overdue ? 'amber' : null
  return (
    <li>
      <span className="cmd-ends">
        <strong>{one.text}</strong>
        <span className="cmd-sign">
          {kind ? <Signal kind={kind} size={14} /> : null}
          {promiseStateTitles[one.state][lang]}
        </span>
      </span>
      <p className="cmd-quiet">
        {one.byWhom} · <Moment at={one.dueAt} /> {one.state === 'open' ? <DueWord dueAt={one.dueAt} /> : null}
      </p>
      {one.difficulty ? (
        <Link to="/difficulties" search={{ open: one.difficulty.difficultyId } as never}>
          {t('openDifficulty', { n: one.difficulty.n })}
        </Link>
      ) : null}
      {one.directive ? (
        <Link to="/directives" search={{ open: one.directive.directiveId } as never}>
          {t('openDirective', { number: one.directive.number })}
        </Link>
      ) : null}
      {one.keptText ? (
        <p className="cmd-text">
          {one.keptText} <span className="cmd-quiet">{one.keptBy ?? t('system')}</span>
        </p>
      ) : null}
      {mayKeep && one.keptAt === null && one.state !== 'kept' ? (
        <span className="cmd-acts">
          <Button size="small" onClick={() => onDo({ what: 'keep', promise: one })}>
            {t('keep')}
          </Button>
          {one.state === 'open' && mayRaise ? (
            <>
              <Button size="small" onClick={() => onDo({ what: 'difficulty', promise: one })}>
                {t('toDifficulty')}
              </Button>
              <Button size="small" onClick={() => onDo({ what: 'directive', promise: one })}>
                {t('toDirective')}
              </Button>
            </>
          ) : null}
        </span>
      ) : null}
    </li>
  )
}

function AddForm({ row, onClose }: { row: Visit; onClose: () => void }) {
  const t = useWords(words)
  const { timeZone } = useSession().agency
  const add = useDo(addPromise)
  const fresh = usePromiseDraft()
  const [draft, setDraft] = useState(() => fresh(row.visitor))
  const promise = promiseOf(draft, timeZone)
  const { visitId } = row
  return (
    <FormDrawer
      onClose={onClose}
      title={t('addLine')}
      subtitle={row.postName}
      ok={t('addLine')}
      ready={promise !== null}
      doing={[add]}
      onSubmit={() => promise && add.mutate({ visitId, promise }, { onSuccess: onClose })}
    >
      <PromiseFields draft={draft} change={more => setDraft({ ...draft, ...more })} />
    </FormDrawer>
  )
}

function KeepForm({ promise, onClose }: { promise: Promised; onClose: () => void }) {
  const t = useWords(words)
  const keep = useDo(keepPromise)
  const [text, setText] = useState('')
  const { promiseId } = promise
  return (
    <FormDrawer
      onClose={onClose}
      title={t('keep')}
      subtitle={promise.text}
      ok={t('keepDo')}
      ready={text.trim() !== ''}
      doing={[keep]}
      onSubmit={() => keep.mutate({ promiseId, text: text.trim() }, { onSuccess: onClose })}
    >
      <Field label={t('keepText')} required>
        <TextArea rows={3} value={text} maxLength={500} onChange={setText} />
      </Field>
    </FormDrawer>
  )
}

function DifficultyFrom({ promise, row, onClose }: { promise: Promised; row: Visit; onClose: () => void }) {
  const t = useWords(words)
  const { lang } = useLang()
  const raise = useDo(promiseToDifficulty)
  const [difficultyId] = useState(newId)
  const [kind, setKind] = useState<DifficultyKind>('living')
  const [urgency, setUrgency] = useState<Urgency>('soon')
  const { promiseId } = promise
  return (
    <FormDrawer
      onClose={onClose}
      title={t('toDifficulty')}
      subtitle={row.postName}
      ok={t('toDifficultyDo')}
      doing={[raise]}
      onSubmit={() => raise.mutate({ promiseId, difficultyId, kind, urgency }, { onSuccess: onClose })}
    >
      <p className="cmd-text">{promise.text}</p>
      <Field label={t('kind')} required>
        <SelectInput
          value={kind}
          options={difficultyKinds.map(one => ({ value: one, label: difficultyKindTitles[one][lang] }))}
          onChange={one => setKind(one as DifficultyKind)}
        />
      </Field>
      <Field label={t('urgency')} required>
        <SelectInput
          value={urgency}
          options={urgencies.map(one => ({ value: one, label: urgencyTitles[one][lang] }))}
          onChange={one => setUrgency(one as Urgency)}
        />
      </Field>
    </FormDrawer>
  )
}
