// Reading the published roster. Rows are few and narrow: shipping them is what a board costs.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { daysBetween } from '../../kernel/time.ts'
import { PlanCells } from './matrix.ts'
import type { RosterTables } from './tables.ts'

export type RosterDb = Kysely<RosterTables>

export interface PublishedDuty {
  assignmentId: string
  officerId: string
  day: string
  postId: string
  patternId: string
  bands: readonly string[]
  begins: string
  ends: string
  version: number
}

const bandsText = sql<string>`array_to_string(bands, '+')`
const begins = sql<string>`lower(period)`
const ends = sql<string>`upper(period)`
const split = new Map<string, readonly string[]>()
/** There are a dozen combinations of bands and fifteen thousand rows. */
function bandsOf(text: string): readonly string[] {
  let found = split.get(text)
  if (!found) {
    found = text.split('+')
    if (split.size < 1_000) split.set(text, found)
  }
  return found
}

/** Published duties of the operation in a span of duty days, by officer and day. */
export async function publishedDuties(
  db: RosterDb,
  agencyId: string,
  operationId: string,
  fromDay: string,
  untilDay: string,
): Promise<PublishedDuty[]> {
  const rows = await db
    .selectFrom('assignment')
    .select(['assignment_id', 'officer_id', 'day', 'post_id', 'pattern_id', 'version'])
    .select([bandsText.as('bands_text'), begins.as('begins'), ends.as('ends')])
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .where('day', '>=', fromDay)
    .where('day', '<=', untilDay)
    .orderBy('officer_id')
    .orderBy('day')
    .orderBy('assignment_id')
    .execute()
  return rows.map(row => ({
    assignmentId: row.assignment_id,
    officerId: row.officer_id,
    day: row.day,
    postId: row.post_id,
    patternId: row.pattern_id,
    bands: bandsOf(row.bands_text),
    begins: row.begins,
    ends: row.ends,
    version: row.version,
  }))
}

/**
 * The same in the cheapest form, from `fromDay` on as day 0. The database joins everybody who ever does the same into
 * one text, since fifteen thousand rows of the driver cost more than reading them; a row per officer with his duties
 * as texts costs three times this. Nothing may depend on the order of the officers within.
 */
export async function publishedCells(
  db: RosterDb,
  agencyId: string,
  operationId: string,
  fromDay: string,
  untilDay: string,
): Promise<PlanCells> {
  const { rows } = await sql<{ post_id: string; pattern_id: string; bands: string; people: string }>`
    select post_id, pattern_id, array_to_string(bands, '+') as bands,
      string_agg(concat(officer_id, ${firstDay}::int + day - ${fromDay}::date), '') as people
    from assignment
    where agency_id = ${agencyId} and operation_id = ${operationId}
      and day between ${fromDay}::date and ${untilDay}::date
    group by 1, 2, 3 order by 1, 2, 3`.execute(db)
  const cells = new PlanCells(daysBetween(fromDay, untilDay) + 1)
  for (const { post_id: postId, pattern_id: patternId, bands, people } of rows) {
    const duty = cells.same({ postId, patternId, bands: bandsOf(bands) })
    for (let at = 0; at < people.length; at += 40) {
      const day = Number(people.slice(at + 36, at + 40)) - firstDay
      cells.addOfficer(people.slice(at, at + 36))[day] = duty
    }
  }
  return cells
}
/** What the first day is written as, so that every day has four digits. */
const firstDay = 1000

/** Duties of other operations that touch the span: the officer is busy there. */
export async function dutiesElsewhere(
  db: RosterDb,
  agencyId: string,
  operationId: string,
  fromInstant: string,
  untilInstant: string,
): Promise<{ officerId: string; begins: string; ends: string }[]> {
  const rows = await db
    .selectFrom('assignment')
    .select(['officer_id', begins.as('begins'), ends.as('ends')])
    .where('agency_id', '=', agencyId)
    .where('operation_id', '<>', operationId)
    .where(sql<boolean>`lower(period) < ${untilInstant}::timestamptz`)
    .where(sql<boolean>`lower(period) > ${fromInstant}::timestamptz - interval '2 days'`)
    .orderBy('officer_id')
    .orderBy('assignment_id')
    .execute()
  return rows.map(row => ({ officerId: row.officer_id, begins: row.begins, ends: row.ends }))
}

/** Newest publication of the operation that touches the span. */
export async function newestVersion(
  db: RosterDb,
  agencyId: string,
  operationId: string,
  fromDay: string,
  untilDay: string,
): Promise<number | null> {
  const row = await db
    .selectFrom('roster_version')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .where('from_day', '<=', untilDay)
    .where('until_day', '>=', fromDay)
    .executeTakeFirst()
  return (row?.version as number | null | undefined) ?? null
}

export interface Publication {
  operationId: string
  version: number
  fromDay: string
  untilDay: string
}

/** What became of a plan when it was published: the newest version made of it; undefined where it never was. */
export async function publicationOf(
  anyDb: Kysely<AnyTables>,
  agencyId: string,
  planId: string,
): Promise<Publication | undefined> {
  const row = await (anyDb as unknown as RosterDb)
    .selectFrom('roster_version')
    .select(['operation_id', 'version', 'from_day', 'until_day'])
    .where('agency_id', '=', agencyId)
    .where('plan_id', '=', planId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    row && {
      operationId: row.operation_id,
      version: row.version,
      fromDay: row.from_day,
      untilDay: row.until_day,
    }
  )
}
