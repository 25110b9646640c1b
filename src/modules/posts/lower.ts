// What this module asks of the lower ones, and small reads that its own files share.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { CommandMeta } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { needOperation } from '../operations/index.ts'
import { type UnitName, unitNames } from '../people/index.ts'
import { postsProblems } from './contracts.ts'
import type { PostsTables } from './tables.ts'

export type PostsDb = Kysely<PostsTables>
/** Others hand in the connection they have; in here it is typed by our own tables. */
export const postsDb = (db: Kysely<AnyTables>): PostsDb => db as unknown as PostsDb
const anyDb = (db: PostsDb) => db as unknown as Kysely<AnyTables>

/** `column = any(ids)`: one text for any number of ids, so that it is planned once. */
export const anyOf = (ids: readonly string[]): RawBuilder<string> => sql<string>`any (${ids}::uuid[])`

/** All units of the agency by id, in the order of protocol. */
export const unitsOf = (db: PostsDb, agencyId: string): Promise<Map<string, UnitName>> =>
  unitNames(anyDb(db), agencyId)

/** New records are only made in an operation that has not ended. */
export async function needOpenOperation(db: PostsDb, agencyId: string, operationId: string): Promise<void> {
  await needOperation(anyDb(db), agencyId, operationId)
}

/** A zone's unit has no foreign key of its own, so it is looked up. */
export async function requireUnits(
  db: PostsDb,
  meta: CommandMeta,
  unitIds: readonly (string | null)[],
): Promise<void> {
  const wanted = unitIds.filter(unitId => unitId !== null)
  if (wanted.length === 0) return
  const units = await unitsOf(db, meta.agency.agencyId)
  if (wanted.some(unitId => !units.has(unitId))) throw postsProblems.unknownUnit()
}

/** Rows of a bulk insert go in pieces: a statement may carry 65,535 values. */
export function* chunks<T>(rows: readonly T[], size = 1_000): Generator<T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size)
}

/** The first value that stands twice, if any. */
export function repeated<T>(values: readonly T[]): T | undefined {
  const seen = new Set<T>()
  for (const value of values) {
    if (seen.has(value)) return value
    seen.add(value)
  }
  return undefined
}
