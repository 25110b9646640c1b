// Presences and absences as they stand in the books.
import { sql } from 'kysely'
import type { AbsenceKind, Way } from './contracts.ts'
import { type AttendanceDb, anyOf, type Whose } from './seats.ts'

export interface Presence {
  presenceId: string
  operationId: string
  officerId: string
  postId: string
  assignmentId: string | null
  standInId: string | null
  replaces: string | null
  day: string
  patternId: string
  band: string
  begins: string
  ends: string
  cameAt: string
  lateMinutes: number
  way: Way
  accuracy: string | null
  recordedAt: string
  leftAt: string | null
  leftWay: Way | null
  earlyMinutes: number
}

/** Until when somebody counts as being there: till he left, else till the end of his band. */
export const thereUntil = (one: Pick<Presence, 'leftAt' | 'ends'>): string => one.leftAt ?? one.ends

const selected = (db: AttendanceDb, agencyId: string) =>
  db
    .selectFrom('presence')
    .select(['presence_id', 'operation_id', 'officer_id', 'post_id', 'assignment_id', 'stand_in_id'])
    .select(['replaces', 'day', 'pattern_id', 'band', 'came_at', 'late_minutes', 'way', 'accuracy'])
    .select(['recorded_at', 'left_at', 'left_way', 'early_minutes'])
    .select([sql<string>`lower(period)`.as('begins'), sql<string>`upper(period)`.as('ends')])
    .where('agency_id', '=', agencyId)
    .where('voided_at', 'is', null)

type Row = Awaited<ReturnType<ReturnType<typeof selected>['execute']>>[number]

const presenceOf = (row: Row): Presence => ({
  presenceId: row.presence_id,
  operationId: row.operation_id,
  officerId: row.officer_id,
  postId: row.post_id,
  assignmentId: row.assignment_id,
  standInId: row.stand_in_id,
  replaces: row.replaces,
  day: row.day,
  patternId: row.pattern_id,
  band: row.band,
  begins: row.begins,
  ends: row.ends,
  cameAt: row.came_at,
  lateMinutes: row.late_minutes,
  way: row.way as Way,
  accuracy: row.accuracy,
  recordedAt: row.recorded_at,
  leftAt: row.left_at,
  leftWay: row.left_way as Way | null,
  earlyMinutes: row.early_minutes,
})

/** Presences of duty days, both inclusive, by their coming. What was voided is not among them. */
export async function presencesOf(
  db: AttendanceDb,
  agencyId: string,
  whose: Whose,
  days: { from: string; until: string },
): Promise<Presence[]> {
  let found = selected(db, agencyId).where('day', '>=', days.from).where('day', '<=', days.until)
  if ('officerIds' in whose) found = found.where('officer_id', '=', anyOf(whose.officerIds))
  else found = found.where('operation_id', '=', whose.operationId)
  return (await found.orderBy('came_at').orderBy('presence_id').execute()).map(presenceOf)
}

export async function presencesById(
  db: AttendanceDb,
  agencyId: string,
  presenceIds: readonly string[],
): Promise<Presence[]> {
  const rows = await selected(db, agencyId)
    .where('presence_id', '=', anyOf(presenceIds))
    .orderBy('presence_id')
    .execute()
  return rows.map(presenceOf)
}

export interface Absence {
  absenceId: string
  officerId: string
  postId: string
  day: string
  patternId: string
  band: string
  kind: AbsenceKind
}

/** Absences that hold. */
export async function absencesOf(
  db: AttendanceDb,
  agencyId: string,
  whose: Whose,
  days: { from: string; until: string },
): Promise<Absence[]> {
  let found = db
    .selectFrom('absence')
    .select(['absence_id', 'officer_id', 'post_id', 'day', 'pattern_id', 'band', 'kind'])
    .where('agency_id', '=', agencyId)
    .where('ended_at', 'is', null)
    .where('day', '>=', days.from)
    .where('day', '<=', days.until)
  if ('officerIds' in whose) found = found.where('officer_id', '=', anyOf(whose.officerIds))
  else found = found.where('operation_id', '=', whose.operationId)
  const rows = await found.orderBy('day').orderBy('absence_id').execute()
  return rows.map(row => ({
    absenceId: row.absence_id,
    officerId: row.officer_id,
    postId: row.post_id,
    day: row.day,
    patternId: row.pattern_id,
    band: row.band,
    kind: row.kind as AbsenceKind,
  }))
}
