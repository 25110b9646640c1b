// What the commands share: the books around some officers, and the rows that are written.
import { type CompiledQuery, sql } from 'kysely'
import type { CommandMeta, CommandTx } from '../../kernel/command.ts'
import { Problem } from '../../kernel/contract.ts'
import { officerNames } from '../people/index.ts'
import { postsByIds } from '../posts/index.ts'
import type { Arrival, Books } from './arrival.ts'
import { attendanceProblems, type Way } from './contracts.ts'
import { clockOf } from './moment.ts'
import { type Presence, presencesOf } from './presence-rows.ts'
import { type AttendanceRules, rulesNow } from './rules.ts'
import { anyDb, daysAround, type Seat, seatsOf } from './seats.ts'
import type { AttendanceTables } from './tables.ts'

export type AttendanceTx = CommandTx<AttendanceTables>

/** Officers and posts by name. Those outside the actor's scope have none; the words then name the post alone. */
export interface Named {
  officer(officerId: string): string
  post(postId: string): string
  time(at: string): string
}

async function namesFor(
  tx: AttendanceTx,
  meta: CommandMeta,
  officerIds: readonly string[],
  postIds: readonly string[],
): Promise<Named> {
  const { agencyId, timeZone } = meta.agency
  const [officers, posts] = await Promise.all([
    officerNames(anyDb(tx.db), agencyId, officerIds),
    postsByIds(anyDb(tx.db), agencyId, postIds),
  ])
  return {
    officer: id => officers.get(id)?.name ?? '',
    post: id => posts.get(id)?.name ?? '',
    time: clockOf(timeZone),
  }
}

/** Judges without names, and only for the words of a problem again with them: what goes well needs none. */
export async function judged<T>(
  tx: AttendanceTx,
  meta: CommandMeta,
  around: Around,
  postIds: readonly string[],
  judge: (named: Named) => T,
): Promise<T> {
  const time = clockOf(meta.agency.timeZone)
  try {
    return judge({ officer: () => '', post: () => '', time })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
  const all = [...around.seats.values(), ...around.presences.values()].flat()
  const places = [...postIds, ...all.map(one => one.postId)]
  return judge(await namesFor(tx, meta, around.officerIds, places))
}

export interface Around {
  officerIds: readonly string[]
  rules: AttendanceRules
  seats: Map<string, Seat[]>
  presences: Map<string, Presence[]>
}

const grouped = <T extends { officerId: string }>(rows: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const list = groups.get(row.officerId)
    if (list) list.push(row)
    else groups.set(row.officerId, [row])
  }
  return groups
}

/** Seats and presences of some officers around an instant, or of named duty days. */
export async function readAround(
  tx: AttendanceTx,
  meta: CommandMeta,
  officerIds: readonly string[],
  when: string | { from: string; until: string },
): Promise<Around> {
  const days = typeof when === 'string' ? daysAround(meta.agency, when) : when
  const whose = { officerIds }
  const [found, seats, presences] = await Promise.all([
    rulesNow(tx.db, meta.agency.agencyId),
    seatsOf(tx.db, meta.agency, whose, days),
    presencesOf(tx.db, meta.agency.agencyId, whose, days),
  ])
  return { officerIds, rules: found.rules, seats: grouped(seats), presences: grouped(presences) }
}

export function booksOf(around: Around, officerId: string, named: Named): Books {
  return {
    seats: around.seats.get(officerId) ?? [],
    presences: around.presences.get(officerId) ?? [],
    rules: around.rules,
    name: named.officer(officerId),
    postName: named.post,
    time: named.time,
  }
}

export interface Recorded extends Arrival {
  presenceId: string
  way: Way
  accuracy: 'fine' | 'fair' | null
}

