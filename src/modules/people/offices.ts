// What office somebody holds: a leader is called by it where no name may stand.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { anyOf, peopleDb } from './people-db.ts'

export interface OfficerOffice {
  /** 职务; empty where none is in the books. */
  title: string
  /** Has the skill to lead on that day. */
  leads: boolean
}

/** By officer; who is outside the scope is not in the map. */
export async function officerOffices(
  anyDb: Kysely<AnyTables>,
  agencyId: string,
  ids: readonly string[],
  day: string,
): Promise<Map<string, OfficerOffice>> {
  if (ids.length === 0) return new Map()
  const rows = await peopleDb(anyDb)
    .selectFrom('officer as o')
    .select(['o.officer_id', 'o.title'])
    .select(
      sql<boolean>`exists (select from officer_skill s where s.agency_id = o.agency_id
        and s.officer_id = o.officer_id and s.skill = 'leader'
        and (s.valid_from is null or s.valid_from <= ${day}::date)
        and (s.valid_until is null or s.valid_until >= ${day}::date))`.as('leads'),
    )
    .where('o.agency_id', '=', agencyId)
    .where('o.officer_id', '=', anyOf([...new Set(ids)].sort()))
    .orderBy('o.officer_id')
    .execute()
  return new Map(rows.map(row => [row.officer_id, { title: row.title, leads: row.leads }]))
}
