// For measures and watches, which are handed a connection and nothing else: whose books these are, and what runs.
import { type Kysely, sql } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { RosterDb } from './published.ts'

/** The agency of the scope, by the kernel's own function. */
export async function agencyOf(db: Kysely<AnyTables>): Promise<AgencySettings> {
  const { rows } = await sql<{
    agency_id: string
    code: string
    name: string
    kind: 'real' | 'rehearsal'
    time_zone: string
    hand_over_minute: number
  }>`select agency_id, code, name, kind, time_zone, hand_over_minute from sys.agencies()
    where agency_id = nullif(current_setting('app.agency_id', true), '')::uuid order by agency_id`.execute(db)
  const row = rows[0]
  if (!row) throw new Error('invariant: a scope without its agency')
  return {
    agencyId: row.agency_id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    timeZone: row.time_zone,
    handOverMinute: row.hand_over_minute,
  }
}

/** Operations with a publication that touches the days, in order. */
export async function publishedOperations(
  db: Kysely<AnyTables>,
  agencyId: string,
  fromDay: string,
  untilDay: string,
): Promise<string[]> {
  const rows = await (db as unknown as RosterDb)
    .selectFrom('roster_version')
    .select('operation_id')
    .distinct()
    .where('agency_id', '=', agencyId)
    .where('from_day', '<=', untilDay)
    .where('until_day', '>=', fromDay)
    .orderBy('operation_id')
    .execute()
  return rows.map(row => row.operation_id)
}
