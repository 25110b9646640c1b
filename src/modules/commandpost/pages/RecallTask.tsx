// A recall on the phone: when I am there, or why not; and at the place, that I am.
import { useState } from 'react'
import { useAsk, useDo, useServerNow, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  BackButton,
  BigButton,
  buzz,
  Field,
  PhoneCard,
  PlainButton,
  TextInput,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import {
  answerRecall,
  arriveRecalled,
  type ExemptClass,
  exemptClasses,
  exemptClassTitles,
  myRecalls,
  recalledStateTitles,
} from '../contracts.ts'
import { instantOf, laterBy, localOf } from '../../../ui/local-time.ts'
import { myRecallWords } from './recall-words.ts'
import { untilWords } from './stretch.ts'
import { taskWords } from './task-words.ts'
import { commandWords } from './words.ts'

type Mine = OutputOf<typeof myRecalls>['rows'][number]
const words = { ...commandWords, ...taskWords, ...myRecallWords }
type DoneProps = { row: Mine; onDone: (what?: string) => void }

/** `11月5日 12:00`, so that a time after midnight is not taken for today's. */
function useMoment(): (at: string) => string {
  const format = useFormat(useSession().agency.timeZone)
  return at => `${format.day(at, { weekday: false })} ${format.time(at)}`
}

/** The cards at the top of the tasks: nothing is more urgent. */
export function RecallCards({ onOpen }: { onOpen: (recallId: string) => void }) {
  const t = useWords(words)
  const { lang } = useLang()
  const now = useServerNow()
  const found = useAsk(myRecalls, {}, { refetchSeconds: 60 })
  const rows = found.data?.rows ?? []
  if (found.error) return <ProblemNote error={found.error} onRetry={() => void found.refetch()} />
  if (rows.length === 0) return null
  return (
    <>
      <h2>{t('myRecalls')}</h2>
      {rows.map(row => (
        <PhoneCard
          key={row.recallId}
          icon="siren"
          attention={row.overdue || row.state === 'called'}
          title={t('place', { place: row.placeName })}
          note={
            <>
              {row.reason}
              <br />
              {untilWords(t, row.reportBy, now)}
            </>
          }
          aside={recalledStateTitles[row.state][lang]}
          onOpen={() => onOpen(row.recallId)}
        />
      ))}
    </>
  )
}

export function RecallTask({ recallId, onDone }: { recallId: string; onDone: (what?: string) => void }) {
  const t = useWords(words)
  const found = useAsk(myRecalls, {})
  const row = found.data?.rows.find(one => one.recallId === recallId)
  return (
    <div className="tk-list">
      <BackButton onBack={() => onDone()} />
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {row ? <Told row={row} /> : null}
      {row ? <Answers row={row} onDone={onDone} /> : null}
    </div>
  )
}

function Told({ row }: { row: Mine }) {
  const t = useWords(words)
  const { lang } = useLang()
  const moment = useMoment()
  const notes = [
    row.dutyPostName === null ? null : t('dutyNote', { post: row.dutyPostName }),
    row.seconded ? t('secondedNote') : null,
    row.awayUntil === null ? null : t('leaveNote', { time: moment(row.awayUntil) }),
    row.state === 'coming' && row.eta ? t('comingNote', { time: moment(row.eta) }) : null,
    row.state === 'asked' ? t('askedNote') : null,
    row.state === 'exempt' && row.exemptUntil ? t('exemptNote', { time: moment(row.exemptUntil) }) : null,
    row.state === 'arrived' ? t('arrivedNote') : null,
  ]
  return (
    <PhoneCard
      title={t('place', { place: row.placeName })}
      note={
        <>
          {row.orderedBy} · <span className="fx-date">{t('by', { time: moment(row.reportBy) })}</span>
        </>
      }
      attention={row.overdue}
      aside={recalledStateTitles[row.state][lang]}
    >
      <p className="tk-text">{row.reason}</p>
      {notes.map(note =>
        note === null ? null : (
          <p key={note} className="tk-text">
            {note}
          </p>
        ),
      )}
    </PhoneCard>
  )
}

function Answers({ row, onDone }: DoneProps) {
  const t = useWords(words)
  const moment = useMoment()
  // Here and not where the times stand: those are gone once the answer is there, and with them what was to follow.
  const [arrive, answer] = [useDo(arriveRecalled), useDo(answerRecall)]
  const [doing, setDoing] = useState<'time' | 'cannot' | null>(null)
  if (row.state === 'arrived' || row.state === 'onDuty') return null
  if (doing === 'cannot') return <Cannot row={row} onDone={onDone} />
  const after = (said: string) => ({
    onSuccess: () => {
      buzz()
      onDone(said)
    },
  })
  const { recallId } = row
  const here = () => arrive.mutate({ recallId }, after(t('saidHere')))
  const send = (eta: string) =>
    answer.mutate(
      { recallId, answer: { says: 'coming', eta } },
      after(t('saidComing', { time: moment(eta) })),
    )
  const error = arrive.error ?? answer.error
  const answered = row.state === 'coming' && doing === null
  return (
    <>
      {error ? <ProblemNote error={error} safe="kept" /> : null}
      {answered ? null : <Times busy={answer.isPending} onSend={send} />}
      <BigButton
        stacked
        icon="tick"
        tone={answered ? 'filled' : 'plain'}
        title={t('here')}
        says={t('hereSays', { place: row.placeName })}
        disabled={arrive.isPending}
        onClick={here}
      />
      {answered ? (
        <BigButton tone="plain" icon="clock" title={t('changeTime')} onClick={() => setDoing('time')} />
      ) : null}
      <BigButton
        stacked
        tone="plain"
        icon="returned"
        title={t('cannot')}
        says={t('cannotSays')}
        onClick={() => setDoing('cannot')}
      />
    </>
  )
}

const usual = [30, 60, 120] as const
/** To the next five minutes: nobody arrives at 14:37. */
const round = (instant: string) => new Date(Math.ceil(Date.parse(instant) / 300_000) * 300_000).toISOString()

function Times({ busy, onSend }: { busy: boolean; onSend: (eta: string) => void }) {
  const t = useWords(words)
  const moment = useMoment()
  const { timeZone } = useSession().agency
  const format = useFormat(timeZone)
  const now = useServerNow()
  const [text, setText] = useState('')
  const other = instantOf(text, timeZone)
  const times = usual.map(minutes => round(laterBy(new Date(now).toISOString(), minutes)))
  return (
    <>
      <h2>{t('answerFirst')}</h2>
      <div className="tk-tiles">
        {times.map(eta => (
          <button key={eta} type="button" className="tk-tile" disabled={busy} onClick={() => onSend(eta)}>
            {t('inMinutes', { time: format.time(eta) })}
          </button>
        ))}
      </div>
      <Field label={t('otherTime')}>
        <TextInput type="datetime-local" value={text} onChange={setText} />
      </Field>
      {other ? (
        <BigButton
          title={t('sendTime', { time: moment(other) })}
          icon="clock"
          disabled={busy}
          onClick={() => onSend(other)}
        />
      ) : null}
    </>
  )
}

function Cannot({ row, onDone }: DoneProps) {
  const t = useWords(words)
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  const now = useServerNow()
  const answer = useDo(answerRecall)
  const [exemptClass, setClass] = useState<ExemptClass | null>(null)
  const [until, setUntil] = useState(() => localOf(laterBy(new Date(now).toISOString(), 24 * 60), timeZone))
  const exemptUntil = instantOf(until, timeZone)
  const send = () => {
    if (exemptClass === null || exemptUntil === null) return
    answer.mutate(
      { recallId: row.recallId, answer: { says: 'cannot', exemptClass, exemptUntil } },
      {
        onSuccess: () => {
          buzz()
          onDone(t('saidCannot'))
        },
      },
    )
  }
  return (
    <>
      <h2>{t('why')}</h2>
      <div className="tk-tiles">
        {exemptClasses.map(one => (
          <button
            key={one}
            type="button"
            className="tk-tile"
            aria-pressed={one === exemptClass}
            onClick={() => setClass(one)}
          >
            {exemptClassTitles[one][lang]}
          </button>
        ))}
      </div>
      <Field label={t('until')} hint={t('healthHint')} required>
        <TextInput type="datetime-local" value={until} onChange={setUntil} />
      </Field>
      {answer.error ? <ProblemNote error={answer.error} safe="kept" /> : null}
      <BigButton
        icon="returned"
        title={t('sendCannot')}
        disabled={exemptClass === null || exemptUntil === null || answer.isPending}
        onClick={send}
      />
    </>
  )
}
