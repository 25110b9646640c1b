import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useAsk, useSession } from '../../../device/hooks.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  DetailDrawer,
  DetailSection,
  Facts,
  ProblemNote,
  RecordHistory,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { directive, sourceTitles } from '../contracts.ts'
import { AddresseeTable } from './AddresseeTable.tsx'
import { Moment, type Running } from './CommandFrame.tsx'
import { DueWord } from './DifficultiesPage.tsx'
import { type DirectiveAct, DirectiveActForm } from './DirectiveActs.tsx'
import { DirectiveForm, type Passing } from './DirectiveForm.tsx'
import { DirectiveState } from './DirectivesPage.tsx'
import { directiveWords } from './directive-words.ts'
import { EnclosureList } from './Enclosures.tsx'
import { commandWords, enclosureWords } from './words.ts'

export type Directive = OutputOf<typeof directive>
const words = { ...commandWords, ...directiveWords, ...enclosureWords }

type DirectiveDrawerProps = {
  directiveId: string
  running: Running
  onOpen: (directiveId: string) => void
  onClose: () => void
}

export function DirectiveDrawer({ directiveId, running, onOpen, onClose }: DirectiveDrawerProps) {
  const t = useWords(words)
  const answer = useAsk(directive, { directiveId })
  const [act, setAct] = useState<DirectiveAct | null>(null)
  const [passing, setPassing] = useState<Passing | null>(null)
  const row = answer.data?.directiveId === directiveId ? answer.data : undefined
  if (passing) return <DirectiveForm running={running} passing={passing} onClose={() => setPassing(null)} />
  if (row && act) return <DirectiveActForm act={act} row={row} onClose={() => setAct(null)} />
  return (
    <DetailDrawer
      open
      onClose={onClose}
      width={720}
      title={row?.title ?? ''}
      subtitle={row?.number}
      head={row ? <DirectiveState row={row} /> : undefined}
      loading={!row && !answer.error}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      footStart={
        row?.mayIssue ? <Button onClick={() => setAct({ kind: 'withdraw' })}>{t('withdraw')}</Button> : null
      }
      footEnd={
        row?.mayIssue ? (
          <>
            <Button onClick={() => setAct({ kind: 'extend' })}>{t('extend')}</Button>
            <Button type="primary" onClick={() => setAct({ kind: 'chase' })}>
              {t('chase')}
            </Button>
          </>
        ) : null
      }
    >
      {row ? (
        <Content
          row={row}
          onAct={setAct}
          onPass={addresseeId => setPassing({ directive: row, addresseeId })}
          onOpen={onOpen}
        />
      ) : null}
    </DetailDrawer>
  )
}

type ContentProps = {
  row: Directive
  onAct: (act: DirectiveAct) => void
  onPass: (addresseeId: string) => void
  onOpen: (directiveId: string) => void
}

function Content({ row, onAct, onPass, onOpen }: ContentProps) {
  const t = useWords(words)
  const { lang } = useLang()
  const { roles } = useSession()
  const desk = roles.includes('commander') || roles.includes('dutyOfficer')
  const parts = ['directive_step', 'directive_addressee']
  const past = useRecordHistory({ table: 'directive', rowId: row.directiveId, parts })
  return (
    <>
      <p className="cmd-text">{row.text}</p>
      <EnclosureList enclosures={row.enclosures.filter(one => one.step === null)} mayRemove={desk} />
      <Facts
        facts={[
          { label: t('source'), value: `${sourceTitles[row.source][lang]} ${row.fromWhom}` },
          { label: t('issuer'), value: row.issuerUnitName ?? t('commandPost') },
          {
            label: t('issuedAt'),
            value: (
              <>
                <Moment at={row.issuedAt} /> {row.issuedBy ?? t('system')}
              </>
            ),
          },
          {
            label: t('dueAt'),
            value: <Moment at={row.dueAt} />,
            ...(row.state === 'open' ? { aside: <DueWord dueAt={row.dueAt} beganAt={row.issuedAt} /> } : {}),
          },
          ...(row.meeting
            ? [
                {
                  label: t('meetings'),
                  value: (
                    <Link to="/meetings" search={{ open: row.meeting.meetingId } as never}>
                      {row.meeting.title}
                    </Link>
                  ),
                },
              ]
            : []),
          ...(row.completedAt ? [{ label: t('completedAt'), value: <Moment at={row.completedAt} /> }] : []),
        ]}
      />
      <DetailSection title={t('addressees')} note={`${row.counts.completed}/${row.counts.all}`}>
        <AddresseeTable row={row} onAct={onAct} onPass={onPass} />
      </DetailSection>
      <Relatives row={row} onOpen={onOpen} />
      <Steps row={row} desk={desk} />
      <RecordHistory {...past} />
    </>
  )
}

function Relatives({ row, onOpen }: { row: Directive; onOpen: (directiveId: string) => void }) {
  const t = useWords(words)
  const links = [
    ...(row.parent ? [{ ...row.parent, label: t('passedFrom') }] : []),
    ...row.children.map(child => ({ ...child, label: t('passedTo') })),
  ]
  if (links.length === 0) return null
  return (
    <Facts
      facts={links.map(one => ({
        label: one.label,
        value: (
          <Button type="link" size="small" onClick={() => onOpen(one.directiveId)}>
            {one.number} {one.title}
          </Button>
        ),
        aside: t(one.state),
      }))}
    />
  )
}

function Steps({ row, desk }: { row: Directive; desk: boolean }) {
  const t = useWords(words)
  const named = new Map(row.addressees.map(one => [one.addresseeId, one.postName ?? one.unitName]))
  const said = (step: Directive['steps'][number]) => {
    if (step.kind === 'informed') return t('informed', { unit: step.text })
    if (step.kind === 'done') return t('doneStep')
    if (step.kind === 'completed') return t('completedStep')
    if (step.kind === 'supervised') return t('supervisedStep')
    if (step.kind === 'withdrawn') return t('withdrawnStep')
    return t(step.kind)
  }
  return (
    <DetailSection title={t('steps')}>
      <ol className="cmd-steps">
        {row.steps.map(step => (
          <li key={step.n}>
            <Moment at={step.at} />
            <span>
              {step.addresseeId ? `${named.get(step.addresseeId) ?? ''} ` : ''}
              <strong>{said(step)}</strong> <span className="cmd-quiet">{step.by ?? t('system')}</span>
            </span>
            {step.text && step.kind !== 'informed' && step.kind !== 'passed' ? (
              <p className="cmd-text">{step.text}</p>
            ) : null}
            <EnclosureList enclosures={row.enclosures.filter(one => one.step === step.n)} mayRemove={desk} />
          </li>
        ))}
      </ol>
    </DetailSection>
  )
}
