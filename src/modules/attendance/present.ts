// Who stood where at a moment: plain SQL, because every row carries its times. What was recorded later than it happened
// can be left out, so that a past moment can be shown as it was, or as it was known then.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { rulesNow } from './rules.ts'
import { attendanceDb } from './seats.ts'

export interface PresentFilter {
  agencyId: string
  operationId?: string
  postIds?: readonly string[]
  /** Only what the books had by then: who came or left and was entered later does not count yet. */
  knownAt?: string
}

export interface PresentRow {
  presenceId: string
  operationId: string
  officerId: string
  postId: string
  day: string
  patternId: string
  band: string
  cameAt: string
  /** Of the band. */
  ends: string
  leftAt: string | null
}

interface Row {
  presence_id: string
  operation_id: string
  officer_id: string
  post_id: string
  day: string
  pattern_id: string
  band: string
  came_at: string
  ends: string
  left_at: string | null
}

const kept = sql`p.agency_id, p.presence_id, p.operation_id, p.officer_id, p.post_id, p.day, p.pattern_id, p.band,
  upper(p.period) as ends`

/** The index on the coming bounds the look: nobody stands for more than a day and a half. */
const standing = (instant: string) => sql`
  select ${kept}, p.came_at, p.left_at, p.voided_at from presence p
  where p.came_at > ${instant}::timestamptz - interval '36 hours'`

/**
 * Presences of the days around, with their times as the books had them at `knownAt`. Whoever left, was righted or
 * struck since is looked up in the books; the rest stands as it stood.
 */
const knownThen = (instant: string, knownAt: string) => sql`
  select ${kept}, coalesce((b.before ->> 'came_at')::timestamptz, p.came_at) as came_at,
    case when b.before ? 'left_at' then (b.before ->> 'left_at')::timestamptz else p.left_at end as left_at,
    case when b.before ? 'voided_at' then (b.before ->> 'voided_at')::timestamptz else p.voided_at end as voided_at
  from presence p left join lateral (
    select jsonb_object_agg(one.key, one.value order by c.n desc) as before
    from change c join journal j on j.agency_id = c.agency_id and j.id = c.command_id
      cross join lateral jsonb_each(c.before) one
    where c.agency_id = p.agency_id and c.table_name = 'presence' and c.row_id = p.presence_id::text and c.op = 'u'
      and j.seq > (select sys.seq_at(${knownAt}::timestamptz))
  ) b on p.left_recorded_at > ${knownAt}::timestamptz or p.voided_at > ${knownAt}::timestamptz
    or p.way = 'corrected'
  where p.recorded_at <= ${knownAt}::timestamptz
    and p.day between (${instant}::timestamptz - interval '3 days')::date
      and (${instant}::timestamptz + interval '2 days')::date`

/** Presences of bands that run at an instant, or are stood over; also of who has signed out of one before its end. */
async function presencesAt(
  db: Kysely<AnyTables>,
  instant: string,
  filter: PresentFilter,
): Promise<PresentRow[]> {
  const { agencyId, operationId = null, postIds = null, knownAt } = filter
  const rows = knownAt === undefined ? standing(instant) : knownThen(instant, knownAt)
  const found = await sql<Row>`
    select presence_id, operation_id, officer_id, post_id, day, pattern_id, band, came_at, ends, left_at
    from (${rows}) as known
    where agency_id = ${agencyId}::uuid
      and (${operationId}::uuid is null or operation_id = ${operationId}::uuid)
      and (${postIds}::uuid[] is null or post_id = any (${postIds}::uuid[]))
      and voided_at is null and came_at <= ${instant}::timestamptz
      and ${instant}::timestamptz < greatest(left_at, ends)
    order by post_id, officer_id, presence_id`.execute(db)
  return found.rows.map(row => ({
    presenceId: row.presence_id,
    operationId: row.operation_id,
    officerId: row.officer_id,
    postId: row.post_id,
    day: row.day,
    patternId: row.pattern_id,
    band: row.band,
    cameAt: row.came_at,
    ends: row.ends,
    leftAt: row.left_at,
  }))
}

const isThere = (one: PresentRow, instant: string) => Date.parse(instant) < Date.parse(one.leftAt ?? one.ends)

/**
 * Presences in progress at an instant, by post and officer. Who has not signed out counts until his band ends; who
 * stood over counts until he left.
 */
export async function presentAt(
  db: Kysely<AnyTables>,
  instant: string,
  filter: PresentFilter,
): Promise<PresentRow[]> {
  return (await presencesAt(db, instant, filter)).filter(one => isThere(one, instant))
}

/** A seat of a band that runs, by officer and place. */
export type SeatNow = Pick<PresentRow, 'officerId' | 'postId' | 'patternId' | 'band'>

export interface AttendanceNow {
  present: PresentRow[]
  /** Signed out before the end of a band that runs. */
  gone: SeatNow[]
  /** Declared absent or unavailable for a band that runs. */
  absent: SeatNow[]
  /** So long after a band began nobody is said not to have come. */
  waitMinutes: number
}

/** Who is there at an instant, and why somebody is not. */
export async function attendanceAt(
  db: Kysely<AnyTables>,
  instant: string,
  filter: PresentFilter & { operationId: string },
): Promise<AttendanceNow> {
  const { agencyId, operationId } = filter
  const own = attendanceDb(db)
  const [all, absent, { rules }] = await Promise.all([
    presencesAt(db, instant, filter),
    own
      .selectFrom('absence')
      .select(['officer_id as officerId', 'post_id as postId', 'pattern_id as patternId', 'band'])
      .where('agency_id', '=', agencyId)
      .where('operation_id', '=', operationId)
      .where('ended_at', 'is', null)
      .where(sql<boolean>`period @> ${instant}::timestamptz`)
      .orderBy('absence_id')
      .execute(),
    rulesNow(own, agencyId),
  ])
  return {
    present: all.filter(one => isThere(one, instant)),
    gone: all.filter(one => !isThere(one, instant)),
    absent,
    waitMinutes: rules.absentMinutes,
  }
}

/** How many stand at each post, by the id of the post; somebody with two bands at once counts once. */
export function countByPost(rows: readonly PresentRow[]): Map<string, number> {
  const seen = new Set<string>()
  const counts = new Map<string, number>()
  for (const { postId, officerId } of rows) {
    if (seen.has(`${postId} ${officerId}`)) continue
    seen.add(`${postId} ${officerId}`)
    counts.set(postId, (counts.get(postId) ?? 0) + 1)
  }
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}
