// What an officer does at his post, below his shift: comes, stays on, leaves. The state stands here after saving.
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useSession } from '../../../device/hooks.ts'
import {
  BigButton,
  buzz,
  PhoneCard,
  PlainButton,
  useFormat,
  useLang,
  useWords,
  leftWords,
} from '../../../ui/phone.ts'
import { newId } from '../../../device/client.ts'
import { checkIn, checkOut, confirmStay, type Proof } from '../contracts.ts'
import type { StatedFacts } from './stated-facts.ts'
import { comparePlace } from './own-place.ts'
import { type Doing, leavingMs, type MySeat } from './own-seats.ts'
import { todayWords } from './today-words.ts'

export interface CheckPanelProps {
  doing: Doing[]
  nearMetres: number
  now: number
  facts: StatedFacts
  /** He has not handed over yet: he may leave, and nothing calls him to. */
  owesHandover: boolean
}

/** What was stated and is on its way is not offered again: a second tap would be a second fact. */
const stated = ({ facts }: CheckPanelProps, one: Doing) =>
  facts.waitsFor(one.act === 'checkIn' ? one.seat.postId : (one.seat.presence?.presenceId ?? ''))

/** The thumb feels it once it is saved, and not before. */
const felt = (saved: string | null) => {
  if (saved !== null) buzz()
}

export function CheckPanel(props: CheckPanelProps) {
  const doing = props.doing.filter(one => !stated(props, one))
  return doing.map(one => {
    const key = `${one.act} ${one.seat.key}`
    if (one.act === 'stay') return <Stay key={key} {...props} seat={one.seat} next={one.next} />
    if (one.act === 'checkIn') return <Come key={key} {...props} seat={one.seat} />
    return <Leave key={key} {...props} seat={one.seat} alone={doing.length === 1} />
  })
}

type SeatProps = CheckPanelProps & { seat: MySeat }

function Come({ seat, now, nearMetres, facts }: SeatProps) {
  const t = useWords(todayWords)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const navigate = useNavigate()
  const until = Date.parse(seat.begins) - now
  const note =
    until > 0
      ? t('opensSoon', { left: leftWords(t, until) })
      : t('begunSince', { left: leftWords(t, -until) })
  const state = (proof: Proof) => {
    void facts.state(checkIn, { presenceId: newId(), postId: seat.postId, proof }, seat.postName).then(felt)
  }
  return (
    <PhoneCard
      icon="sign"
      attention
      title={t('toCheckIn', { time: format.time(seat.begins) })}
      note={
        <>
          {seat.postName} · {note}
        </>
      }
    >
      {seat.absenceId ? (
        <p>
          {t('declaredAbsent')} · {t('declaredAbsentNote')}
        </p>
      ) : null}
      <BigButton
        title={t('checkIn')}
        says={t('scanHere')}
        icon="scan"
        onClick={() => void navigate({ to: '/check-in' })}
      />
      <ByPlace seat={seat} nearMetres={nearMetres} title={t('byPlaceIn')} onProof={state} />
      <p className="td-quiet">{t('byLeader')}</p>
    </PhoneCard>
  )
}

function Leave({ seat, now, nearMetres, facts, owesHandover, alone }: SeatProps & { alone: boolean }) {
  const t = useWords(todayWords)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const { presence } = seat
  if (!presence) return null
  const time = format.time(presence.cameAt)
  const left = Date.parse(seat.ends) - now
  const late = presence.lateMinutes
  const soon = alone && !owesHandover && left <= leavingMs
  const state = (proof: Proof) => {
    void facts.state(checkOut, { presenceId: presence.presenceId, proof }, seat.postName).then(felt)
  }
  const scan = () =>
    void navigate({ to: '/check-in', search: { leave: presence.presenceId, post: seat.postId } as never })
  return (
    <PhoneCard
      icon="tick"
      attention={alone && !owesHandover && left <= 0}
      title={late > 0 ? t('checkedInLate', { time, n: late }) : t('checkedIn', { time })}
      note={left <= 0 ? t('overSince') : seat.postName}
      aside={
        soon || open ? undefined : <PlainButton onClick={() => setOpen(true)}>{t('checkOut')}</PlainButton>
      }
    >
      {soon || open ? (
        <>
          <BigButton
            title={t('checkOut')}
            says={t('scanHere')}
            icon="scan"
            tone={soon ? 'filled' : 'plain'}
            onClick={scan}
          />
          <ByPlace seat={seat} nearMetres={nearMetres} title={t('byPlaceOut')} onProof={state} />
        </>
      ) : null}
    </PhoneCard>
  )
}

function Stay({ seat, next, facts }: SeatProps & { next: MySeat }) {
  const t = useWords(todayWords)
  const { lang } = useLang()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const time = format.time(next.begins)
  const band = lang === 'zh' ? next.bandZh : next.bandEn
  return (
    <PhoneCard icon="clock" attention title={t('stayTitle', { time })} note={seat.postName}>
      <BigButton
        title={t('stay')}
        says={t('staySays', { band, time })}
        icon="tick"
        onClick={() => {
          const previousId = seat.presence?.presenceId ?? ''
          void facts.state(confirmStay, { presenceId: newId(), previousId }, seat.postName).then(felt)
        }}
      />
    </PhoneCard>
  )
}

interface ByPlaceProps {
  seat: MySeat
  nearMetres: number
  title: string
  onProof: (proof: Proof) => void
}

/** The phone compares; what does not agree is said here first, and sent only if the officer says so. */
function ByPlace({ seat, nearMetres, title, onProof }: ByPlaceProps): ReactNode {
  const t = useWords(todayWords)
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const [far, setFar] = useState<Proof | null>(null)
  if (!seat.place) return null
  const { place } = seat
  const look = async () => {
    setBusy(true)
    setSaid(null)
    setFar(null)
    const answer = await comparePlace(place, nearMetres)
    setBusy(false)
    if (answer === 'refused') setSaid(t('placeRefused'))
    else if (answer === 'unknown') setSaid(t('placeUnknown'))
    else if (answer.accuracy === 'coarse') setSaid(t('placeCoarse'))
    else if (!answer.near) {
      setSaid(t('placeFar', { post: seat.postName }))
      setFar(answer)
    } else onProof(answer)
  }
  return (
    <>
      <BigButton
        title={busy ? t('locating') : title}
        says={t('placeSays')}
        icon="shield"
        tone="plain"
        stacked
        disabled={busy}
        onClick={() => void look()}
      />
      {said ? (
        <p role="status" className="td-said">
          {said}
        </p>
      ) : null}
      {far ? (
        <BigButton
          title={t('sendAnyway')}
          says={t('sendAnywaySays')}
          tone="plain"
          stacked
          onClick={() => {
            onProof(far)
            setFar(null)
            setSaid(null)
          }}
        />
      ) : null}
    </>
  )
}
