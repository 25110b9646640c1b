// An officer's own page: where I stand, until when, with whom, what I bring, and what comes next.
import './today.css'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useAsk, useDo, useLive, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  BigButton,
  buzz,
  LangProvider,
  PhoneCard,
  PhoneShell,
  type PhoneTab,
  SaveLine,
  SkeletonPanel,
  useFormat,
  useWords,
} from '../../../ui/phone.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import { postDetail } from '../../posts/contracts.ts'
import { acknowledge, my } from '../contracts.ts'
import { ShiftCard } from './ShiftCard.tsx'
import { todayWords } from './today-words.ts'

type Mine = OutputOf<typeof my>
export type Shift = Mine['shifts'][number]

/** The server's clock, carried on by this device's ticking. */
function useNow(now: string | undefined): number {
  const [skew, setSkew] = useState(0)
  const [tick, setTick] = useState(() => Date.now())
  useEffect(() => {
    if (now) setSkew(Date.parse(now) - Date.now())
  }, [now])
  useEffect(() => {
    const timer = setInterval(() => setTick(Date.now()), 10_000)
    return () => clearInterval(timer)
  }, [])
  return tick + skew
}

function useNetwork(): 'online' | 'offline' {
  const [online, setOnline] = useState(() => navigator.onLine)
  useEffect(() => {
    const look = () => setOnline(navigator.onLine)
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
    return () => {
      window.removeEventListener('online', look)
      window.removeEventListener('offline', look)
    }
  }, [])
  return online ? 'online' : 'offline'
}

export default function TodayPage() {
  return (
    <LangProvider>
      <Today />
    </LangProvider>
  )
}

function Today() {
  const t = useWords(todayWords)
  const navigate = useNavigate()
  const { agency, officerId } = useSession()
  const format = useFormat(agency.timeZone)
  useLive()
  const network = useNetwork()
  const found = useAsk(my, { days: 14 }, { refetchSeconds: 300, enabled: officerId !== null })
  const now = useNow(found.data?.now)
  const [notice, setNotice] = useState<string | null>(null)
  const shifts = (found.data?.shifts ?? []).filter(shift => Date.parse(shift.ends) > now)
  const current = shifts.find(shift => Date.parse(shift.begins) <= now)
  const onTab = (tab: PhoneTab) => {
    if (tab === 'today') setNotice(null)
    else if (tab === 'me') void navigate({ to: '/account' })
    else setNotice(t('later'))
  }
  const left = current ? leftWords(t, Date.parse(current.ends) - now) : ''
  return (
    <PhoneShell
      rehearsal={agency.kind === 'rehearsal'}
      post={current?.postName ?? t('offDuty')}
      left={current ? t('leftStrip', { left }) : null}
      network={network}
      tab="today"
      onTab={onTab}
    >
      <h1 className="fx-hidden">{t('today')}</h1>
      {notice ? <SaveLine>{notice}</SaveLine> : null}
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {officerId === null ? <PhoneCard icon="me" title={t('noOfficer')} note={t('noOfficerNote')} /> : null}
      {officerId !== null && found.isPending ? <SkeletonPanel lines={8} /> : null}
      {found.data ? <Shifts shifts={shifts} current={current} now={now} /> : null}
      {found.data && shifts.length === 0 ? (
        <PhoneCard
          icon="today"
          title={t('nothing')}
          note={t('nothingNote', { day: format.day(found.data.dutyDay) })}
        />
      ) : null}
    </PhoneShell>
  )
}

export function leftWords(
  t: (key: 'minutes' | 'hoursMinutes', params: Record<string, number>) => string,
  ms: number,
) {
  const minutes = Math.max(0, Math.ceil(ms / 60_000))
  if (minutes < 60) return t('minutes', { n: minutes })
  return t('hoursMinutes', { h: Math.floor(minutes / 60), m: minutes % 60 })
}

function Shifts({ shifts, current, now }: { shifts: Shift[]; current: Shift | undefined; now: number }) {
  const t = useWords(todayWords)
  const first = current ?? shifts[0]
  const place = useAsk(postDetail, { postId: first?.postId ?? '' }, { enabled: first !== undefined })
  const waiting = shifts.filter(shift => !shift.acknowledged)
  const rest = shifts.filter(shift => shift !== first)
  if (!first) return null
  const detail = place.data?.postId === first.postId ? place.data : undefined
  return (
    <div className="td-list">
      <ShiftCard shift={first} now={now} next={rest[0]} place={detail} />
      {waiting.length > 0 ? <Acknowledge shifts={waiting} /> : null}
      {rest.length > 0 ? <h2>{t('coming')}</h2> : null}
      {rest.map(shift => (
        <ComingCard key={shift.assignmentId} shift={shift} />
      ))}
    </div>
  )
}

/** One answer for all new shifts: the person has read the list below and says so once. */
function Acknowledge({ shifts }: { shifts: Shift[] }) {
  const t = useWords(todayWords)
  const command = useDo(acknowledge)
  const newest = new Map<string, number>()
  for (const shift of shifts) {
    newest.set(shift.operationId, Math.max(shift.version, newest.get(shift.operationId) ?? 0))
  }
  const send = async () => {
    for (const [operationId, version] of newest) await command.mutateAsync({ operationId, version })
    buzz()
  }
  return (
    <PhoneCard
      icon="sign"
      attention
      title={t('toAcknowledge', { n: shifts.length })}
      note={t('acknowledgeNote')}
    >
      {command.error ? <ProblemNote error={command.error} safe="kept" /> : null}
      <BigButton
        title={t('acknowledge')}
        says={t('acknowledgeSays', { n: shifts.length })}
        icon="tick"
        disabled={command.isPending}
        onClick={() => void send().catch(() => undefined)}
      />
    </PhoneCard>
  )
}

function ComingCard({ shift }: { shift: Shift }) {
  const t = useWords(todayWords)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  return (
    <PhoneCard
      title={shift.postName}
      note={
        <>
          <span className="fx-date">{format.day(shift.begins)}</span>{' '}
          <span className="fx-date">{format.span(shift.begins, shift.ends)}</span>
        </>
      }
      aside={shift.acknowledged ? t('acknowledged') : t('new')}
    />
  )
}
