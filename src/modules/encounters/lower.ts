// What this module asks of the lower ones, and small reads that its own files share.
import { type Kysely, sql } from 'kysely'
import type { Actor } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { type PostOfOperation, postsByIds } from '../posts/index.ts'
import type { EncountersTables } from './tables.ts'

export type EncountersDb = Kysely<EncountersTables>
/** Others hand in the connection they have; in here it is typed by our own tables. */
export const encountersDb = (db: Kysely<AnyTables>): EncountersDb => db as unknown as EncountersDb
export const anyDb = (db: EncountersDb) => db as unknown as Kysely<AnyTables>

export async function postOf(
  db: EncountersDb,
  agencyId: string,
  postId: string,
): Promise<PostOfOperation | undefined> {
  return (await postsByIds(anyDb(db), agencyId, [postId])).get(postId)
}

/** Encounters have no unit of their own: a post's unit says who sees them. */
export const seesPost = ({ scope }: Pick<Actor, 'scope'>, post: Pick<PostOfOperation, 'unitId'>) =>
  scope.unitIds === '*' || scope.unitIds.includes(post.unitId)

export const minutesLater = (instant: string, minutes: number) =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString()

/** For measures and watches, which are handed a connection and nothing else: whose books these are. */
export async function agencyInScope(db: Kysely<AnyTables>): Promise<string> {
  const { rows } = await sql<{ id: string }>`select current_setting('app.agency_id', true) as id`.execute(db)
  return rows[0]?.id ?? ''
}

/** And which units are seen. */
export async function unitInScope(db: Kysely<AnyTables>): Promise<(unitId: string) => boolean> {
  const { rows } = await sql<{
    units: string
  }>`select current_setting('app.unit_ids', true) as units`.execute(db)
  const units = rows[0]?.units ?? ''
  return unitId => units === '*' || units.includes(unitId)
}
