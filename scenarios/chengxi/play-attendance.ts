// Who came: each band of the published roster by a roll-call, some minutes before it begins; a few come late. Whoever
// has two bands stays on; all sign out some minutes after their last one. What does not go by the roster stands apart.
import { derivedId } from '../../src/kernel/ids.ts'
import { checkInMany, checkOutMany, dayList, rollCallMost } from '../../src/modules/attendance/contracts.ts'
import type { SeatView } from '../../src/modules/attendance/contracts.ts'
import type { Course } from './course.ts'
import { days } from './ground.ts'
import { outOfLine, releasedAt } from './play-replaced.ts'

/** Something that happens as the days pass. */
export interface Happening {
  at: string
  /** Among what happens at one moment, lower first. */
  order: number
  play(): Promise<void>
}

const earlyMinutes = 6
const lateMinutes = 17
const leavingMinutes = 4
/** One in so many comes late; prime, so that it is never one post's fate. */
const lateOneIn = 101

const minutesFrom = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString()

/** All that happens at the posts of one duty day, from the roster as it was published. */
export async function attendanceOf(it: Course, offset: number): Promise<Happening[]> {
  const { stage, operationId } = it
  const day = it.day(offset)
  const { rows } = await stage.ask(dayList, { operationId, day, limit: 5_000 })
  const seats = rows
    .filter(row => row.assignmentId !== null)
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const edge = ({ officerId, postId }: SeatView, at: string) => `${officerId} ${postId} ${at}`
  const begins = new Set(seats.map(one => edge(one, one.begins)))
  const ends = new Set(seats.map(one => edge(one, one.ends)))
  const stays = new Set(seats.filter(one => begins.has(edge(one, one.ends))).map(one => one.key))
  const comesAfter = new Set(seats.filter(one => ends.has(edge(one, one.begins))).map(one => one.key))
  const isLate = (n: number, one: SeatView) => (n + offset) % lateOneIn === 0 && !comesAfter.has(one.key)
  const late = new Set(seats.filter((one, n) => isLate(n, one)).map(one => one.key))
  const { apart, staysOver, happenings } = outOfLine(it, offset, seats, { stays, follows: comesAfter })
  const calls = new Map<string, SeatView[]>()
  for (const one of seats) {
    if (apart.has(one.key)) continue
    const key = `${one.patternId} ${one.band} ${late.has(one.key) ? 'late' : 'in time'}`
    calls.set(key, [...(calls.get(key) ?? []), one])
  }
  const leaving = new Map<string, string[]>()
  for (const [key, all] of calls) {
    for (const [n, part] of parts(all)) {
      const label = `came ${day} ${key} ${n}`
      happenings.push(rollCall(it, label, part, key.endsWith(' late')))
      // The ids of presences follow from the command and the seat, as the handler makes them.
      for (const one of part) {
        if (stays.has(one.key)) continue
        const at = staysOver.has(one.key) ? releasedAt(one.ends) : minutesFrom(one.ends, leavingMinutes)
        leaving.set(at, [...(leaving.get(at) ?? []), derivedId(it.stage.id(`command ${label}`), one.key)])
      }
    }
  }
  for (const [at, all] of leaving) {
    for (const [n, presenceIds] of parts(all)) {
      const play = async () => {
        await stage.run(checkOutMany, { presenceIds }, `left ${day} ${at} ${n}`)
      }
      happenings.push({ at, order: 2, play })
    }
  }
  return happenings
}

/** In parts that one command may name, each with the place of its first. */
function parts<T>(all: readonly T[]): [number, T[]][] {
  const found: [number, T[]][] = []
  for (let from = 0; from < all.length; from += rollCallMost)
    found.push([from, all.slice(from, from + rollCallMost)])
  return found
}

/** `seats` are of one band of one pattern. */
function rollCall({ stage }: Course, label: string, seats: readonly SeatView[], late: boolean): Happening {
  const [first] = seats
  if (!first) throw new Error('invariant: a roll-call names somebody')
  const posts = new Map<string, string[]>()
  for (const { postId, officerId } of seats) posts.set(postId, [...(posts.get(postId) ?? []), officerId])
  const { day, patternId, band, begins } = first
  const named = [...posts].map(([postId, officerIds]) => ({ postId, officerIds }))
  return {
    at: minutesFrom(begins, late ? lateMinutes : -earlyMinutes),
    order: 1,
    play: async () => {
      await stage.run(checkInMany, { day, patternId, band, posts: named }, label)
    },
  }
}

/** Every duty day of the operation. */
export async function attendance(it: Course): Promise<Happening[]> {
  const all: Happening[] = []
  for (let offset = 0; offset < days; offset += 1) all.push(...(await attendanceOf(it, offset)))
  return all
}
