// What the books say beside the file: units by name, officers by badge, mappings kept.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { ReaderHands } from '../../kernel/module.ts'
import type { KeptMapping } from '../../sheets/index.ts'
import type { MappedSubject } from './contracts.ts'
import { peopleDb } from './people-db.ts'

export interface KnownUnits {
  /** Name and short name → unit's name; null where several units share a short name. */
  byWord: ReadonlyMap<string, string | null>
  names: readonly { name: string; shortName: string }[]
}
export interface KnownOfficer {
  officerId: string
  name: string
  active: boolean
}

export async function knownUnits(hands: ReaderHands): Promise<KnownUnits> {
  const rows = await hands.read(db =>
    peopleDb(db)
      .selectFrom('unit')
      .select(['name', 'short_name'])
      .where('agency_id', '=', hands.agency.agencyId)
      .where('active', '=', true)
      .orderBy('sort')
      .orderBy('name')
      .orderBy('unit_id')
      .execute(),
  )
  const byWord = new Map<string, string | null>()
  for (const { name, short_name } of rows) byWord.set(short_name, byWord.has(short_name) ? null : name)
  for (const { name } of rows) byWord.set(name, name)
  return { byWord, names: rows.map(row => ({ name: row.name, shortName: row.short_name })) }
}

export async function knownOfficers(
  hands: ReaderHands,
  badges: readonly string[],
): Promise<Map<string, KnownOfficer>> {
  const rows = await hands.read(db =>
    peopleDb(db)
      .selectFrom('officer')
      .select(['badge', 'officer_id', 'name', 'active'])
      .where('agency_id', '=', hands.agency.agencyId)
      .where('badge', '=', sql<string>`any (${[...badges]}::text[])`)
      .orderBy('officer_id')
      .execute(),
  )
  return new Map(
    rows.map(row => [row.badge, { officerId: row.officer_id, name: row.name, active: row.active }]),
  )
}

/** How the columns of lists of one subject were mapped before, at most 1,000 sources. For every module that imports. */
export async function keptMappings(
  anyDb: Kysely<AnyTables>,
  agencyId: string,
  subject: MappedSubject,
): Promise<KeptMapping[]> {
  const rows = await peopleDb(anyDb)
    .selectFrom('import_mapping')
    .select(['signature', 'mapping'])
    .where('agency_id', '=', agencyId)
    .where('subject', '=', subject)
    .orderBy('signature')
    .limit(1_000)
    .execute()
  return rows.map(row => ({ source: row.signature, mapping: row.mapping as KeptMapping['mapping'] }))
}
