// Turning back and handing over: why, what they are told, and how they may object.
import { useState } from 'react'
import { BackButton, BigButton, PhoneCard, useLang, useWords } from '../../../ui/phone.ts'
import type { PostRules } from '../contracts.ts'
import { type VerdictReason, verdictReasonWords } from '../contracts-words.ts'
import { standingOf } from './check-entry.ts'
import { useSays } from './CheckScreen.tsx'
import { checkWords } from './check-words.ts'
import type { Checking } from './use-check.ts'

const reasonsOf = {
  turnBack: ['noPermit', 'closedRoad', 'fromControlledArea', 'noRecentTest', 'refusedCheck', 'other'],
  refer: ['fever', 'symptoms', 'fromControlledArea', 'noRecentTest', 'medical', 'other'],
} as const satisfies Record<string, readonly VerdictReason[]>

interface VerdictStepProps {
  verdict: 'turnBack' | 'refer'
  check: Checking
  rules: PostRules
  onDone: () => void
}

export function VerdictStep({ verdict, check, rules, onDone }: VerdictStepProps) {
  const t = useWords(checkWords)
  const { lang } = useLang()
  const says = useSays()
  const feverish = verdict === 'refer' && standingOf(check.entry, rules) === 'fever'
  const [reason, setReason] = useState<VerdictReason | null>(feverish ? 'fever' : null)
  const save = () => {
    check.save(verdict, reason)
    onDone()
  }
  return (
    <div className="ck-page">
      <BackButton onBack={onDone} />
      <h2 className="ck-title">{t('why', { verdict: t(verdict) })}</h2>
      <div className="ck-choices" role="group" aria-label={t('chooseReason')}>
        {reasonsOf[verdict].map(one => (
          <button
            key={one}
            type="button"
            className="ck-choice"
            aria-pressed={reason === one}
            onClick={() => setReason(one)}
          >
            {verdictReasonWords[one][lang]}
          </button>
        ))}
      </div>
      {verdict === 'turnBack' && rules.turnBackWords ? (
        <PhoneCard icon="horn" title={t('tellThem')} note={rules.turnBackWords} />
      ) : null}
      {verdict === 'turnBack' && rules.objectionWords ? (
        <PhoneCard icon="note" title={t('mayObject')} note={rules.objectionWords} />
      ) : null}
      <BigButton
        title={t('confirm', { verdict: t(verdict) })}
        says={reason ? t('save', { what: says(check.entry, verdict) }) : t('chooseReason')}
        stacked
        disabled={reason === null}
        onClick={save}
      />
    </div>
  )
}
