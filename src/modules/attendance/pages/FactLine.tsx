// What became of the last thing that was stated here: it stays until the next one.
import { useSession } from '../../../device/hooks.ts'
import type { OutboxEntry } from '../../../device/outbox-hooks.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import { PhoneCard, PlainButton, SaveLine, useFormat, useLang, useWords } from '../../../ui/phone.ts'
import { type StatedFacts, statedHere } from './stated-facts.ts'
import { todayWords } from './today-words.ts'

/** The last fact, or why there is none. */
export function LastFact({ facts }: { facts: StatedFacts }) {
  if (facts.notSaved) return <ProblemNote error={facts.notSaved} />
  return facts.last ? <FactLine fact={facts.last} facts={facts} /> : null
}

export function FactLine({ fact, facts }: { fact: OutboxEntry; facts: StatedFacts }) {
  const t = useWords(todayWords)
  const { lang } = useLang()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const time = format.time(fact.occurredAt)
  const what = t(statedHere[fact.name] ?? 'checkIn')
  const post = typeof fact.about === 'string' ? fact.about : fact.about[lang]
  if (fact.state === 'sending' || fact.state === 'waiting') return <SaveLine>{t('factSending')}</SaveLine>
  if (fact.state === 'done') return <SaveLine at={time}>{t('fact', { what, post })}</SaveLine>
  if (fact.state === 'unsent') {
    return (
      <PhoneCard
        icon="offline"
        attention
        title={t('factUnsent')}
        note={t('factUnsentNote', { time, what })}
        aside={<PlainButton onClick={facts.again}>{t('again')}</PlainButton>}
      />
    )
  }
  return (
    <PhoneCard
      icon="returned"
      attention
      title={t('factHeld')}
      note={fact.problem?.message[lang]}
      aside={
        fact.acknowledged ? undefined : (
          <PlainButton onClick={() => facts.acknowledge(fact)}>{t('read')}</PlainButton>
        )
      }
    >
      {fact.problem ? <p>{fact.problem.do[lang]}</p> : null}
    </PhoneCard>
  )
}
