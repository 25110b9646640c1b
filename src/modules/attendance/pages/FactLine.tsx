// What became of the last thing that was stated here: it stays until the next one.
import { useSession } from '../../../device/hooks.ts'
import { PhoneCard, PlainButton, SaveLine, useFormat, useLang, useWords } from '../../../ui/phone.ts'
import { checkIn, checkOut, confirmStay, giveHandover, returnHandover, signHandover } from '../contracts.ts'
import type { KeptFact } from './kept-facts.ts'
import { type TodayWord, todayWords } from './today-words.ts'

const whats: Record<string, TodayWord> = {
  [checkIn.name]: 'checkIn',
  [checkOut.name]: 'checkOut',
  [confirmStay.name]: 'stayed',
  [giveHandover.name]: 'gaveOver',
  [signHandover.name]: 'tookOver',
  [returnHandover.name]: 'gaveBack',
}

export function FactLine({ fact, onAgain }: { fact: KeptFact; onAgain: () => void }) {
  const t = useWords(todayWords)
  const { lang } = useLang()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const time = format.time(fact.entry.occurredAt)
  const what = t(whats[fact.entry.name] ?? 'checkIn')
  if (fact.state === 'sending') return <SaveLine>{t('factSending')}</SaveLine>
  if (fact.state === 'done') return <SaveLine at={time}>{t('fact', { what, post: fact.about })}</SaveLine>
  if (fact.state === 'unsent') {
    return (
      <PhoneCard
        icon="offline"
        attention
        title={t('factUnsent')}
        note={t('factUnsentNote', { time, what })}
        aside={<PlainButton onClick={onAgain}>{t('again')}</PlainButton>}
      />
    )
  }
  return (
    <PhoneCard icon="returned" attention title={t('factHeld')} note={fact.problem?.message[lang]}>
      {fact.problem ? <p>{fact.problem.do[lang]}</p> : null}
    </PhoneCard>
  )
}
