// Small reads that commands and queries of this module share.
import { type Compilable, type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import type { CommandMeta } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, dutyDayOf, instantAt } from '../../kernel/time.ts'
import { badgePatterns, type OfficerKind, peopleProblems } from './contracts.ts'
import type { PeopleTables } from './tables.ts'

export type PeopleDb = Kysely<PeopleTables>
/** Others hand in the connection they have; in here it is typed by our own tables. */
export const peopleDb = (db: Kysely<AnyTables>): PeopleDb => db as unknown as PeopleDb

/** A statement written by hand, for `tx.write`. */
export function statement(db: PeopleDb, text: RawBuilder<unknown>): Compilable {
  return { compile: () => text.compile(db) as CompiledQuery }
}

/** `column = any(values)`: one text for any number of values, so that it is planned once. */
export const anyOf = (values: readonly string[]) => sql<string>`any (${values}::uuid[])`

export const todayOf = (meta: Pick<CommandMeta, 'agency' | 'receivedAt'>) =>
  dutyDayOf(meta.agency, meta.receivedAt)

export function needSpan(beginsOn: string | null, endsOn: string | null): void {
  if (beginsOn !== null && endsOn !== null && endsOn < beginsOn) throw peopleProblems.endsBeforeItBegins()
}

export function needBadge(kind: OfficerKind, badge: string): void {
  const { pattern, words } = badgePatterns[kind]
  if (!pattern.test(badge)) throw peopleProblems.badgeFormat({ badge, wordsZh: words.zh, wordsEn: words.en })
}

/** The unit must be in use and inside the actor's scope. */
export async function needUnit(db: PeopleDb, meta: CommandMeta, unitId: string): Promise<void> {
  const { unitIds } = meta.actor.scope
  if (unitIds !== '*' && !unitIds.includes(unitId)) throw peopleProblems.outsideScope()
  const unit = await db
    .selectFrom('unit')
    .select(['name', 'active'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('unit_id', '=', unitId)
    .executeTakeFirst()
  if (!unit) throw peopleProblems.unitMissing()
  if (!unit.active) throw peopleProblems.unitClosed({ name: unit.name })
}

/** The officers, all of them within the actor's scope (the database's policy hides the others). */
export async function needOfficers(db: PeopleDb, agencyId: string, officerIds: readonly string[]) {
  const wanted = [...new Set(officerIds)]
  const rows = await db
    .selectFrom('officer')
    .select(['officer_id', 'badge', 'name', 'kind', 'unit_id', 'active', 'begins_on', 'ends_on'])
    .where('agency_id', '=', agencyId)
    .where('officer_id', '=', anyOf(wanted))
    .orderBy('officer_id')
    .execute()
  if (rows.length !== wanted.length) throw peopleProblems.officerMissing()
  return rows
}

export async function needOfficer(db: PeopleDb, agencyId: string, officerId: string) {
  const [row] = await needOfficers(db, agencyId, [officerId])
  if (!row) throw peopleProblems.officerMissing()
  return row
}

/** The unit and everything below it. */
export async function subtreeIds(db: PeopleDb, agencyId: string, unitId: string): Promise<string[]> {
  const answer = await sql<{ unit_id: string }>`
    with recursive below as (
      select unit_id from unit where agency_id = ${agencyId}::uuid and unit_id = ${unitId}::uuid
      union
      select u.unit_id from unit u join below b on u.parent_id = b.unit_id where u.agency_id = ${agencyId}::uuid
    ) select unit_id from below order by unit_id`.execute(db)
  return answer.rows.map(row => row.unit_id)
}

export interface DutyClock {
  timeZone: string
  handOverMinute: number
}

/** Zone and hand-over hour of the agency, by the kernel's own function: for callers who have only `db`. */
export async function dutyClock(db: PeopleDb, agencyId: string): Promise<DutyClock> {
  const answer = await sql<{ time_zone: string; hand_over_minute: number }>`
    select time_zone, hand_over_minute from sys.agencies() where agency_id = ${agencyId}::uuid order by 1, 2`.execute(
    db,
  )
  const row = answer.rows[0]
  if (!row) throw new Error('invariant: a scope without its agency')
  return { timeZone: row.time_zone, handOverMinute: row.hand_over_minute }
}

/** First instant of the duty day `from`, and of the day after `until`. */
export function dutyInstants(clock: DutyClock, from: string, until: string): { from: string; until: string } {
  return {
    from: instantAt(clock.timeZone, from, clock.handOverMinute),
    until: instantAt(clock.timeZone, addDays(until, 1), clock.handOverMinute),
  }
}
