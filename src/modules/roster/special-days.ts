// Which days count as weekends: Saturdays and Sundays, holidays too, and not those on which everybody works instead.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { weekdayOf } from '../posts/index.ts'
import type { RosterDb } from './published.ts'

/** Whether a duty day counts as a weekend. */
export type IsWeekend = (day: string) => boolean

export function specialDayRows(db: RosterDb, agencyId: string, from: string, until: string) {
  return db
    .selectFrom('special_day')
    .select(['day', 'kind', 'name'])
    .where('agency_id', '=', agencyId)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .orderBy('day')
    .execute()
}

export async function weekendsIn(
  db: Kysely<AnyTables>,
  agencyId: string,
  from: string,
  until: string,
): Promise<IsWeekend> {
  const rows = await specialDayRows(db as unknown as RosterDb, agencyId, from, until)
  const special = new Map(rows.map(row => [row.day, row.kind === 'holiday']))
  return day => special.get(day) ?? weekdayOf(day) >= 6
}
