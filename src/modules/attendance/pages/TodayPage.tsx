// An officer's own page: where I stand, until when, with whom, what I bring, and what comes next.
import './today.css'
import { type ReactNode } from 'react'
import { useAsk, useDo, useLive, useServerNow, useSession } from '../../../device/hooks.ts'
import { usePhoneTabs } from '../../../device/phone.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  BigButton,
  buzz,
  LangProvider,
  PhoneCard,
  PhoneShell,
  SkeletonPanel,
  useFormat,
  useWords,
  leftWords,
} from '../../../ui/phone.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import { postDetail } from '../../posts/contracts.ts'
import { acknowledge, my } from '../../roster/contracts.ts'
import { my as myAttendance } from '../contracts.ts'
import { CheckPanel } from './CheckPanel.tsx'
import { LastFact } from './FactLine.tsx'
import { HandoverCard, useOwesHandover } from './HandoverCard.tsx'
import { useStatedFacts } from './stated-facts.ts'
import { usePhoneStrip } from './phone-strip.ts'
import { HoursCard } from './HoursCard.tsx'
import { LoopCard } from './LoopCard.tsx'
import { type MySeat, ownAttendance } from './own-seats.ts'
import { SamplingCard } from './SamplingCard.tsx'
import { ShiftCard } from './ShiftCard.tsx'
import { ChasedCard, SwapCard } from './SwapCard.tsx'
import { TurnsCard } from './TurnsCard.tsx'
import { todayWords } from './today-words.ts'

type Mine = OutputOf<typeof my>
export type Shift = Mine['shifts'][number]

export default function TodayPage() {
  return (
    <LangProvider>
      <Today />
    </LangProvider>
  )
}

function Today() {
  const t = useWords(todayWords)
  const { agency, officerId } = useSession()
  const format = useFormat(agency.timeZone)
  useLive()
  const found = useAsk(my, { days: 14 }, { refetchSeconds: 300, enabled: officerId !== null })
  const own = useAsk(myAttendance, {}, { refetchSeconds: 60, enabled: officerId !== null })
  const now = useServerNow()
  const facts = useStatedFacts()
  const owesHandover = useOwesHandover(now, officerId !== null)
  const { doing, ordered, there } = ownAttendance(own.data, now)
  const shifts = (found.data?.shifts ?? []).filter(shift => Date.parse(shift.ends) > now)
  const current = shifts.find(shift => Date.parse(shift.begins) <= now)
  const onTab = usePhoneTabs('/today')
  const left = current ? leftWords(t, Date.parse(current.ends) - now) : ''
  return (
    <PhoneShell
      {...usePhoneStrip()}
      post={there?.postName ?? current?.postName ?? t('offDuty')}
      left={current ? t('leftStrip', { left }) : null}
      tab="today"
      onTab={onTab}
    >
      <h1 className="fx-hidden">{t('today')}</h1>
      <LastFact facts={facts} />
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {own.error ? <ProblemNote error={own.error} onRetry={() => void own.refetch()} /> : null}
      {officerId === null ? <PhoneCard icon="me" title={t('noOfficer')} note={t('noOfficerNote')} /> : null}
      {officerId !== null && found.isPending ? <SkeletonPanel lines={8} /> : null}
      {officerId !== null ? <TurnsCard timeZone={agency.timeZone} now={now} when="soon" /> : null}
      {found.data ? <ChasedCard chased={found.data.chased} /> : null}
      {found.data ? (
        <Shifts shifts={shifts} current={current} now={now} swapsToAnswer={found.data.swapsToAnswer}>
          {owesHandover ? <HandoverCard due /> : null}
          {own.data ? (
            <CheckPanel {...{ doing, now, facts, owesHandover }} nearMetres={own.data.rules.nearMetres} />
          ) : null}
          {owesHandover ? null : <HandoverCard due={false} />}
          {ordered.map(one => (
            <StandInCard key={one.key} seat={one} />
          ))}
        </Shifts>
      ) : null}
      {officerId !== null ? <TurnsCard timeZone={agency.timeZone} now={now} when="later" /> : null}
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

interface ShiftsProps {
  shifts: Shift[]
  current: Shift | undefined
  now: number
  /** What can be done at the post, below the shift. */
  children: ReactNode
  swapsToAnswer: number
}

function Shifts({ shifts, current, now, children, swapsToAnswer }: ShiftsProps) {
  const t = useWords(todayWords)
  const first = current ?? shifts[0]
  const place = useAsk(postDetail, { postId: first?.postId ?? '' }, { enabled: first !== undefined })
  const waiting = shifts.filter(shift => !shift.acknowledged)
  const rest = shifts.filter(shift => shift !== first)
  // What may be done at any time, below what is waited for.
  const quiet = (
    <>
      <LoopCard />
      <SwapCard waiting={swapsToAnswer} />
      <HoursCard />
    </>
  )
  if (!first) {
    return (
      <>
        {children}
        {quiet}
      </>
    )
  }
  const detail = place.data?.postId === first.postId ? place.data : undefined
  return (
    <div className="td-list">
      <ShiftCard shift={first} now={now} next={rest[0]} place={detail} />
      {detail?.kind === 'samplingSite' ? <SamplingCard /> : null}
      {children}
      {waiting.length > 0 ? <Acknowledge shifts={waiting} /> : null}
      {quiet}
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

/** An order on the spot is no shift of the roster, and stands here until its band opens. */
function StandInCard({ seat }: { seat: MySeat }) {
  const t = useWords(todayWords)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  return (
    <PhoneCard
      icon="horn"
      attention
      title={`${t('standIn')} · ${seat.postName}`}
      note={
        <>
          <span className="fx-date">{format.span(seat.begins, seat.ends)}</span>{' '}
          {seat.replacesName ? t('standInFor', { name: seat.replacesName }) : null}
        </>
      }
    />
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
