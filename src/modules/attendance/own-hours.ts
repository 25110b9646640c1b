// What an officer worked in a month, for himself: from when he came until he left, as the books have it.
import { addDays, dutyDayOf } from '../../kernel/time.ts'
import { msTogether } from '../roster/index.ts'
import type { Bands, DutyAgency } from './seats.ts'
import { bandAt } from './seats.ts'
import { type Presence, thereUntil } from './presence-rows.ts'

export type HoursState = 'left' | 'there' | 'open'

export interface WorkedBand {
  presence: Presence
  zh: string
  en: string
  /** Until when it counts: till he left; till now, while his band runs; till its end, where he has not signed out. */
  until: string
  minutes: number
  state: HoursState
}

const minutesOf = (ms: number) => Math.max(0, Math.floor(ms / 60_000))

export function workedBand(bands: Bands, presence: Presence, now: string): WorkedBand {
  const end = thereUntil(presence)
  const until = end < now ? end : now
  const band = bandAt(bands, presence.patternId, presence.band)
  return {
    presence,
    zh: band?.zh ?? presence.band,
    en: band?.en ?? presence.band,
    until,
    minutes: minutesOf(Date.parse(until) - Date.parse(presence.cameAt)),
    state: presence.leftAt !== null ? 'left' : presence.ends > now ? 'there' : 'open',
  }
}

/** Whole minutes of the bands together; who was entered at two posts at once was there once. */
export function minutesTogether(rows: readonly Pick<WorkedBand, 'presence' | 'until'>[]): number {
  const stretches = rows.map(row => ({
    from: Date.parse(row.presence.cameAt),
    until: Date.parse(row.until),
  }))
  return minutesOf(msTogether(stretches))
}

/** First and last duty day of a month, `2021-11`; of the one that runs where none is named. */
export function monthDays(agency: DutyAgency, now: string, asked: string | undefined) {
  const month = asked ?? dutyDayOf(agency, now).slice(0, 7)
  const from = `${month}-01`
  const later = addDays(from, 31).slice(0, 7)
  return { month, from, until: addDays(`${later}-01`, -1) }
}
