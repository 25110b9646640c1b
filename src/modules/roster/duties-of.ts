// Published duties of named officers, in whatever operation they are: what the modules above ask about one person.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { PublishedDuty, RosterDb } from './published.ts'

export interface OfficerDuty extends PublishedDuty {
  operationId: string
}

/** Duties of duty days, both inclusive, by officer and day. */
export async function dutiesOfOfficers(
  anyDb: Kysely<AnyTables>,
  agencyId: string,
  officerIds: readonly string[],
  fromDay: string,
  untilDay: string,
): Promise<OfficerDuty[]> {
  const rows = await (anyDb as unknown as RosterDb)
    .selectFrom('assignment')
    .select(['assignment_id', 'operation_id', 'officer_id', 'day', 'post_id', 'pattern_id', 'bands'])
    .select(['version', sql<string>`lower(period)`.as('begins'), sql<string>`upper(period)`.as('ends')])
    .where('agency_id', '=', agencyId)
    .where('officer_id', '=', sql<string>`any (${[...officerIds]}::uuid[])`)
    .where('day', '>=', fromDay)
    .where('day', '<=', untilDay)
    .orderBy('officer_id')
    .orderBy('day')
    .orderBy('assignment_id')
    .execute()
  return rows.map(row => ({
    assignmentId: row.assignment_id,
    operationId: row.operation_id,
    officerId: row.officer_id,
    day: row.day,
    postId: row.post_id,
    patternId: row.pattern_id,
    bands: row.bands,
    begins: row.begins,
    ends: row.ends,
    version: row.version,
  }))
}
