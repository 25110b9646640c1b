// Seats: a band of a duty day at a post that an officer is to work, by the published roster or by an order on the spot.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, dutyDayOf, instantAt } from '../../kernel/time.ts'
import { type Pattern, patternsOf } from '../posts/index.ts'
import { dutiesOfOfficers, type PublishedDuty, publishedDuties } from '../roster/index.ts'
import type { AttendanceTables } from './tables.ts'

export type AttendanceDb = Kysely<AttendanceTables>
export type DutyAgency = Pick<AgencySettings, 'agencyId' | 'timeZone' | 'handOverMinute'>
export const attendanceDb = (db: Kysely<AnyTables>): AttendanceDb => db as unknown as AttendanceDb
export const anyDb = (db: AttendanceDb): Kysely<AnyTables> => db as unknown as Kysely<AnyTables>

/** `column = any(ids)`: one text for any number of ids, so that it is planned once. */
export const anyOf = (ids: readonly string[]): RawBuilder<string> => sql<string>`any (${[...ids]}::uuid[])`

export interface Seat {
  officerId: string
  operationId: string
  postId: string
  /** Null for a stand-in. */
  assignmentId: string | null
  standInId: string | null
  /** The assignment that a stand-in takes the place of, and whose it was. */
  replaces: string | null
  replacesOfficerId: string | null
  day: string
  patternId: string
  band: string
  bandZh: string
  bandEn: string
  begins: string
  ends: string
}

export const seatKey = (seat: Pick<Seat, 'officerId' | 'day' | 'postId' | 'patternId' | 'band'>): string =>
  `${seat.officerId} ${seat.day} ${seat.postId} ${seat.patternId} ${seat.band}`

export type Band = Pattern['bands'][number]
/** Bands by pattern and key. */
export type Bands = ReadonlyMap<string, Band>
export const bandAt = (bands: Bands, patternId: string, key: string) => bands.get(`${patternId} ${key}`)

export async function bandsOf(db: Kysely<AnyTables>, agencyId: string): Promise<Bands> {
  const patterns = await patternsOf(db, agencyId)
  return new Map(
    patterns.flatMap(({ patternId, bands }) =>
      bands.map(band => [`${patternId} ${band.key}`, band] as const),
    ),
  )
}

/** When a band of a duty day begins and ends. */
export function periodOf(
  agency: DutyAgency,
  day: string,
  band: { from: number; minutes: number },
): { begins: string; ends: string } {
  const at = (minute: number) => instantAt(agency.timeZone, day, agency.handOverMinute + minute)
  return { begins: at(band.from), ends: at(band.from + band.minutes) }
}

/** The same for many seats: a day has a dozen periods and a thousand seats. */
function periods(agency: DutyAgency): typeof periodOf {
  const known = new Map<string, { begins: string; ends: string }>()
  return (_agency, day, band) => {
    const key = `${day} ${band.from} ${band.minutes}`
    let found = known.get(key)
    if (!found) {
      found = periodOf(agency, day, band)
      known.set(key, found)
    }
    return found
  }
}

interface Days {
  from: string
  until: string
}
/** Whose seats: those of some officers in any operation, or everybody's in one. */
export type Whose = { officerIds: readonly string[] } | { operationId: string }

async function rosterSeats(
  db: Kysely<AnyTables>,
  agency: DutyAgency,
  whose: Whose,
  days: Days,
): Promise<(PublishedDuty & { operationId: string })[]> {
  const { agencyId } = agency
  if ('officerIds' in whose) return dutiesOfOfficers(db, agencyId, whose.officerIds, days.from, days.until)
  const { operationId } = whose
  const rows = await publishedDuties(db, agencyId, operationId, days.from, days.until)
  return rows.map(row => ({ ...row, operationId }))
}

function standIns(db: AttendanceDb, agencyId: string, whose: Whose, days: Days) {
  let found = db
    .selectFrom('stand_in')
    .select(['stand_in_id', 'operation_id', 'officer_id', 'post_id', 'replaces', 'replaces_officer_id'])
    .select(['day', 'pattern_id', 'band'])
    .where('agency_id', '=', agencyId)
    .where('cancelled_at', 'is', null)
    .where('day', '>=', days.from)
    .where('day', '<=', days.until)
  if ('officerIds' in whose) found = found.where('officer_id', '=', anyOf(whose.officerIds))
  else found = found.where('operation_id', '=', whose.operationId)
  return found.orderBy('officer_id').orderBy('day').orderBy('stand_in_id').execute()
}

/** Seats of duty days, both inclusive, by their beginning. */
export async function seatsOf(
  db: AttendanceDb,
  agency: DutyAgency,
  whose: Whose,
  days: Days,
): Promise<Seat[]> {
  const [duties, ordered, bands] = await Promise.all([
    rosterSeats(anyDb(db), agency, whose, days),
    standIns(db, agency.agencyId, whose, days),
    bandsOf(anyDb(db), agency.agencyId),
  ])
  const period = periods(agency)
  const seats: Seat[] = []
  const add = (one: Omit<Seat, 'bandZh' | 'bandEn' | 'begins' | 'ends'>) => {
    const band = bandAt(bands, one.patternId, one.band)
    if (!band) return
    seats.push({ ...one, bandZh: band.zh, bandEn: band.en, ...period(agency, one.day, band) })
  }
  for (const duty of duties) {
    const { assignmentId, operationId, officerId, day, postId, patternId } = duty
    const rostered = { standInId: null, replaces: null, replacesOfficerId: null }
    for (const band of duty.bands)
      add({ ...rostered, assignmentId, operationId, officerId, day, postId, patternId, band })
  }
  for (const row of ordered) {
    add({
      assignmentId: null,
      standInId: row.stand_in_id,
      replaces: row.replaces,
      replacesOfficerId: row.replaces_officer_id,
      operationId: row.operation_id,
      officerId: row.officer_id,
      day: row.day,
      postId: row.post_id,
      patternId: row.pattern_id,
      band: row.band,
    })
  }
  return seats.sort((a, b) => compare(a.begins, b.begins) || compare(seatKey(a), seatKey(b)))
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The duty days whose bands can bear on an instant: the day before may run on, the next one opens early. */
export function daysAround(agency: DutyAgency, at: string): Days {
  const today = dutyDayOf(agency, at)
  return { from: addDays(today, -1), until: addDays(today, 1) }
}
