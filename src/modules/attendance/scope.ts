// For measures and watches, which are handed a connection and nothing else: whose books these are.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { DutyAgency } from './seats.ts'

/** The agency of the scope, by the kernel's own function. */
export async function agencyOf(db: Kysely<AnyTables>): Promise<DutyAgency & { name: string }> {
  const { rows } = await sql<{
    agency_id: string
    name: string
    time_zone: string
    hand_over_minute: number
  }>`select agency_id, name, time_zone, hand_over_minute from sys.agencies()
    where agency_id = nullif(current_setting('app.agency_id', true), '')::uuid order by agency_id`.execute(db)
  const row = rows[0]
  if (!row) throw new Error('invariant: a scope without its agency')
  return {
    agencyId: row.agency_id,
    name: row.name,
    timeZone: row.time_zone,
    handOverMinute: row.hand_over_minute,
  }
}
