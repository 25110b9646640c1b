// What a check-in means: which band somebody came for, or what the books cannot explain. Pure: seats and presences in,
// a seat or a problem out.
import type { Problem } from '../../kernel/contract.ts'
import { attendanceProblems } from './contracts.ts'
import { type Presence, thereUntil } from './presence-rows.ts'
import type { AttendanceRules } from './rules.ts'
import { compare, type Seat, seatKey } from './seats.ts'

/** So long before the second of two adjoining bands it may be confirmed. */
export const stayMinutes = 15

export interface Books {
  /** Of this officer, around the moment. */
  seats: readonly Seat[]
  presences: readonly Presence[]
  rules: AttendanceRules
  /** For the words of a problem: the officer, a post, a time of day. */
  name: string
  postName(postId: string): string
  time(at: string): string
}

export interface Arrival {
  seat: Seat
  /** The presence of the band before, at the same post, that this one follows without a break. */
  stays: Presence | null
  /** Presences at other posts that end with this one: he was ordered away from there. */
  leaves: Presence[]
  cameAt: string
  lateMinutes: number
}

const minutes = (ms: number) => Math.floor(ms / 60_000)
const before = (at: string, least: number) => new Date(Date.parse(at) - least * 60_000).toISOString()

/** Params by which a person, later, can enter what was held. */
const about = (seat: Pick<Seat, 'officerId' | 'postId'>, at: string) => ({
  officerId: seat.officerId,
  postId: seat.postId,
  at,
})

/** The presence that the seat follows: the band that ends where it begins, at the same post, and he has not left. */
export function staysFrom(seat: Seat, presences: readonly Presence[]): Presence | null {
  return (
    presences.find(
      one =>
        one.leftAt === null &&
        one.postId === seat.postId &&
        one.day === seat.day &&
        one.patternId === seat.patternId &&
        one.ends === seat.begins,
    ) ?? null
  )
}

/** Late by whole minutes, or 0 within the time that is allowed. */
export function lateBy(seat: Pick<Seat, 'begins'>, cameAt: string, rules: AttendanceRules): number {
  const late = minutes(Date.parse(cameAt) - Date.parse(seat.begins))
  return late > rules.lateMinutes ? late : 0
}

/** Gone early by whole minutes, or 0 within the time that is allowed. */
export function earlyBy(seat: Pick<Presence, 'ends'>, leftAt: string, rules: AttendanceRules): number {
  const early = minutes(Date.parse(seat.ends) - Date.parse(leftAt))
  return early > rules.lateMinutes ? early : 0
}

/** As `arrivalAt`, for one seat that somebody named. */
export function arrivalFor(books: Books, seat: Seat, moment: string): Arrival {
  const done = books.presences.find(one => seatKey(one) === seatKey(seat))
  if (done)
    throw attendanceProblems.twice({
      name: books.name,
      time: books.time(done.cameAt),
      ...about(seat, moment),
    })
  const stays = staysFrom(seat, books.presences)
  const opens = before(seat.begins, stays ? stayMinutes : books.rules.earlyMinutes)
  if (moment < opens) throw tooEarly(books, seat, moment)
  if (moment >= seat.ends) {
    const params = { name: books.name, post: books.postName(seat.postId), time: books.time(seat.ends) }
    throw attendanceProblems.bandOver({ ...params, ...about(seat, moment) })
  }
  const elsewhere = books.presences.filter(
    one => one.postId !== seat.postId && one.cameAt <= moment && moment < thereUntil(one),
  )
  const [other] = elsewhere
  if (other && seat.standInId === null) throw atTwoPosts(books, seat, other, moment)
  // Whoever stayed was there when the band began, whenever he says so.
  const cameAt = stays ? seat.begins : moment
  const leaves = elsewhere.filter(one => one.leftAt === null)
  return { seat, stays, leaves, cameAt, lateMinutes: lateBy(seat, cameAt, books.rules) }
}

function atTwoPosts(books: Books, seat: Seat, other: Presence, moment: string): Problem {
  const params = { name: books.name, post: books.postName(other.postId), time: books.time(other.cameAt) }
  return attendanceProblems.elsewhere({ ...params, ...about(seat, moment) })
}

function tooEarly(books: Books, seat: Seat, moment: string): Problem {
  const params = { name: books.name, time: books.time(seat.begins), minutes: books.rules.earlyMinutes }
  return attendanceProblems.tooEarly({ ...params, ...about(seat, moment) })
}

/** Which of his bands somebody came for who checks in at a post. */
export function arrivalAt(books: Books, officerId: string, postId: string, moment: string): Arrival {
  const { seats, presences, rules } = books
  const done = new Set(presences.map(seatKey))
  const here = seats.filter(one => one.postId === postId)
  const isOpen = (seat: Seat) => before(seat.begins, rules.earlyMinutes) <= moment && moment < seat.ends
  const there = presences.find(
    one => one.postId === postId && one.cameAt <= moment && moment < one.ends && one.leftAt === null,
  )
  const free = here.filter(seat => isOpen(seat) && !done.has(seatKey(seat))).sort(byBeginning)
  const next = free.find(
    seat => !there || (staysFrom(seat, presences) !== null && before(seat.begins, stayMinutes) <= moment),
  )
  if (next) return arrivalFor(books, next, moment)
  throw unexplained(books, { officerId, postId }, moment, here)
}

const byBeginning = (a: Seat, b: Seat) => compare(a.begins, b.begins)

function atWrongPost(
  books: Books,
  who: { officerId: string; postId: string },
  moment: string,
): Problem | undefined {
  const { earlyMinutes } = books.rules
  const should = books.seats.find(
    seat => seat.postId !== who.postId && before(seat.begins, earlyMinutes) <= moment && moment < seat.ends,
  )
  if (!should) return undefined
  const [post, other] = [books.postName(who.postId), books.postName(should.postId)]
  return attendanceProblems.wrongPost({ name: books.name, post, should: other, ...about(who, moment) })
}

/** Somebody whom a leader names for a band that is not his. */
export function notHis(books: Books, who: { officerId: string; postId: string }, moment: string): Problem {
  const post = books.postName(who.postId)
  return (
    atWrongPost(books, who, moment) ??
    attendanceProblems.notAssigned({ name: books.name, post, ...about(who, moment) })
  )
}

/** The nearest thing that the books know about a check-in that they cannot explain. */
function unexplained(
  books: Books,
  who: { officerId: string; postId: string },
  moment: string,
  here: readonly Seat[],
): Problem {
  const { presences, rules, name } = books
  const isOpen = (seat: Seat) => before(seat.begins, rules.earlyMinutes) <= moment && moment < seat.ends
  const post = books.postName(who.postId)
  const known = about(who, moment)
  const done = presences.find(
    one => one.postId === who.postId && here.some(seat => isOpen(seat) && seatKey(seat) === seatKey(one)),
  )
  if (done) return attendanceProblems.twice({ name, time: books.time(done.cameAt), ...known })
  const wrong = atWrongPost(books, who, moment)
  if (wrong) return wrong
  const later = here.find(seat => moment < seat.begins)
  if (later) return tooEarly(books, later, moment)
  const over = here.findLast(seat => seat.ends <= moment)
  if (over) return attendanceProblems.bandOver({ name, post, time: books.time(over.ends), ...known })
  return attendanceProblems.notAssigned({ name, post, ...known })
}