/** Writes arrivals as presences, in one statement each; ends the bands before, and absences that were declared. */
export function writeArrivals(tx: AttendanceTx, meta: CommandMeta, all: readonly Recorded[]): void {
  if (all.length === 0) return
  writeLeaving(
    tx,
    meta,
    all.flatMap(({ leaves, stays, cameAt, seat }): Leaving[] => [
      ...leaves.map(presence => ({ presence, leftAt: cameAt, earlyMinutes: 0, way: 'leader' as const })),
      ...(stays ? [{ presence: stays, leftAt: seat.begins, earlyMinutes: 0, way: 'stay' as const }] : []),
    ]),
  )
  endAbsences(
    tx,
    meta,
    all.map(one => one.seat),
  )
  const column = <T>(of: (one: Recorded) => T) => all.map(of)
  const text = sql`
    insert into presence (agency_id, presence_id, operation_id, officer_id, post_id, assignment_id, stand_in_id,
      replaces, day, pattern_id, band, period, came_at, late_minutes, way, accuracy, recorded_at, recorded_by)
    select ${meta.agency.agencyId}::uuid, n.id, n.operation, n.officer, n.post, n.assignment, n.stand_in, n.replaces,
      n.day, n.pattern, n.band, tstzrange(n.begins, n.ends), n.came, n.late, n.way, n.accuracy,
      ${meta.receivedAt}::timestamptz, ${meta.actor.accountId}::uuid
    from unnest(
      ${column(one => one.presenceId)}::uuid[],
      ${column(one => one.seat.operationId)}::uuid[],
      ${column(one => one.seat.officerId)}::uuid[],
      ${column(one => one.seat.postId)}::uuid[],
      ${column(one => one.seat.assignmentId)}::uuid[],
      ${column(one => one.seat.standInId)}::uuid[],
      ${column(one => one.seat.replaces)}::uuid[],
      ${column(one => one.seat.day)}::date[],
      ${column(one => one.seat.patternId)}::uuid[],
      ${column(one => one.seat.band)}::text[],
      ${column(one => one.seat.begins)}::timestamptz[],
      ${column(one => one.seat.ends)}::timestamptz[],
      ${column(one => one.cameAt)}::timestamptz[],
      ${column(one => one.lateMinutes)}::int[],
      ${column(one => one.way)}::text[],
      ${column(one => one.accuracy)}::text[]
    ) as n (id, operation, officer, post, assignment, stand_in, replaces, day, pattern, band, begins, ends, came, late,
      way, accuracy)`
  tx.write({ compile: () => text.compile(tx.db) as CompiledQuery })
}

/** Who came after all is not absent any more. */
function endAbsences(tx: AttendanceTx, meta: CommandMeta, seats: readonly Seat[]): void {
  const text = sql`
    update absence a set ended_at = ${meta.receivedAt}::timestamptz
    from unnest(
      ${seats.map(one => one.officerId)}::uuid[],
      ${seats.map(one => one.postId)}::uuid[],
      ${seats.map(one => one.day)}::date[],
      ${seats.map(one => one.patternId)}::uuid[],
      ${seats.map(one => one.band)}::text[]
    ) as n (officer, post, day, pattern, band)
    where a.agency_id = ${meta.agency.agencyId}::uuid and a.officer_id = n.officer and a.post_id = n.post
      and a.day = n.day and a.pattern_id = n.pattern and a.band = n.band and a.ended_at is null`
  tx.write({ compile: () => text.compile(tx.db) as CompiledQuery })
}

export interface Leaving {
  presence: Presence
  leftAt: string
  earlyMinutes: number
  way: Way
}

/** In one statement; each was there a moment ago, or everything is taken back. */
export function writeLeaving(tx: AttendanceTx, meta: CommandMeta, all: readonly Leaving[]): void {
  if (all.length === 0) return
  const text = sql`
    update presence p set left_at = n.at, left_way = n.way, early_minutes = n.early,
      left_recorded_at = ${meta.receivedAt}::timestamptz
    from unnest(
      ${all.map(one => one.presence.presenceId)}::uuid[],
      ${all.map(one => one.leftAt)}::timestamptz[],
      ${all.map(one => one.earlyMinutes)}::int[],
      ${all.map(one => one.way)}::text[]
    ) as n (id, at, early, way)
    where p.agency_id = ${meta.agency.agencyId}::uuid and p.presence_id = n.id and p.left_at is null
      and p.voided_at is null`
  tx.write(
    { compile: () => text.compile(tx.db) as CompiledQuery },
    { rows: all.length, otherwise: attendanceProblems.changedMeanwhile() },
  )
}

/**
 * A leader speaks for others, never for himself, and for those only whose unit, or whose post's unit, is his. Who is
 * outside the actor's scope has no name, by the database's own policy.
 */
export async function needRightOver(
  tx: AttendanceTx,
  meta: CommandMeta,
  pairs: readonly { officerId: string; postId: string }[],
): Promise<void> {
  const { officerId, scope } = meta.actor
  if (pairs.some(one => one.officerId === officerId)) throw attendanceProblems.forOneself()
  const { agencyId } = meta.agency
  const posts = await postsByIds(
    anyDb(tx.db),
    agencyId,
    pairs.map(one => one.postId),
  )
  if (pairs.some(one => !posts.has(one.postId))) throw attendanceProblems.unknownPost()
  const { unitIds } = scope
  if (unitIds === '*') return
  const mine = await officerNames(
    anyDb(tx.db),
    agencyId,
    pairs.map(one => one.officerId),
  )
  for (const one of pairs) {
    if (mine.has(one.officerId) || unitIds.includes(posts.get(one.postId)?.unitId ?? '')) continue
    throw attendanceProblems.outsideScope()
  }
}
