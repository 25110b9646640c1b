// Reading the published roster. Rows are few and narrow: shipping them is what a board costs.
import { type Kysely, sql } from 'kysely'
import type { Duty, PlanCells } from './matrix.ts'
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

export interface PublishedCell {
  officerId: string
  /** Offset from the first day asked for. */
  day: number
  duty: Duty
}

/**
 * The same in the cheapest form: one row per officer. The database joins his duties into a text, since fifteen
 * thousand rows of the driver cost more than reading them.
 */
export async function publishedCells(
  db: RosterDb,
  agencyId: string,
  operationId: string,
  fromDay: string,
  untilDay: string,
  cells: Pick<PlanCells, 'same'>,
): Promise<PublishedCell[]> {
  const { rows } = await sql<{ officer_id: string; duties: string }>`
    select officer_id, string_agg(day - ${fromDay}::date || ',' || post_id || ',' || pattern_id || ',' ||
      array_to_string(bands, '+'), ';' order by day, assignment_id) as duties
    from assignment
    where agency_id = ${agencyId} and operation_id = ${operationId}
      and day between ${fromDay}::date and ${untilDay}::date
    group by officer_id order by officer_id`.execute(db)
  const found: PublishedCell[] = []
  for (const row of rows) {
    for (const part of row.duties.split(';')) {
      const [day, postId, patternId, bands] = part.split(',') as [string, string, string, string]
      found.push({
        officerId: row.officer_id,
        day: Number(day),
        duty: cells.same({ postId, patternId, bands: bandsOf(bands) }),
      })
    }
  }
  return found
}

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
