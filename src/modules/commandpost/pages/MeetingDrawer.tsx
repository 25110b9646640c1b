import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useGo } from '../../../device/address.ts'
import { useAsk, useClient, useDo } from '../../../device/hooks.ts'
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
  Signal,
  TextArea,
  useWords,
} from '../../../ui/index.ts'
import { addDecisions, issueDecision, meeting } from '../contracts.ts'
import { Moment, type Running } from './CommandFrame.tsx'
import { EnclosureList } from './Enclosures.tsx'
import { IssueFromForm } from './IssueFromForm.tsx'
import { decisionsOf, MeetingForm } from './MeetingForm.tsx'
import { meetingWords } from './visit-words.ts'
import { commandWords, logWords } from './words.ts'

export type Meeting = OutputOf<typeof meeting>
type Decision = Meeting['decisionRows'][number]
const words = { ...commandWords, ...logWords, ...meetingWords }
type Props = { meetingId: string; running: Running; onClose: () => void }

export function MeetingDrawer({ meetingId, running, onClose }: Props) {
  const t = useWords(words)
  const client = useClient()
  const go = useGo()
  const issue = useDo(issueDecision)
  const found = useAsk(meeting, { meetingId })
  const row = found.data?.meetingId === meetingId ? found.data : undefined
  const [doing, setDoing] = useState<'change' | 'add' | Decision | null>(null)
  const back = () => setDoing(null)
  if (row && doing === 'change') return <MeetingForm running={running} meeting={row} onClose={back} />
  if (row && doing === 'add') return <AddForm row={row} onClose={back} />
  if (row && doing && typeof doing === 'object') {
    const { decisionId } = doing
    return (
      <IssueFromForm
        running={running}
        text={doing.text}
        fromWhom={row.chair}
        doing={issue}
        onIssue={head => issue.mutate({ decisionId, ...head }, { onSuccess: back })}
        onClose={back}
      />
    )
  }
  const mayChange = row?.mayChange ?? false
  return (
    <DetailDrawer
      open
      onClose={onClose}
      width={640}
      title={row?.title ?? ''}
      subtitle={row ? t('meetingNo', { n: row.n }) : undefined}
      loading={!row && !found.error}
      error={
        found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : undefined
      }
      footStart={
        row ? (
          <>
            <Button onClick={() => go(`/meetings/print?meeting=${meetingId}`)}>{t('print')}</Button>
            <Button href={client.fileUrl('commandpost.exportMeeting', { meetingId })}>{t('excel')}</Button>
          </>
        ) : null
      }
      footEnd={
        mayChange ? (
          <>
            <Button onClick={() => setDoing('change')}>{t('change')}</Button>
            <Button onClick={() => setDoing('add')}>{t('addDecisions')}</Button>
          </>
        ) : null
      }
    >
      {row ? <Content row={row} onIssue={setDoing} /> : null}
    </DetailDrawer>
  )
}

function Content({ row, onIssue }: { row: Meeting; onIssue: (decision: Decision) => void }) {
  const t = useWords(words)
  const past = useRecordHistory({ table: 'meeting', rowId: row.meetingId, parts: [] })
  const facts = [
    { label: t('heldAt'), value: <Moment at={row.heldAt} /> },
    { label: t('where'), value: row.place },
    { label: t('chair'), value: row.chair },
    { label: t('attendees'), value: row.attendees || '—' },
    { label: t('recordedBy'), value: row.recordedBy ?? t('system') },
  ]
  return (
    <>
      <Facts facts={facts} />
      <DetailSection title={t('decisions')}>
        {row.decisionRows.length === 0 ? <p className="cmd-quiet">{t('noDecisions')}</p> : null}
        <ol className="cmd-lines">
          {row.decisionRows.map(one => (
            <DecisionItem key={one.decisionId} one={one} mayIssue={row.mayChange} onIssue={onIssue} />
          ))}
        </ol>
      </DetailSection>
      <DetailSection title={t('minutes')}>
        <p className="cmd-text">{row.minutes || <span className="cmd-quiet">{t('noMinutes')}</span>}</p>
      </DetailSection>
      <EnclosureList enclosures={row.enclosures} mayRemove={row.mayChange} />
      <RecordHistory {...past} />
    </>
  )
}

type ItemProps = { one: Decision; mayIssue: boolean; onIssue: (decision: Decision) => void }

function DecisionItem({ one, mayIssue, onIssue }: ItemProps) {
  const t = useWords(words)
  const { directive } = one
  const kind = directive?.overdue ? 'red' : directive?.state === 'completed' ? 'green' : null
  return (
    <li>
      <span className="cmd-ends">
        <span className="cmd-text">
          {one.n}. {one.text}
        </span>
        <span className={directive?.overdue ? 'cmd-sign fx-tone-red' : 'cmd-sign'}>
          {kind ? <Signal kind={kind} size={14} /> : null}
          {directive ? (directive.overdue ? t('overdue') : t(directive.state)) : t('notIssued')}
        </span>
      </span>
      {directive ? (
        <p className="cmd-quiet">
          <Link to="/directives" search={{ open: directive.directiveId } as never}>
            {directive.number} {directive.title}
          </Link>{' '}
          {directive.completed}/{directive.all} · <Moment at={directive.dueAt} />
        </p>
      ) : null}
      {!directive && mayIssue ? (
        <Button size="small" onClick={() => onIssue(one)}>
          {t('issue')}
        </Button>
      ) : null}
    </li>
  )
}

function AddForm({ row, onClose }: { row: Meeting; onClose: () => void }) {
  const t = useWords(words)
  const add = useDo(addDecisions)
  const [text, setText] = useState('')
  const decisions = decisionsOf(text)
  const { meetingId } = row
  return (
    <FormDrawer
      onClose={onClose}
      title={t('addDecisions')}
      subtitle={row.title}
      ok={t('addDo', { n: decisions.length })}
      ready={decisions.length > 0}
      doing={[add]}
      onSubmit={() => add.mutate({ meetingId, decisions }, { onSuccess: onClose })}
    >
      <Field label={t('decisions')} hint={t('decisionsHint')} required>
        <TextArea rows={6} value={text} maxLength={20_000} onChange={setText} />
      </Field>
    </FormDrawer>
  )
}
