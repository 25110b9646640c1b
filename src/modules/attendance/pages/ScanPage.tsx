// The code of a post, by the camera or typed. An address that a phone's own camera opened brings the code with it.
import './scan.css'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useRef, useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { newId } from '../../../device/client.ts'
import { useAsk, useServerNow, useSession } from '../../../device/hooks.ts'
import type { OutboxEntry } from '../../../device/outbox-hooks.ts'
import { usePhoneTabs } from '../../../device/phone.ts'
import { canRead, useCamera } from '../../../device/use-camera.ts'
import {
  BigButton,
  buzz,
  LangProvider,
  NumberPad,
  PhoneCard,
  PhoneShell,
  PlainButton,
  SaveLine,
  useWords,
} from '../../../ui/phone.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import { postDetail } from '../../posts/contracts.ts'
import { checkIn, checkOut, my } from '../contracts.ts'
import { type CodeLink, readLink } from './code-link.ts'
import { FactLine } from './FactLine.tsx'
import { todayWords } from './today-words.ts'
import { useStatedFacts } from './stated-facts.ts'
import { usePhoneStrip } from './phone-strip.ts'
import { ownAttendance } from './own-seats.ts'
import { scanWords } from './scan-words.ts'

export default function ScanPage() {
  return (
    <LangProvider>
      <Scan />
    </LangProvider>
  )
}

const digitsMost = 6

function Scan() {
  const t = useWords(scanWords)
  const today = useWords(todayWords)
  const navigate = useNavigate()
  const { officerId } = useSession()
  const [address, setAddress] = useAddress()
  const own = useAsk(my, {}, { enabled: officerId !== null })
  const now = useServerNow()
  const facts = useStatedFacts()
  const [stated, setStated] = useState<string | null>(null)
  const { doing } = ownAttendance(own.data, now)
  const leaving = address.leave
  const link = address.c ? readLink(address.c) : null
  const seat = leaving
    ? own.data?.seats.find(one => one.presence?.presenceId === leaving)
    : doing.find(one => one.act === 'checkIn')?.seat
  const send = async (code: string, postId: string, postName: string) => {
    const proof = { way: 'code' as const, code }
    const id = await (leaving
      ? facts.state(checkOut, { presenceId: leaving, proof }, postName)
      : facts.state(checkIn, { presenceId: newId(), postId, proof }, postName))
    if (id === null) return
    setStated(id)
    buzz()
    setAddress({})
  }
  const fact = facts.facts.find(one => one.id === stated)
  const onceMore = (read: OutboxEntry) => {
    facts.acknowledge(read)
    setStated(null)
  }
  const onTab = usePhoneTabs('/check-in')
  return (
    <PhoneShell
      {...usePhoneStrip()}
      post={leaving ? t('scanOut') : t('scanIn')}
      left={seat?.postName}
      tab="today"
      onTab={onTab}
    >
      <h1 className="fx-hidden">{leaving ? t('scanOut') : t('scanIn')}</h1>
      {facts.notSaved ? <ProblemNote error={facts.notSaved} /> : null}
      {fact ? <FactLine fact={fact} facts={facts} /> : null}
      {stated && !fact ? <SaveLine>{today('factSending')}</SaveLine> : null}
      {fact?.state === 'held' || fact?.state === 'refused' ? (
        <BigButton title={t('onceMore')} icon="scan" onClick={() => onceMore(fact)} />
      ) : null}
      {officerId === null ? (
        <PhoneCard icon="me" title={t('noOfficer')} note={t('noOfficerNote')} />
      ) : stated ? null : (
        <Ways
          link={link}
          seat={seat}
          leaving={leaving !== undefined}
          onCode={(...code) => void send(...code)}
        />
      )}
      <BigButton title={t('back')} tone="plain" onClick={() => void navigate({ to: '/today' })} />
    </PhoneShell>
  )
}

interface WaysProps {
  link: CodeLink | null
  seat: { postId: string; postName: string } | undefined
  leaving: boolean
  onCode: (code: string, postId: string, postName: string) => void
}

function Ways({ link, seat, leaving, onCode }: WaysProps) {
  const t = useWords(scanWords)
  const [typing, setTyping] = useState(() => !canRead())
  const [strange, setStrange] = useState(false)
  const [read, setRead] = useState(link)
  const found = read ?? link
  const onText = useCallback((text: string) => {
    const one = readLink(text)
    setStrange(one === null)
    if (one) setRead(one)
  }, [])
  if (found) return <Scanned link={found} leaving={leaving} onCode={onCode} />
  return (
    <>
      {typing ? null : <Camera onText={onText} onRefused={() => setTyping(true)} />}
      {strange ? (
        <p role="status" className="sc-said">
          {t('strange')}
        </p>
      ) : null}
      {typing ? <Typed seat={seat} leaving={leaving} onCode={onCode} /> : null}
      {canRead() ? (
        <PlainButton onClick={() => setTyping(!typing)}>{typing ? t('openCamera') : t('typeIt')}</PlainButton>
      ) : null}
    </>
  )
}

function Camera({ onText, onRefused }: { onText: (text: string) => void; onRefused: () => void }) {
  const t = useWords(scanWords)
  const video = useRef<HTMLVideoElement>(null)
  const state = useCamera(video, true, onText)
  return (
    <section className="sc-camera" aria-label={t('aim')}>
      <video ref={video} muted playsInline />
      <p role="status">{state === 'refused' ? t('noCamera') : t('aim')}</p>
      {state === 'refused' ? <PlainButton onClick={onRefused}>{t('typeIt')}</PlainButton> : null}
    </section>
  )
}

/** What was read is said before it is sent: an address that somebody sent on checks nobody in by itself. */
function Scanned({ link, leaving, onCode }: Pick<WaysProps, 'leaving' | 'onCode'> & { link: CodeLink }) {
  const t = useWords(scanWords)
  const post = useAsk(postDetail, { postId: link.postId })
  const name = post.data?.name ?? t('aPost')
  return (
    <PhoneCard icon="scan" title={t('scanned', { post: name })}>
      <BigButton
        title={leaving ? t('sendOut') : t('send')}
        says={t('says', { post: name })}
        icon="tick"
        disabled={post.isPending}
        onClick={() => onCode(link.token, link.postId, name)}
      />
    </PhoneCard>
  )
}

function Typed({ seat, leaving, onCode }: Omit<WaysProps, 'link'>) {
  const t = useWords(scanWords)
  const [digits, setDigits] = useState('')
  if (!seat) return <PhoneCard icon="today" title={t('noPost')} note={t('noPostNote')} />
  return (
    <>
      {canRead() ? null : <p className="sc-said">{t('noReader')}</p>}
      <output className="sc-digits" aria-label={t('digits')}>
        {Array.from({ length: digitsMost }, (_, at) => (
          <span key={at}>{digits[at] ?? ''}</span>
        ))}
      </output>
      <NumberPad
        onDigit={digit => setDigits(before => (before + digit).slice(0, digitsMost))}
        onBackspace={() => setDigits(before => before.slice(0, -1))}
        onClear={() => setDigits('')}
      />
      <BigButton
        title={leaving ? t('sendOut') : t('send')}
        says={t('says', { post: seat.postName })}
        icon="tick"
        disabled={digits.length < digitsMost}
        onClick={() => onCode(digits, seat.postId, seat.postName)}
      />
    </>
  )
}
