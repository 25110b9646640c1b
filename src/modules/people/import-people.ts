// What the books say beside the file: units by name, officers by badge, mappings remembered.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { ReaderHands } from '../../kernel/module.ts'
import type { RememberedMapping } from '../../sheets/index.ts'
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

export const sourceOf = (signature: string) => createHash('sha256').update(signature).digest('hex')

/** The mapping of this very source; else of the one whose labels are most alike, so that a new column costs nothing. */
export async function rememberedMapping(
  hands: ReaderHands,
  signature: string,
  labels: readonly string[],
): Promise<RememberedMapping | undefined> {
  const rows = await hands.read(db =>
    peopleDb(db)
      .selectFrom('import_mapping')
      .select(['signature', 'mapping'])
      .where('agency_id', '=', hands.agency.agencyId)
      .where('subject', '=', 'officers')
      .orderBy('signature')
      .limit(200)
      .execute(),
  )
  const source = sourceOf(signature)
  const same = rows.find(row => row.signature === source)
  if (same) return same.mapping as RememberedMapping
  const wanted = new Set(labels)
  let best: { alike: number; mapping: RememberedMapping } | undefined
  for (const row of rows) {
    const mapping = row.mapping as RememberedMapping
    const hits = mapping.columns.filter(column => wanted.has(column.header)).length
    const alike = hits / Math.max(1, wanted.size, mapping.columns.length)
    if (alike >= 0.6 && alike > (best?.alike ?? 0)) best = { alike, mapping }
  }
  return best?.mapping
}
