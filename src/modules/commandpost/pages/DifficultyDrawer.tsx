import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useAsk, useDo, useSession } from '../../../device/hooks.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  DetailDrawer,
  DetailSection,
  Facts,
  ProblemNote,
  RecordHistory,
  useConfirm,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import {
  confirmDifficulty,
  difficulty,
  difficultyKindTitles,
  ownerTitles,
  urgencyTitles,
} from '../contracts.ts'
import { leadOfficeTitles } from '../../roster/contracts.ts'
import { Moment } from './CommandFrame.tsx'
import { DueWord, StateWord } from './DifficultiesPage.tsx'
import { AnswerForm, type AnswerKind, MergeForm } from './DifficultyAnswers.tsx'
import { difficultyWords } from './difficulty-words.ts'
import { EnclosureList } from './Enclosures.tsx'
import { stretch } from './stretch.ts'
import { commandWords, enclosureWords } from './words.ts'

export type Difficulty = OutputOf<typeof difficulty>
const words = { ...commandWords, ...difficultyWords, ...enclosureWords }

export function DifficultyDrawer({ difficultyId, onClose }: { difficultyId: string; onClose: () => void }) {
  const t = useWords(words)
  const answer = useAsk(difficulty, { difficultyId })
  const [doing, setDoing] = useState<AnswerKind | 'merge' | null>(null)
  const row = answer.data?.difficultyId === difficultyId ? answer.data : undefined
  const back = () => setDoing(null)
  if (row && doing === 'merge') return <MergeForm row={row} onClose={back} />
  if (row && doing && doing !== 'merge') return <AnswerForm kind={doing} row={row} onClose={back} />
  return (
    <DetailDrawer
      open
      onClose={onClose}
      width={560}
      title={row ? row.postName : ''}
      subtitle={row ? t('no', { n: row.n }) : undefined}
      head={row ? <StateWord row={row} /> : undefined}
      loading={!row && !answer.error}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      footStart={row?.may.merge ? <Button onClick={() => setDoing('merge')}>{t('merge')}</Button> : null}
      footEnd={row ? <Acts row={row} onDo={setDoing} /> : null}
    >
      {row ? <Content row={row} /> : null}
    </DetailDrawer>
  )
}

function Acts({ row, onDo }: { row: Difficulty; onDo: (kind: AnswerKind) => void }) {
  const t = useWords(words)
  const confirming = useDo(confirmDifficulty)
  const [ask, question] = useConfirm()
  const confirm = async () => {
    const yes = await ask({ title: t('confirmAsk'), what: row.postName, ok: t('confirm') })
    if (yes) confirming.mutate({ difficultyId: row.difficultyId })
  }
  if (row.may.confirm) {
    return (
      <>
        {confirming.error ? <ProblemNote error={confirming.error} /> : null}
        <Button onClick={() => onDo('reopen')}>{t('reopen')}</Button>
        <Button type="primary" loading={confirming.isPending} onClick={() => void confirm()}>
          {t('confirm')}
        </Button>
        {question}
      </>
    )
  }
  if (!row.may.answer) return null
  const answered = row.state === 'working'
  return (
    <>
      <Button type={answered ? 'default' : 'primary'} onClick={() => onDo('answer')}>
        {t('answer')}
      </Button>
      <Button type={answered ? 'primary' : 'default'} onClick={() => onDo('solve')}>
        {t('solve')}
      </Button>
    </>
  )
}

/** With whom it is; the duty leader by name, or where he is set. */
function OwnerWords({ row }: { row: Difficulty }) {
  const t = useWords(words)
  const { lang } = useLang()
  const { dutyLeader } = row
  const open = row.state === 'raised' || row.state === 'working'
  return (
    <>
      {ownerTitles[row.owner][lang]}
      {dutyLeader ? (
        <>
          {' '}
          <b>{dutyLeader.name}</b>{' '}
          <span className="cmd-quiet">
            {dutyLeader.unit} {leadOfficeTitles[dutyLeader.office][lang]}
          </span>
        </>
      ) : null}
      {open && row.owner === 'dutyLeader' && !dutyLeader ? (
        <>
          {' '}
          <span className="cmd-quiet">{t('noDutyLeader')}</span>{' '}
          <Link to="/roster/leaders">{t('toLeaders')}</Link>
        </>
      ) : null}
    </>
  )
}

function Content({ row }: { row: Difficulty }) {
  const t = useWords(words)
  const { lang } = useLang()
  const { difficultyId } = row
  const past = useRecordHistory({ table: 'difficulty', rowId: difficultyId, parts: ['difficulty_step'] })
  const facts = [
    { label: t('kind'), value: difficultyKindTitles[row.kind][lang] },
    { label: t('urgency'), value: urgencyTitles[row.urgency][lang] },
    { label: t('unit'), value: row.unitName },
    { label: t('owner'), value: <OwnerWords row={row} /> },
    {
      label: t('raisedAt'),
      value: (
        <>
          <Moment at={row.raisedAt} /> {row.raisedBy ?? t('system')}
        </>
      ),
    },
    { label: t('stood'), value: stretch(t, row.stoodMinutes) },
    ...(row.dueAt
      ? [
          {
            label: t('due'),
            value: <Moment at={row.dueAt} />,
            aside: <DueWord dueAt={row.dueAt} beganAt={row.raisedAt} />,
          },
        ]
      : []),
    ...(row.mergedInto ? [{ label: t('merge'), value: t('mergedInto', { n: row.mergedInto.n }) }] : []),
  ]
  return (
    <>
      <p className="cmd-text">{row.text || <span className="cmd-quiet">{t('noText')}</span>}</p>
      <Facts facts={facts} />
      <Steps row={row} />
      {row.mergedRows.length > 0 ? (
        <DetailSection title={t('duplicates')}>
          <p>{row.mergedRows.map(one => `${t('no', { n: one.n })} ${one.postName}`).join(t('comma'))}</p>
        </DetailSection>
      ) : null}
      <RecordHistory {...past} />
    </>
  )
}

function Steps({ row }: { row: Difficulty }) {
  const t = useWords(words)
  const { lang } = useLang()
  const { roles } = useSession()
  const desk = roles.includes('commander') || roles.includes('dutyOfficer')
  const said = (step: Difficulty['steps'][number]) => {
    switch (step.kind) {
      case 'escalated':
        return t('escalated', {
          owner: [ownerTitles[step.owner][lang], step.dutyLeader?.name].filter(Boolean).join(' '),
        })
      case 'reopened':
        return t('reopenedStep')
      case 'merged':
        return t('mergedStep', { n: Number(step.text) })
      case 'took':
        return t('took', { n: Number(step.text) })
      default:
        return t(step.kind)
    }
  }
  return (
    <DetailSection title={t('steps')}>
      <ol className="cmd-steps">
        {row.steps.map(step => (
          <li key={step.n}>
            <Moment at={step.at} />
            <span>
              <strong>{said(step)}</strong> <span className="cmd-quiet">{step.by ?? t('system')}</span>
            </span>
            {step.text && step.kind !== 'merged' && step.kind !== 'took' ? (
              <p className="cmd-text">{step.text}</p>
            ) : null}
            <EnclosureList enclosures={row.enclosures.filter(one => one.step === step.n)} mayRemove={desk} />
          </li>
        ))}
      </ol>
    </DetailSection>
  )
}
