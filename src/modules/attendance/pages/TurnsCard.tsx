// When I eat and when I disinfect, as one line each on the page of today.
import { useAsk } from '../../../device/hooks.ts'
import { PhoneCard, useFormat, useLang, useWords } from '../../../ui/phone.ts'
import { myTurns, turnKindTitles } from '../../roster/contracts.ts'
import { todayWords } from './today-words.ts'

/** So long before it begins a turn stands above all else: time to be relieved and to walk there. */
const soonMs = 15 * 60_000

interface TurnsProps {
  timeZone: string
  now: number
  /** What is about to begin or runs, or what comes later in the day. */
  when: 'soon' | 'later'
}

export function TurnsCard({ timeZone, now, when }: TurnsProps) {
  const t = useWords(todayWords)
  const { lang } = useLang()
  const format = useFormat(timeZone)
  const found = useAsk(myTurns, {}, { refetchSeconds: 300 })
  const rows = (found.data?.rows ?? []).filter(row => {
    const soon = Date.parse(row.begins) - soonMs <= now
    // One that is over leaves the page by the clock, and not only when the page asks again.
    return Date.parse(row.ends) > now && soon === (when === 'soon')
  })
  return rows.map(row => (
    <PhoneCard
      key={`${row.turnId} ${row.begins}`}
      icon="clock"
      attention={when === 'soon'}
      title={`${turnKindTitles[row.kind][lang]} ${row.name}`}
      note={format.span(new Date(row.begins), new Date(row.ends), { days: true })}
      aside={Date.parse(row.begins) <= now ? t('turnNow') : undefined}
    />
  ))
}
