// Hours on duty that the published roster does not know of: orders on the spot, bands that were worked without being
// rostered, and time that somebody stood over because his relief did not come.
import { sql } from 'kysely'
import type { AttendanceDb } from './seats.ts'

export interface Hours {
  officerId: string
  begins: string
  ends: string
}

/** Within a day and a half of an instant, of some officers or of all. */
export async function extraHours(
  db: AttendanceDb,
  agencyId: string,
  around: string,
  officerIds: readonly string[] | null = null,
): Promise<Hours[]> {
  const hours = (n: number) => new Date(Date.parse(around) + n * 3_600_000).toISOString()
  const [from, until] = [hours(-36), hours(36)]
  const { rows } = await sql<{ officer_id: string; begins: string; ends: string }>`
    select officer_id, lower(period) as begins, upper(period) as ends from stand_in
    where agency_id = ${agencyId}::uuid and cancelled_at is null
      and lower(period) between ${from}::timestamptz and ${until}::timestamptz
      and (${officerIds}::uuid[] is null or officer_id = any (${officerIds}::uuid[]))
    union all
    select officer_id, case when assignment_id is null then came_at else upper(period) end,
      greatest(coalesce(left_at, upper(period)), upper(period))
    from presence
    where agency_id = ${agencyId}::uuid and voided_at is null and stand_in_id is null
      and came_at between ${from}::timestamptz and ${until}::timestamptz
      and (assignment_id is null or left_at > upper(period))
      and (${officerIds}::uuid[] is null or officer_id = any (${officerIds}::uuid[]))
    order by officer_id, begins, ends`.execute(db)
  return rows.map(row => ({ officerId: row.officer_id, begins: row.begins, ends: row.ends }))
}
