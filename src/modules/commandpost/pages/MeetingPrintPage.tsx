// 会议纪要 as it goes on paper. The page is the paper: what is on screen is what is printed.
import './log-print.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useAsk, useClient, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  EmptyState,
  LangProvider,
  PlainButton,
  SkeletonRows,
  useFormat,
  useWords,
} from '../../../ui/phone.ts'
import { meeting } from '../contracts.ts'
import { meetingWords } from './visit-words.ts'
import { commandWords, logWords } from './words.ts'

type Meeting = OutputOf<typeof meeting>
const words = { ...commandWords, ...logWords, ...meetingWords }

export default function MeetingPrintPage() {
  return (
    <LangProvider>
      <Print />
    </LangProvider>
  )
}

function Print() {
  const t = useWords(words)
  const client = useClient()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const meetingId = search.meeting ?? ''
  const found = useAsk(meeting, { meetingId }, { enabled: meetingId !== '' })
  useEffect(() => {
    if (found.data) document.title = found.data.title
  }, [found.data])
  return (
    <main className="log-paper">
      <div className="log-paper-tools">
        <PlainButton onClick={() => void navigate({ to: '/meetings' })}>{t('back')}</PlainButton>
        <PlainButton
          disabled={!found.data}
          onClick={() => window.location.assign(client.fileUrl('commandpost.exportMeeting', { meetingId }))}
        >
          {t('excel')}
        </PlainButton>
        <PlainButton filled onClick={() => window.print()} disabled={!found.data}>
          {t('print')}
        </PlainButton>
      </div>
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {meetingId === '' ? (
        <>
          <h1 className="fx-hidden">{t('paper')}</h1>
          <EmptyState sentence={t('noMeeting')} />
        </>
      ) : null}
      {found.data ? <Paper row={found.data} /> : null}
      {found.isLoading ? <SkeletonRows rows={10} columns={3} /> : null}
    </main>
  )
}

function Paper({ row }: { row: Meeting }) {
  const t = useWords(words)
  const { timeZone } = useSession().agency
  const format = useFormat(timeZone)
  const moment = (at: string) => `${format.day(at)} ${format.time(at)}`
  const head = [
    [t('heldAt'), moment(row.heldAt)],
    [t('where'), row.place],
    [t('chair'), row.chair],
    [t('attendees'), row.attendees],
    [t('recordedBy'), row.recordedBy ?? t('system')],
  ]
  return (
    <article className="log-sheet" tabIndex={0}>
      <h1>
        {row.title} {t('paper')}
      </h1>
      <dl className="log-sheet-head">
        {head.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h2>{t('minutes')}</h2>
      {row.minutes.split('\n').map((line, at) => (
        <p key={at}>{line}</p>
      ))}
      <h2>{t('decisions')}</h2>
      {row.decisionRows.length === 0 ? <p>{t('noDecisions')}</p> : null}
      {row.decisionRows.map(one => (
        <p key={one.decisionId}>
          {one.n}. {one.text}{' '}
          {one.directive ? (
            <>
              ({one.directive.number} · {moment(one.directive.dueAt)} ·{' '}
              {one.directive.overdue ? t('overdue') : t(one.directive.state)})
            </>
          ) : null}
        </p>
      ))}
    </article>
  )
}
