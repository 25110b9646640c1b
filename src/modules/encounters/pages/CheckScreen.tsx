import { useEffect, useState } from 'react'
import { useAsk, useSession } from '../../../device/hooks.ts'
import type { UsedOutbox } from '../../../device/outbox-hooks.ts'
import { BigButton, PlainButton, SaveLine, useFormat, useLang, useWords } from '../../../ui/phone.ts'
import type { PostRules } from '../contracts.ts'
import { holdings } from '../contracts-lists.ts'
import { codeShownWords, directionWords, type EncounterVerdict, verdictWords } from '../contracts-words.ts'
import { type Entry, isWhole, shownMark, standingOf, typed } from './check-entry.ts'
import { checkWords } from './check-words.ts'
import { EntryGrid } from './EntryGrid.tsx'
import { heldHere } from './held-here.ts'
import { HeldStep } from './HeldStep.tsx'
import { HoldStep } from './HoldStep.tsx'
import { MarkStep } from './MarkStep.tsx'
import type { MySeat } from './own-post.ts'
import { type Checking, type Kit, useCheck } from './use-check.ts'
import { VerdictStep } from './VerdictStep.tsx'

type Step = 'entry' | 'mark' | 'scan' | 'held' | Exclude<EncounterVerdict, 'pass'>

export interface CheckScreenProps {
  seat: MySeat
  kit: Kit | null
  rules: PostRules
  outbox: UsedOutbox
}

export function CheckScreen({ seat, kit, rules, outbox }: CheckScreenProps) {
  const says = useSays()
  const [step, setStep] = useState<Step>('entry')
  const check = useCheck({ postId: seat.postId, kit, rules, outbox, about: says })
  const known = useAsk(holdings, { postId: seat.postId }, { refetchSeconds: 60 })
  const held = heldHere(seat.postId, known.data?.rows ?? [], outbox.entries)
  const back = () => setStep('entry')
  if (step === 'mark' || step === 'scan') {
    return <MarkStep check={check} scanning={step === 'scan'} onDone={back} />
  }
  if (step === 'held') return <HeldStep held={held} outbox={outbox} onDone={back} />
  if (step === 'hold') {
    return <HoldStep check={check} rules={rules} held={held} onHeld={() => setStep('held')} onDone={back} />
  }
  if (step !== 'entry') return <VerdictStep verdict={step} check={check} rules={rules} onDone={back} />
  return (
    <div className="ck-page ck-entry">
      <Line check={check} rules={rules} />
      <EntryGrid check={check} rules={rules} onMark={() => setStep('mark')} onScan={() => setStep('scan')} />
      <Verdicts check={check} rules={rules} heldMany={held.length} onStep={setStep} />
    </div>
  )
}

/** 示A·00001 · 2 人 · 36.5 ℃ · 放行 */
export function useSays() {
  const t = useWords(checkWords)
  const { lang } = useLang()
  return (entry: Entry, verdict: EncounterVerdict) =>
    [...whoOf(entry, t), verdictWords[verdict][lang]].join(' · ')
}

function whoOf(entry: Entry, t: ReturnType<typeof useWords<typeof checkWords>>): string[] {
  const measured = entry.digits.length === 3 ? `${entry.digits.slice(0, 2)}.${entry.digits.slice(2)} ℃` : ''
  const mark = entry.mark === '' ? t(entry.passer) : shownMark(entry.mark)
  return [mark, t('people', { n: entry.people }), measured].filter(Boolean)
}

/** What was saved last, or what is wrong with what stands here. */
function Line({ check, rules }: { check: Checking; rules: PostRules }) {
  const t = useWords(checkWords)
  const says = useSays()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const { saved, failed, before, entry } = check
  const limit = degrees(rules.feverTenths)
  if (failed) return <SaveLine>{t('notSaved')}</SaveLine>
  if (standingOf(entry, rules) === 'implausible') return <SaveLine>{t('implausibleSays')}</SaveLine>
  if (standingOf(entry, rules) === 'fever') {
    return <SaveLine>{t('feverSays', { t: degrees(Number(entry.digits)), limit })}</SaveLine>
  }
  if (before)
    return <SaveLine>{t('seenBefore', { n: before.times + 1, at: format.time(before.at) })}</SaveLine>
  if (saved) return <SaveLine at={format.time(saved.at)}>{says(saved.entry, saved.verdict)}</SaveLine>
  return <SaveLine>{rules.version === 0 ? t('usualRules', { limit }) : null}</SaveLine>
}

export const degrees = (tenths: number): string => (tenths / 10).toFixed(1)

interface VerdictsProps {
  check: Checking
  rules: PostRules
  heldMany: number
  onStep: (step: Step) => void
}

/** The usual answer is the big one and says what it saves; with a fever it is handing over. */
function Verdicts({ check, rules, heldMany, onStep }: VerdictsProps) {
  const t = useWords(checkWords)
  const { lang } = useLang()
  const { entry } = check
  const whole = isWhole(entry, rules)
  const standing = standingOf(entry, rules)
  useThermometer(check, whole)
  const what = [
    ...whoOf(entry, t),
    ...(rules.asksCode ? [codeShownWords[entry.codeShown][lang]] : []),
    directionWords[entry.direction][lang],
    ...(rules.asksDisinfection ? [entry.disinfected ? t('disinfected') : t('notDisinfected')] : []),
  ].join(' · ')
  const quiet = (['turnBack', 'refer', 'hold'] as const).filter(
    one => standing !== 'fever' || one !== 'refer',
  )
  return (
    <>
      {standing === 'fever' ? (
        <BigButton title={t('refer')} says={t('save', { what })} onClick={() => onStep('refer')} />
      ) : (
        <BigButton
          title={t('pass')}
          says={whole ? t('save', { what }) : t('needsTemperature')}
          disabled={!whole}
          onClick={() => check.save('pass', null)}
        />
      )}
      <div className="ck-quiet">
        {quiet.map(one => (
          <PlainButton key={one} onClick={() => onStep(one)}>
            {one === 'hold' && heldMany > 0 ? t('holdingNow', { n: heldMany }) : t(one)}
          </PlainButton>
        ))}
      </div>
    </>
  )
}

/** A thermometer that types, or the keys of a keyboard: digits, and Enter for the usual answer. */
function useThermometer(check: Checking, whole: boolean): void {
  const { setEntry, save } = check
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (/^\d$/.test(event.key)) setEntry(before => typed(before, event.key))
      else if (event.key === 'Backspace') {
        setEntry(before => ({ ...before, digits: before.digits.slice(0, -1) }))
      } else if (event.key === 'Enter' && whole && !(event.target instanceof HTMLButtonElement)) {
        save('pass', null)
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
}
