// Somebody is asked to wait: on what basis, how long at the most, and what they need meanwhile.
import { useId, useState } from 'react'
import { useClient, useSession } from '../../../device/hooks.ts'
import {
  BackButton,
  BigButton,
  PlainButton,
  Stepper,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/phone.ts'
import type { PostRules } from '../contracts.ts'
import { holdingBases, verdictReasonWords } from '../contracts-words.ts'
import { standingOf } from './check-entry.ts'
import { checkWords } from './check-words.ts'
import type { Checking, Holding } from './use-check.ts'

const step = 15
const leastMinutes = 15
const mostMinutes = 240
const needsMost = 200

interface HoldStepProps {
  check: Checking
  rules: PostRules
  /** Who is held here already, the first to end first. */
  held: readonly { endsAt: string }[]
  onHeld: () => void
  onDone: () => void
}

export function HoldStep({ check, rules, held, onHeld, onDone }: HoldStepProps) {
  const t = useWords(checkWords)
  const { lang } = useLang()
  const { clock } = useClient()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const feverish = standingOf(check.entry, rules) === 'fever'
  const [basis, setBasis] = useState<Holding['basis'] | null>(feverish ? 'fever' : null)
  const [minutesMost, setMinutesMost] = useState(60)
  const [needs, setNeeds] = useState('')
  const field = useId()
  const until = format.time(clock.now() + minutesMost * 60_000)
  const save = () => {
    if (basis) check.save('hold', basis, { basis, minutesMost, needs })
    onDone()
  }
  return (
    <div className="ck-page">
      <BackButton onBack={onDone} />
      {held[0] ? (
        <PlainButton onClick={onHeld}>
          {t('heldUntil', { n: held.length, at: format.time(held[0].endsAt) })}
        </PlainButton>
      ) : null}
      <h2 className="ck-title">{t('basis')}</h2>
      <div className="ck-choices" role="group" aria-label={t('basis')}>
        {holdingBases.map(one => (
          <button
            key={one}
            type="button"
            className="ck-choice"
            aria-pressed={basis === one}
            onClick={() => setBasis(one)}
          >
            {verdictReasonWords[one][lang]}
          </button>
        ))}
      </div>
      <Stepper
        label={t('minutesMost')}
        labelled
        value={minutesMost}
        unit={t('minutesUnit')}
        min={leastMinutes}
        max={mostMinutes}
        onChange={value => setMinutesMost(minutesMost + Math.sign(value - minutesMost) * step)}
      />
      <label className="ck-field" htmlFor={field}>
        {t('needs')}
        <input
          id={field}
          value={needs}
          maxLength={needsMost}
          placeholder={t('needsHint')}
          onChange={event => setNeeds(event.target.value)}
          onKeyDown={event => event.stopPropagation()}
        />
      </label>
      <BigButton
        title={t('confirm', { verdict: t('hold') })}
        says={basis ? t('holdSays', { at: until }) : t('chooseReason')}
        stacked
        disabled={basis === null}
        onClick={save}
      />
    </div>
  )
}
