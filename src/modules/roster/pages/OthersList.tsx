import { formatChange, Signal, useLang, useWords } from '../../../ui/index.ts'
import { sleepyFrom } from './FatigueAdvice.tsx'
import { fatigueWords } from './fatigue-words.ts'
import type { Explained } from './SeatPanel.tsx'
import { skillNames } from './skill-marks.ts'
import { type RosterWord, rosterWords } from './words.ts'

const words: Record<string, RosterWord> = {
  'extends-duty': 'extendsDuty',
  'leaves-other-post': 'leavesOtherPost',
  'opens-hole': 'opensHole',
  'same-unit': 'reasonSameUnit',
  'other-unit': 'reasonOtherUnit',
  'against-wish': 'againstWish',
  'changes-published': 'changesPublished',
  'few-minutes': 'fewMinutes',
  'many-minutes': 'manyMinutes',
}
const hours = (minutes: number | null) => (minutes === null ? null : Math.round(minutes / 60))

export interface OthersListProps {
  answer: Explained
  chosen: string | null
  onChoose: (officerId: string) => void
}

/** The cheapest first, and below them the first of those whom a rule forbids, with the rule. */
export function OthersList({ answer, chosen, onChoose }: OthersListProps) {
  const t = useWords(rosterWords)
  const tired = useWords(fatigueWords)
  const { lang } = useLang()
  const first = chosen ?? answer.others[0]?.officerId
  return (
    <section>
      <header className="rb-side-section">
        <h2>{t('whoElse')}</h2>
        <span className="rb-quiet">{t('whoElseNote', { n: answer.legal })}</span>
      </header>
      {answer.others.length === 0 ? <p className="rb-quiet">{t('nobody')}</p> : null}
      <ol className="rb-others">
        {answer.others.map((one, at) => {
          const reasons = one.reasons.flatMap(reason => (words[reason] ? [t(words[reason])] : []))
          if (one.kilometres !== null) reasons.push(t('fromUnit', { n: one.kilometres }))
          const peak = one.fatigue?.peak ?? 0
          if (peak >= sleepyFrom) reasons.push(tired('other', { n: peak.toFixed(1) }))
          return (
            <li key={one.officerId}>
              <button
                type="button"
                aria-pressed={one.officerId === first}
                onClick={() => onChoose(one.officerId)}
              >
                <span className="rb-quiet">{at + 1}</span>
                <b>{one.name}</b>
                <span>{one.restMinutes === null ? '—' : t('hours', { n: hours(one.restMinutes) ?? 0 })}</span>
                <span className="rb-reasons">
                  {skillNames(t, one.skills).join(t('comma'))}
                  <br />
                  {reasons.join(' · ')}
                </span>
                <span className="rb-cost">{formatChange(one.cost)}</span>
              </button>
            </li>
          )
        })}
        {answer.forbidden.slice(0, 3).map(one => (
          <li key={one.officerId} className="rb-forbidden">
            <Signal kind="red" size={14} />
            <span>{one.name}</span>
            <span>{one.restMinutes === null ? '' : t('hours', { n: hours(one.restMinutes) ?? 0 })}</span>
            <span className="rb-reasons fx-tone-red">{one[lang]}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
