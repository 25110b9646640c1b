import type { ReactNode } from 'react'
import { Facts, Signal, useFormat, useWords } from '../../../ui/index.ts'
import type { Explained } from './SeatPanel.tsx'
import { skillNames } from './skill-marks.ts'
import { type RosterWord, rosterWords } from './words.ts'

const hours = (minutes: number) => Math.round(minutes / 6) / 10

export interface SeatFactsProps {
  answer: Explained
  /** The first instant of the duty day, in milliseconds. */
  dayBegins: number
  timeZone: string
}

export function SeatFacts(props: SeatFactsProps) {
  return props.answer.facts ? <WhyHim facts={props.answer.facts} /> : <WhyOpen {...props} />
}

function WhyHim({ facts }: { facts: NonNullable<Explained['facts']> }) {
  const t = useWords(rosterWords)
  const judged = (good: boolean, words: ReactNode) => (
    <>
      {words} <Signal kind={good ? 'green' : 'red'} size={15} />
    </>
  )
  const rested = facts.restMinutes === null || facts.restMinutes >= facts.restLeast
  return (
    <section>
      <h2>{t('whyHim')}</h2>
      <Facts
        facts={[
          {
            label: t('skills'),
            value: skillNames(t, facts.skills).join(t('comma')) || '—',
          },
          {
            label: t('crew'),
            value:
              facts.required.length === 0
                ? t('noSkill')
                : t('crewNeeds', { skills: skillNames(t, facts.required).join(t('comma')) }),
            aside: facts.required.length === 0 ? null : judged(facts.crewMet, ''),
          },
          {
            label: t('rest'),
            value:
              facts.restMinutes === null ? t('noDutyBefore') : t('hours', { n: hours(facts.restMinutes) }),
            aside: judged(rested, t('atLeast', { n: hours(facts.restLeast) })),
          },
          {
            label: t('weekHours'),
            value: t('hours', { n: hours(facts.weekMinutes) }),
            aside: judged(facts.weekMinutes <= facts.weekMost, t('atMost', { n: hours(facts.weekMost) })),
          },
          {
            label: t('nightsInRow'),
            value: t('countNights', { n: facts.nightsInRow }),
            aside: judged(facts.nightsInRow <= facts.nightsMost, t('atMostNights', { n: facts.nightsMost })),
          },
          {
            label: t('daysInRow'),
            value: t('countDays', { n: facts.daysInRow }),
            aside: judged(facts.daysInRow <= facts.daysMost, t('atMostDays', { n: facts.daysMost })),
          },
          { label: t('familiar'), value: t('familiarValue', { n: facts.familiar }) },
          {
            label: t('homeUnit'),
            value: facts.sameUnit ? t('sameUnit') : t('otherUnit'),
            aside: facts.kilometres === null ? null : t('fromUnit', { n: facts.kilometres }),
          },
        ]}
      />
    </section>
  )
}

export const openReasons: Record<string, RosterWord> = {
  'nobody-has-skill': 'nobodyHasSkill',
  'all-unavailable': 'allUnavailable',
  'all-resting': 'allResting',
  'all-at-cap': 'allAtCap',
  'all-busy': 'allBusy',
  'closed-loop': 'closedLoopReason',
  'somebody-is-free': 'somebodyIsFree',
  mixed: 'mixed',
}
const countWords: [string, RosterWord][] = [
  ['lacksSkill', 'lacksSkill'],
  ['unavailable', 'unavailable'],
  ['busy', 'busy'],
  ['resting', 'resting'],
  ['atCap', 'atCap'],
  ['closedLoop', 'inLoop'],
  ['locked', 'locked'],
  ['free', 'free'],
]

type Proof = NonNullable<NonNullable<Explained['why']>['proof']>
const proofWords: Record<Proof['code'], RosterWord> = {
  post: 'proofPost',
  moment: 'proofMoment',
  day: 'proofDay',
  horizon: 'proofHorizon',
}

/** What counting alone says of every roster. */
function ProofLine({ proof, dayBegins, timeZone }: SeatFactsProps & { proof: Proof }) {
  const t = useWords(rosterWords)
  const format = useFormat(timeZone)
  const { code, skill, minute } = proof
  const per = code === 'horizon' ? 60 : 1
  const [needed, exist] = [Math.ceil(proof.needed / per), Math.floor(proof.exist / per)]
  const who =
    skill === null ? t('proofAnybody') : t('proofSkilled', { skill: skillNames(t, [skill])[0] ?? skill })
  const at = new Date(dayBegins + (minute ?? 0) * 60_000)
  const when = `${format.day(at)} ${format.time(at)}`
  return <p className="rb-why">{t(proofWords[code], { who, needed, exist, short: needed - exist, when })}</p>
}

function WhyOpen(props: SeatFactsProps) {
  const { answer } = props
  const t = useWords(rosterWords)
  const why = answer.why
  if (!why) return null
  return (
    <section>
      <h2>{t('whyOpen')}</h2>
      <p className="rb-why">{t(openReasons[why.reason] ?? 'mixed')}</p>
      {why.proof ? <ProofLine {...props} proof={why.proof} /> : null}
      <Facts
        facts={countWords
          .filter(([key]) => (why.counts[key] ?? 0) > 0)
          .map(([key, word]) => ({ label: t(word), value: t('heads', { n: why.counts[key] ?? 0 }) }))}
      />
    </section>
  )
}
