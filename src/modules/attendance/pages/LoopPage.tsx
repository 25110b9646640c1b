// A member's own closed loop on the phone: by whose order, which day it is, when it ends, and a way to object.
import './team-duty.css'
import { useState } from 'react'
import { newId } from '../../../device/client.ts'
import { useAsk, useDo, useLive, useSession } from '../../../device/hooks.ts'
import { useNetwork, usePhoneTabs } from '../../../device/phone.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  BackButton,
  BigButton,
  buzz,
  Field,
  LangProvider,
  PhoneCard,
  PhoneShell,
  SaveLine,
  SkeletonPanel,
  TextArea,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import {
  myLoop,
  objectionHours,
  objectionOutcomeTitles,
  objectToLoop,
  withdrawObjection,
} from '../contracts.ts'
import { loopWords } from './team-words.ts'

type Mine = OutputOf<typeof myLoop>
type Objection = Mine['objections'][number]

export default function LoopPage() {
  return (
    <LangProvider>
      <Loop />
    </LangProvider>
  )
}

function Loop() {
  const t = useWords(loopWords)
  const { agency } = useSession()
  useLive()
  const network = useNetwork()
  const found = useAsk(myLoop, {}, { refetchSeconds: 60 })
  const [said, setSaid] = useState<string | null>(null)
  const [objecting, setObjecting] = useState(false)
  const mine = found.data
  // Whoever is let out already has nothing left to object to.
  const isOut = mine?.objections.some(one => one.leavesOn !== null && one.leavesOn === mine.loop?.lastDay)
  const isOpen = (one: Objection) => one.outcome === null && one.withdrawnAt === null
  const onTab = usePhoneTabs('/loop')
  const done = (words?: string) => {
    setObjecting(false)
    if (words) setSaid(words)
  }
  return (
    <PhoneShell
      rehearsal={agency.kind === 'rehearsal'}
      post={mine?.loop?.team ?? t('off')}
      network={network}
      tab="today"
      onTab={onTab}
    >
      <h1 className="fx-hidden">{t('title')}</h1>
      {said ? <SaveLine>{said}</SaveLine> : null}
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <SkeletonPanel lines={8} /> : null}
      <div className="tm-list">
        {mine && objecting ? <ObjectForm onDone={done} /> : null}
        {mine && !objecting ? (
          <>
            <LoopCard mine={mine} />
            {mine.loop?.isIn && mine.loop.order && !isOut && !mine.objections.some(isOpen) ? (
              <BigButton
                tone="plain"
                icon="horn"
                title={t('object')}
                says={t('objectSays', { n: objectionHours })}
                onClick={() => setObjecting(true)}
              />
            ) : null}
            {mine.objections.length > 0 ? <h2>{t('mine')}</h2> : null}
            {mine.objections.map(one => (
              <ObjectionCard key={one.objectionId} objection={one} isOpen={isOpen(one)} />
            ))}
          </>
        ) : null}
      </div>
    </PhoneShell>
  )
}

function LoopCard({ mine }: { mine: Mine }) {
  const t = useWords(loopWords)
  const format = useFormat(useSession().agency.timeZone)
  const { loop } = mine
  if (!loop) return <PhoneCard icon="today" title={t('none')} note={t('noneNote')} />
  const day = (value: string | null) => (value ? format.day(value) : '')
  const rests = loop.restsUntil ? t('restsUntil', { day: day(loop.restsUntil) }) : ''
  const { order } = loop
  return (
    <>
      <PhoneCard
        icon="today"
        title={loop.isIn ? t('inDay', { n: loop.daysIn }) : t('resting')}
        note={loop.isIn && loop.lastDay ? t('ends', { day: day(loop.lastDay) }) : rests}
      >
        <p className="tm-line">{loop.isIn ? rests : loop.team}</p>
        <p className="tm-line">{t('most', { n: mine.daysMost, rest: mine.restDays })}</p>
      </PhoneCard>
      {order ? (
        <PhoneCard icon="sign" title={`${t('order')} ${order.orderNumber}`} note={order.approver}>
          <p className="tm-line">
            {t('basis')}：{order.basis}
          </p>
          <p className="tm-line">
            {t('reason')}：{order.reason}
          </p>
        </PhoneCard>
      ) : (
        <PhoneCard icon="horn" attention title={t('noOrder')} />
      )}
    </>
  )
}

function ObjectForm({ onDone }: { onDone: (said?: string) => void }) {
  const t = useWords(loopWords)
  const { officerId } = useSession()
  const object = useDo(objectToLoop)
  // Sent again after a failure it is the same objection, and not a second one.
  const [objectionId] = useState(newId)
  const [text, setText] = useState('')
  const [health, setHealth] = useState('')
  const empty = text.trim() === '' && health.trim() === ''
  const send = () =>
    object.mutate(
      { objectionId, officerId: officerId ?? '', text: text.trim(), healthReason: health.trim() || null },
      {
        onSuccess: () => {
          buzz()
          onDone(t('sent'))
        },
      },
    )
  return (
    <>
      <BackButton onBack={() => onDone()} />
      <Field label={t('text')} hint={t('textHint')}>
        <TextArea rows={4} value={text} maxLength={500} onChange={setText} />
      </Field>
      <Field label={t('health')}>
        <TextArea rows={3} value={health} maxLength={500} onChange={setHealth} />
      </Field>
      {object.error ? <ProblemNote error={object.error} safe="kept" /> : null}
      <BigButton
        icon="tick"
        title={t('send')}
        says={t('objectSays', { n: objectionHours })}
        disabled={empty || object.isPending}
        onClick={send}
      />
    </>
  )
}

function ObjectionCard({ objection, isOpen }: { objection: Objection; isOpen: boolean }) {
  const t = useWords(loopWords)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const withdraw = useDo(withdrawObjection)
  const { outcome, dueAt, leavesOn } = objection
  const due = `${format.day(dueAt, { weekday: false })} ${format.time(dueAt)}`
  const title = outcome
    ? objectionOutcomeTitles[outcome][lang]
    : isOpen
      ? t('waiting', { time: due })
      : t('withdrawn')
  return (
    <PhoneCard title={title} note={objection.text || t('onHealth')}>
      {objection.why ? <p className="tm-line">{objection.why}</p> : null}
      {leavesOn ? <p className="tm-line">{t('leaves', { day: format.day(leavesOn) })}</p> : null}
      {withdraw.error ? <ProblemNote error={withdraw.error} safe="kept" /> : null}
      {isOpen ? (
        <BigButton
          tone="plain"
          icon="returned"
          title={t('withdraw')}
          disabled={withdraw.isPending}
          onClick={() => withdraw.mutate({ objectionId: objection.objectionId }, { onSuccess: () => buzz() })}
        />
      ) : null}
    </PhoneCard>
  )
}
