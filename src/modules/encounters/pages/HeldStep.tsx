// Who is held here now: on what basis, how long still, what they need; and what became of each.
import { useState } from 'react'
import { useServerNow, useSession } from '../../../device/hooks.ts'
import type { UsedOutbox } from '../../../device/outbox-hooks.ts'
import {
  BackButton,
  BigButton,
  buzz,
  leftWords,
  PhoneCard,
  PlainButton,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import { releasePerson } from '../contracts.ts'
import { type HoldingOutcome, holdingOutcomes, verdictReasonWords } from '../contracts-words.ts'
import { checkWords } from './check-words.ts'
import type { heldHere } from './held-here.ts'

type Held = ReturnType<typeof heldHere>[number]

interface HeldStepProps {
  held: readonly Held[]
  outbox: UsedOutbox
  onDone: () => void
}

export function HeldStep({ held, outbox, onDone }: HeldStepProps) {
  const t = useWords(checkWords)
  return (
    <div className="ck-page">
      <BackButton onBack={onDone} />
      <h2 className="ck-title">{held.length === 0 ? t('nobodyHeld') : t('held', { n: held.length })}</h2>
      {held.map(one => (
        <HeldCard key={one.holdingId} held={one} outbox={outbox} />
      ))}
    </div>
  )
}

function HeldCard({ held, outbox }: { held: Held; outbox: UsedOutbox }) {
  const t = useWords(checkWords)
  const { lang } = useLang()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const now = useServerNow()
  const [chosen, setChosen] = useState<HoldingOutcome | null>(null)
  const [standing, setStanding] = useState<'saving' | 'failed' | null>(null)
  const leftMs = Date.parse(held.endsAt) - now
  const basis = verdictReasonWords[held.basis][lang]
  const save = async (outcome: HoldingOutcome) => {
    // A second tap of a gloved hand would be a second end, and turned down.
    setStanding('saving')
    const about = `${basis} · ${t(outcome)}`
    try {
      await outbox.state(releasePerson, { holdingId: held.holdingId, outcome, note: '' }, about)
      buzz()
    } catch {
      // The phone could not store it: the card stays, and says so.
      setStanding('failed')
    }
  }
  return (
    <PhoneCard
      icon="clock"
      attention={leftMs <= 0}
      title={`${basis} · ${format.span(held.beganAt, held.endsAt)}`}
      note={
        standing === 'failed'
          ? t('notSaved')
          : leftMs <= 0
            ? t('holdingOver')
            : t('holdingLeft', { left: leftWords(t, leftMs) })
      }
    >
      {held.needs === '' ? null : <p className="ck-said">{held.needs}</p>}
      {chosen === null ? (
        <div className="ck-quiet">
          {holdingOutcomes.map(one => (
            <PlainButton key={one} onClick={() => setChosen(one)}>
              {t(one)}
            </PlainButton>
          ))}
        </div>
      ) : (
        <>
          <BigButton
            title={t('confirm', { verdict: t(chosen) })}
            disabled={standing === 'saving'}
            onClick={() => void save(chosen)}
          />
          <PlainButton onClick={() => setChosen(null)}>{t('notYet')}</PlainButton>
        </>
      )}
    </PhoneCard>
  )
}
