// The tube that is being filled, as large as it can be: its code, how many people are in it, and sealing it.
import { useCallback, useRef, useState } from 'react'
import { canRead, labelCodes, useCamera } from '../../../device/use-camera.ts'
import {
  BigButton,
  buzz,
  PhoneCard,
  PlainButton,
  Stepper,
  TextInput,
  ToggleTile,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import { codeFaultTitles, readCode, sealTube, tubeSizes } from '../contracts.ts'
import { phoneWords } from './phone-words.ts'
import type { SiteProps } from './SamplingPage.tsx'
import { type TubeHands, useTube } from './use-tube.ts'

export function TubePanel({ site, outbox }: SiteProps) {
  const t = useWords(phoneWords)
  const hands = useTube(site)
  const { tube, put } = hands
  const [entering, setEntering] = useState<'camera' | 'typed' | null>(null)
  const retest = site.retests.find(one => one.retestId === tube.retestId)
  const onCode = (code: string) => {
    put({ code })
    setEntering(null)
    buzz()
  }
  return (
    <section className="sm-tube" aria-label={t('tube')}>
      {retest ? <p className="sm-note">{t('retestOf', retest)}</p> : null}
      <div className="sm-code">
        <strong data-empty={tube.code === '' || undefined}>{tube.code || t('noCode')}</strong>
        <PlainButton onClick={() => setEntering(canRead() ? 'camera' : 'typed')}>{t('scan')}</PlainButton>
        <PlainButton onClick={() => setEntering('typed')}>{t('type')}</PlainButton>
      </div>
      {entering ? (
        <EnterCode
          key={entering}
          by={entering}
          onCode={onCode}
          onBack={() => setEntering(null)}
          onType={() => setEntering('typed')}
        />
      ) : null}
      <div className="sm-count">
        <Stepper
          label={t('people')}
          value={tube.people}
          unit={t('ofSize', { size: tube.size })}
          max={tube.size}
          onChange={people => put({ people })}
        />
      </div>
      <Choices site={site} hands={hands} />
      <SealButton site={site} outbox={outbox} hands={hands} />
      <Retests site={site} hands={hands} />
    </section>
  )
}

function Choices({ site, hands: { tube, put } }: Pick<SiteProps, 'site'> & { hands: TubeHands }) {
  const t = useWords(phoneWords)
  const open = site.lanes.filter(lane => lane.open).map(lane => lane.n)
  /** One tap goes to the next of a list. */
  const after = <T,>(all: readonly T[], value: T) => all[(all.indexOf(value) + 1) % all.length] ?? value
  return (
    <div className="sm-tiles">
      <ToggleTile
        label={t('size')}
        value={t('sizeValue', { n: tube.size })}
        icon="people"
        onToggle={() => put({ size: after(tubeSizes, tube.size), retestId: null })}
      />
      <ToggleTile
        label={t('lane')}
        value={t('laneValue', { n: tube.lane })}
        icon="point"
        onToggle={() => put({ lane: after(open, tube.lane) })}
      />
      <PlainButton onClick={() => put({ people: tube.size })}>{t('full', { size: tube.size })}</PlainButton>
    </div>
  )
}

function SealButton({ site, outbox, hands }: SiteProps & { hands: TubeHands }) {
  const t = useWords(phoneWords)
  const { tube, next } = hands
  const [fault, setFault] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const { code, size, people, lane, retestId } = tube
  const short = people < size
  const seal = async () => {
    // Told at once, before anything is sent: the same tube scanned again by a tired hand.
    const stated = outbox.entries.some(
      one => one.name === sealTube.name && String(one.about).startsWith(`${code} `) && one.state !== 'held',
    )
    if (stated || site.last.some(one => one.code === code)) return setFault(t('used', { code }))
    const roundId = site.rounds[0]?.roundId ?? null
    const fact = { postId: site.postId, roundId, lane, code, size, people, short, boxes: [], retestId }
    setBusy(true)
    const kept = await outbox.state(sealTube, fact, t('aboutTube', { code, n: people })).then(
      () => true,
      () => false,
    )
    setBusy(false)
    setFault(kept ? null : t('notSaved'))
    if (!kept) return
    buzz()
    next()
  }
  const says =
    code === '' ? t('sealFirst') : people === 0 ? t('sealEmpty') : t('sealSays', { code, n: people })
  return (
    <>
      {fault ? <PhoneCard icon="returned" attention title={fault} /> : null}
      <BigButton
        title={short && people > 0 ? t('sealShort') : t('seal')}
        says={says}
        icon="lock"
        tone={short ? 'plain' : 'filled'}
        disabled={busy || code === '' || people === 0}
        onClick={() => void seal()}
      />
    </>
  )
}

function Retests({ site, hands: { tube, put } }: Pick<SiteProps, 'site'> & { hands: TubeHands }) {
  const t = useWords(phoneWords)
  if (site.retests.length === 0) return null
  return (
    <>
      <h2>{t('retests')}</h2>
      {site.retests
        .filter(one => one.retestId !== tube.retestId)
        .slice(0, 20)
        .map(one => (
          <PhoneCard
            key={one.retestId}
            icon="returned"
            attention
            title={t('retestOf', one)}
            onOpen={() => put({ retestId: one.retestId, size: 1, people: 1 })}
          />
        ))}
    </>
  )
}

type EnterProps = {
  by: 'camera' | 'typed'
  onCode: (code: string) => void
  onBack: () => void
  onType: () => void
}

/** Whatever is read is judged here already, so that nobody seals what the server cannot take. */
function EnterCode({ by, onCode, onBack, onType }: EnterProps) {
  const t = useWords(phoneWords)
  const { lang } = useLang()
  const [fault, setFault] = useState<string | null>(null)
  const [text, setText] = useState('')
  const take = (scanned: string) => {
    const read = readCode(scanned)
    if ('code' in read) return onCode(read.code)
    setFault(t('unreadable', { why: codeFaultTitles[read.fault][lang] }))
  }
  return (
    <div className="sm-enter">
      {fault ? (
        <p role="alert" className="sm-fault">
          {fault}
        </p>
      ) : null}
      {by === 'camera' ? (
        <Camera onText={take} onType={onType} />
      ) : (
        <TextInput value={text} onChange={setText} aria-label={t('code')} autoFocus />
      )}
      <div className="sm-row">
        {by === 'typed' ? <PlainButton onClick={() => take(text)}>{t('take')}</PlainButton> : null}
        <PlainButton onClick={onBack}>{t('cancel')}</PlainButton>
      </div>
    </div>
  )
}

function Camera({ onText, onType }: { onText: (text: string) => void; onType: () => void }) {
  const t = useWords(phoneWords)
  const video = useRef<HTMLVideoElement>(null)
  const heard = useRef(onText)
  heard.current = onText
  const state = useCamera(
    video,
    true,
    useCallback((text: string) => heard.current(text), []),
    labelCodes,
  )
  return (
    <section className="sm-camera" aria-label={t('aim')}>
      <video ref={video} muted playsInline />
      <p role="status">{state === 'refused' ? t('noCamera') : t('aim')}</p>
      {state === 'refused' ? <PlainButton onClick={onType}>{t('type')}</PlainButton> : null}
    </section>
  )
}
