// Which of an officer's bands his page is about now, and what he can do in it.
import type { OutputOf } from '../../../kernel/contract.ts'
import type { my } from '../contracts.ts'

export type MySeat = OutputOf<typeof my>['seats'][number]
type Mine = OutputOf<typeof my>

/** So long before the second of two bands the page offers to confirm it; the handler takes it from then on. */
const stayMinutes = 15
/** Half an hour before the end leaving becomes what the page is about. */
export const leavingMs = 30 * 60_000
/** So long after its end somebody can still sign out of a band. */
const leaveHours = 12

export type Doing =
  | { act: 'checkIn'; seat: MySeat }
  | { act: 'checkOut'; seat: MySeat }
  | { act: 'stay'; seat: MySeat; next: MySeat }

export interface OwnAttendance {
  /** Where he checked in and has not left. */
  there: MySeat | undefined
  /** The band that runs, or the next one. */
  seat: MySeat | undefined
  /** What can be done now, the most urgent first. */
  doing: Doing[]
  /** Orders on the spot whose band has not opened yet. */
  ordered: MySeat[]
}

const minutes = (n: number) => n * 60_000
const opensAt = (seat: MySeat, mine: Mine) => Date.parse(seat.begins) - minutes(mine.rules.earlyMinutes)

export function ownAttendance(mine: Mine | undefined, now: number): OwnAttendance {
  if (!mine) return { there: undefined, seat: undefined, doing: [], ordered: [] }
  const { seats } = mine
  const there = seats.find(
    one =>
      one.presence && one.presence.leftAt === null && now < Date.parse(one.ends) + minutes(60 * leaveHours),
  )
  const free = seats.find(
    one =>
      one.presence === null &&
      one.state !== 'replaced' &&
      opensAt(one, mine) <= now &&
      now < Date.parse(one.ends),
  )
  const coming = seats.find(one => one.presence === null && now < Date.parse(one.begins))
  const doing: Doing[] = []
  if (there) {
    const next = seats.find(
      one =>
        one.presence === null &&
        one.postId === there.postId &&
        one.begins === there.ends &&
        one.day === there.day &&
        Date.parse(one.begins) - minutes(stayMinutes) <= now &&
        now < Date.parse(one.ends),
    )
    if (next) doing.push({ act: 'stay', seat: there, next })
    doing.push({ act: 'checkOut', seat: there })
  }
  const follows = free && there && free.postId === there.postId && free.begins === there.ends
  if (free && !follows) doing.unshift({ act: 'checkIn', seat: free })
  const ordered = seats.filter(
    one => one.standInId !== null && one.presence === null && one !== free && now < Date.parse(one.begins),
  )
  return { there, seat: there ?? free ?? coming, doing, ordered }
}
