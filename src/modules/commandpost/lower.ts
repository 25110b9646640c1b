// What this module asks of the lower ones, and small reads that its own files share.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { CommandMeta, CommandTx } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { accountNames } from '../access/index.ts'
import { needOperation, type OperationName, operationName, operationsRunning } from '../operations/index.ts'
import { type UnitName, unitNames } from '../people/index.ts'
import { type PostForRoster, postsFor, zonesFor } from '../posts/index.ts'
import { commandpostProblems } from './contracts.ts'
import type { CommandpostTables } from './tables.ts'

export type CommandpostDb = Kysely<CommandpostTables>
/** Others hand in the connection they have; in here it is typed by our own tables. */
export const commandpostDb = (db: Kysely<AnyTables>): CommandpostDb => db as unknown as CommandpostDb
export const anyDb = (db: CommandpostDb) => db as unknown as Kysely<AnyTables>

/** For measures and watches, which are handed a connection and nothing else: whose books these are. */
export async function agencyInScope(db: CommandpostDb): Promise<string> {
  const { rows } = await sql<{ id: string | null }>`
    select nullif(current_setting('app.agency_id', true), '') as id`.execute(db)
  const id = rows[0]?.id
  if (!id) throw new Error('invariant: a scope without its agency')
  return id
}

/** `column = any(values)`: one text for any number of values, so that it is planned once. */
export const anyId = (values: readonly string[]): RawBuilder<string> => sql<string>`any (${values}::uuid[])`
export const anyText = (values: readonly string[]): RawBuilder<string> => sql<string>`any (${values}::text[])`

export type Units = ReadonlyMap<string, UnitName>
export const unitsOf = (db: CommandpostDb, agencyId: string): Promise<Units> => unitNames(anyDb(db), agencyId)

export const operationOf = (db: CommandpostDb, agencyId: string, id: string): Promise<OperationName> =>
  needOperation(anyDb(db), agencyId, id)

/** The name of an operation, also of one that has ended. */
export async function operationNamed(db: CommandpostDb, agencyId: string, id: string): Promise<string> {
  const found = await operationName(anyDb(db), agencyId, id)
  if (found === undefined) throw kernelProblems.missing({ what: '专项勤务' })
  return found
}

export const accountsOf = (db: CommandpostDb, agencyId: string, ids: readonly (string | null)[]) =>
  accountNames(db as never, agencyId, [...new Set(ids.filter(one => one !== null))].sort())

/** Names by account. */
export async function namesOf(
  db: CommandpostDb,
  agencyId: string,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  return new Map([...(await accountsOf(db, agencyId, ids))].map(([id, one]) => [id, one.name]))
}

export const postsOf = (db: CommandpostDb, agencyId: string, operationId: string) =>
  postsFor(anyDb(db), agencyId, operationId)
export const zonesOf = (db: CommandpostDb, agencyId: string, operationId: string) =>
  zonesFor(anyDb(db), agencyId, operationId)

/** The post of an operation, or a problem. */
export async function needPost(
  db: CommandpostDb,
  agencyId: string,
  operationId: string,
  postId: string,
): Promise<PostForRoster> {
  const post = (await postsOf(db, agencyId, operationId)).find(one => one.postId === postId)
  if (!post) throw commandpostProblems.postMissing()
  return post
}

/** The post in whichever operation runs, with that operation, or a problem. */
export async function needRunningPost(
  db: CommandpostDb,
  meta: Pick<CommandMeta, 'agency' | 'receivedAt'>,
  postId: string,
): Promise<PostForRoster & { operationId: string }> {
  const { agencyId } = meta.agency
  const running = await operationsRunning(anyDb(db), agencyId, dutyDayOf(meta.agency, meta.receivedAt))
  for (const { operationId } of running) {
    const post = (await postsOf(db, agencyId, operationId)).find(one => one.postId === postId)
    if (post) return { ...post, operationId }
  }
  throw commandpostProblems.postMissing()
}

/** The first of `many` next numbers of an operation's records; the agency's commands come one after another. */
export async function nextNumber(
  tx: CommandTx<CommandpostTables>,
  meta: CommandMeta,
  operationId: string,
  kind: 'entry' | 'difficulty' | 'directive' | 'recall' | 'visit' | 'meeting',
  many = 1,
): Promise<number> {
  const { agencyId } = meta.agency
  const last = await tx.db
    .selectFrom('record_number')
    .select('n')
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  const n = (last?.n ?? 0) + many
  tx.write(
    tx.db
      .insertInto('record_number')
      .values({ agency_id: agencyId, operation_id: operationId, kind, n })
      .onConflict(one => one.columns(['agency_id', 'operation_id', 'kind']).doUpdateSet({ n })),
  )
  return n - many + 1
}

/** Names of the posts of some operations. */
export async function postNames(
  db: CommandpostDb,
  agencyId: string,
  operationIds: readonly string[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const operationId of new Set(operationIds)) {
    for (const post of await postsOf(db, agencyId, operationId)) names.set(post.postId, post.name)
  }
  return names
}

/** Instants of inputs may carry any offset; in the books and in comparisons they are UTC. */
export const utc = (instant: string) => new Date(instant).toISOString()
export const minutesLater = (instant: string, minutes: number) =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString()
