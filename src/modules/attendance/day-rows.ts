// How it stands with every seat of some duty days: who should be there, who is, who came late, whose place was taken.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays } from '../../kernel/time.ts'
import { type OfficerName, officerNames, type UnitName, unitNames } from '../people/index.ts'
import { type PostOfOperation, postsByIds } from '../posts/index.ts'
import type { SeatState, SeatView } from './contracts.ts'
import { type Absence, absencesOf, type Presence, presencesOf, thereUntil } from './presence-rows.ts'
import {
  type AttendanceDb,
  anyDb,
  bandAt,
  bandsOf,
  compare,
  type DutyAgency,
  type Seat,
  seatKey,
  seatsOf,
  type Whose,
} from './seats.ts'

/** A seat with what became of it; without names, as watches need it. */
export interface SeatRow {
  seat: Seat
  presence: Presence | null
  absence: Absence | null
  /** Who was ordered to take the place. */
  replacedBy: string | null
  overlaps: boolean
  state: SeatState
}

function stateOf(
  seat: Seat,
  presence: Presence | null,
  absence: Absence | null,
  replaced: boolean,
  now: string,
): SeatState {
  if (presence) {
    if (presence.leftAt !== null) return 'left'
    return now < presence.ends ? 'present' : 'open'
  }
  if (replaced) return 'replaced'
  if (absence) return absence.kind === 'noShow' ? 'absent' : 'unavailable'
  return now < seat.begins ? 'due' : 'missing'
}

/** Presences that stand at two posts at once, by officer. */
export function overlapping(presences: readonly Presence[]): Set<string> {
  const byOfficer = new Map<string, Presence[]>()
  for (const one of presences) byOfficer.set(one.officerId, [...(byOfficer.get(one.officerId) ?? []), one])
  const found = new Set<string>()
  for (const list of byOfficer.values()) {
    for (const a of list) {
      for (const b of list) {
        if (a.postId !== b.postId && a.cameAt < thereUntil(b) && b.cameAt < thereUntil(a))
          found.add(a.presenceId)
      }
    }
  }
  return found
}

/** A presence that no seat explains: entered by hand, or its assignment was published away since. */
async function strays(
  db: AttendanceDb,
  agencyId: string,
  presences: readonly Presence[],
  known: ReadonlySet<string>,
): Promise<Seat[]> {
  const lone = presences.filter(one => !known.has(seatKey(one)))
  if (lone.length === 0) return []
  const bands = await bandsOf(anyDb(db), agencyId)
  return lone.map(one => {
    const band = bandAt(bands, one.patternId, one.band)
    return {
      ...one,
      replacesOfficerId: null,
      bandZh: band?.zh ?? one.band,
      bandEn: band?.en ?? one.band,
    }
  })
}

/** Every seat of the duty days, both inclusive, by its beginning; state as of `now`. */
export async function seatRows(
  db: AttendanceDb,
  agency: DutyAgency,
  whose: Whose,
  days: { from: string; until: string },
  now: string,
): Promise<SeatRow[]> {
  const { agencyId } = agency
  // A presence of the day before may still run, and be the other half of an overlap.
  const wider = { from: addDays(days.from, -1), until: addDays(days.until, 1) }
  const [seats, presences, absences] = await Promise.all([
    seatsOf(db, agency, whose, days),
    presencesOf(db, agencyId, whose, wider),
    absencesOf(db, agencyId, whose, days),
  ])
  const within = presences.filter(one => one.day >= days.from && one.day <= days.until)
  const known = new Set(seats.map(seatKey))
  const all = [...seats, ...(await strays(db, agencyId, within, known))]
  const presenceAt = new Map(within.map(one => [seatKey(one), one]))
  const absenceAt = new Map(absences.map(one => [seatKey(one), one]))
  const overlaps = overlapping(presences)
  const takenBy = new Map<string, string>()
  for (const one of seats) {
    if (one.standInId === null || one.replacesOfficerId === null) continue
    takenBy.set(seatKey({ ...one, officerId: one.replacesOfficerId }), one.officerId)
  }
  return all
    .map(seat => {
      const key = seatKey(seat)
      const [presence, absence] = [presenceAt.get(key) ?? null, absenceAt.get(key) ?? null]
      const replacedBy = takenBy.get(key) ?? null
      const state = stateOf(seat, presence, absence, replacedBy !== null, now)
      const twice = presence !== null && overlaps.has(presence.presenceId)
      return { seat, presence, absence, replacedBy, overlaps: twice, state }
    })
    .sort((a, b) => compare(a.seat.begins, b.seat.begins) || compare(seatKey(a.seat), seatKey(b.seat)))
}

export interface RowNames {
  officers: Map<string, OfficerName>
  units: Map<string, UnitName>
  posts: Map<string, PostOfOperation>
}

/** Names for rows. Officers outside the scope have none. */
export async function namesOf(
  db: Kysely<AnyTables>,
  agencyId: string,
  rows: readonly SeatRow[],
): Promise<RowNames> {
  const ids = rows.flatMap(({ seat, replacedBy }) => [
    seat.officerId,
    ...(seat.replacesOfficerId ? [seat.replacesOfficerId] : []),
    ...(replacedBy ? [replacedBy] : []),
  ])
  const [officers, units, posts] = await Promise.all([
    officerNames(db, agencyId, ids),
    unitNames(db, agencyId),
    postsByIds(
      db,
      agencyId,
      rows.map(one => one.seat.postId),
    ),
  ])
  return { officers, units, posts }
}

export function seatViewOf(row: SeatRow, { officers, units, posts }: RowNames): SeatView {
  const { seat, presence } = row
  const person = officers.get(seat.officerId)
  const post = posts.get(seat.postId)
  return {
    key: seatKey(seat),
    operationId: seat.operationId,
    officerId: seat.officerId,
    officerName: person?.name ?? '',
    badge: person?.badge ?? '',
    kind: person?.kind ?? '',
    unitId: person?.unitId ?? '',
    unitName: units.get(person?.unitId ?? '')?.shortName ?? '',
    postId: seat.postId,
    postCode: post?.code ?? '',
    postName: post?.name ?? '',
    day: seat.day,
    patternId: seat.patternId,
    band: seat.band,
    bandZh: seat.bandZh,
    bandEn: seat.bandEn,
    begins: seat.begins,
    ends: seat.ends,
    assignmentId: seat.assignmentId,
    standInId: seat.standInId,
    replacesName: seat.replacesOfficerId ? (officers.get(seat.replacesOfficerId)?.name ?? '') : null,
    replacedByName: row.replacedBy ? (officers.get(row.replacedBy)?.name ?? '') : null,
    absenceId: row.absence?.absenceId ?? null,
    state: row.state,
    overlaps: row.overlaps,
    presence: presence && {
      presenceId: presence.presenceId,
      cameAt: presence.cameAt,
      lateMinutes: presence.lateMinutes,
      way: presence.way,
      accuracy: presence.accuracy,
      recordedAt: presence.recordedAt,
      leftAt: presence.leftAt,
      leftWay: presence.leftWay,
      earlyMinutes: presence.earlyMinutes,
    },
  }
}
