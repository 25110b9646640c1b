// What this module asks of the lower ones, and small reads that its own files share.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { CommandMeta, CommandTx } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { presentAt } from '../attendance/index.ts'
import { dutyPostsAround, inScope } from '../commandpost/index.ts'
import { type PostOfOperation, postsByIds } from '../posts/index.ts'
import { leading, type SamplingRules, screeningProblems } from './contracts.ts'
import type { ScreeningTables } from './tables.ts'

export type ScreeningDb = Kysely<ScreeningTables>
export type Tx = CommandTx<ScreeningTables>
/** Others hand in the connection they have; in here it is typed by our own tables. */
export const screeningDb = (db: Kysely<AnyTables>): ScreeningDb => db as unknown as ScreeningDb
export const anyDb = (db: ScreeningDb) => db as unknown as Kysely<AnyTables>

/** `column = any(values)`: one text for any number of values, so that it is planned once. */
export const anyId = (values: readonly string[]): RawBuilder<string> => sql<string>`any (${values}::uuid[])`
export const anyText = (values: readonly string[]): RawBuilder<string> => sql<string>`any (${values}::text[])`

/** Tubes of posts in the asker's units. */
export const tubeInScope = inScope(sql`tube.unit_id`)

const dayMs = 86_400_000
/** So long a phone may have been without a network; a claim from before that is a clock that is wrong. */
const believedDays = 3

/** When it happened, by the device's claim where that can be; no fact is turned away for its time. */
export function momentOf({ occurredAt, receivedAt }: Pick<CommandMeta, 'occurredAt' | 'receivedAt'>): string {
  const [claimed, received] = [Date.parse(occurredAt), Date.parse(receivedAt)]
  const isPossible = claimed <= received && received - claimed <= believedDays * dayMs
  return new Date(isPossible ? claimed : received).toISOString()
}

/** The sampling site, if this actor is there or leads it. */
export async function needSite(tx: Tx, meta: CommandMeta, postId: string): Promise<PostOfOperation> {
  return needThere(tx, meta, await siteOf(tx, meta, postId))
}

export const siteOf = async (tx: Tx, { agency }: CommandMeta, postId: string) =>
  (await postsByIds(anyDb(tx.db), agency.agencyId, [postId])).get(postId)

/** The post that was found, if it is a sampling site and this actor is there or leads it. */
export async function needThere(
  tx: Tx,
  meta: CommandMeta,
  site: PostOfOperation | undefined,
): Promise<PostOfOperation> {
  const { actor } = meta
  if (!site || site.kind !== 'samplingSite') throw screeningProblems.siteMissing()
  if (leading.some(role => actor.roles.includes(role))) {
    const { unitIds } = actor.scope
    if (unitIds === '*' || unitIds.includes(site.unitId)) return site
  }
  if (!(await isThere(tx, meta, site.postId))) throw screeningProblems.notAtSite({ site: site.name })
  return site
}

/** By the roster within half a day; who was ordered there on the spot is there by having checked in. */
async function isThere(tx: Tx, meta: CommandMeta, postId: string): Promise<boolean> {
  const { officerId } = meta.actor
  if (officerId === null) return false
  const at = momentOf(meta)
  if ((await dutyPostsAround(tx.db as never, meta, at)).has(postId)) return true
  const { agencyId } = meta.agency
  const present = await presentAt(anyDb(tx.db), at, { agencyId, postIds: [postId] })
  return present.some(one => one.officerId === officerId)
}

const firstRules: SamplingRules = {
  secondsPerPerson: 30,
  waitMinutesMost: 30,
  queueMost: 150,
  resultHours: 12,
  retestHours: 6,
}

/** As set, or as they are until somebody sets them. */
export async function rulesNow(db: ScreeningDb, agencyId: string): Promise<SamplingRules> {
  const row = await db
    .selectFrom('sampling_rule')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .orderBy('rule_set', 'desc')
    .executeTakeFirst()
  if (!row) return firstRules
  return {
    secondsPerPerson: row.seconds_per_person,
    waitMinutesMost: row.wait_minutes_max,
    queueMost: row.queue_max,
    resultHours: row.result_hours,
    retestHours: row.retest_hours,
  }
}

export const hoursLater = (instant: string, hours: number) =>
  new Date(Date.parse(instant) + hours * 3_600_000).toISOString()
/** The first few of a list of codes, as a sentence names them. */
export const someOf = (codes: readonly string[]) =>
  codes.length > 3 ? `${codes.slice(0, 3).join('、')}…` : codes.join('、')
