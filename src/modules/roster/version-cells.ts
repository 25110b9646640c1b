// The published roster as it stood after one of its publications, worked out by undoing what came later: swaps and
// repairs are publications too and have no plan of their own to be read.
import { sql } from 'kysely'
import { kernelProblems } from '../../kernel/problem.ts'
import { daysBetween } from '../../kernel/time.ts'
import { PlanCells } from './matrix.ts'
import type { RosterDb } from './published.ts'

export interface VersionSpan {
  version: number
  fromDay: string
  untilDay: string
}

export async function needVersion(
  db: RosterDb,
  agencyId: string,
  operationId: string,
  version: number,
): Promise<VersionSpan> {
  const row = await db
    .selectFrom('roster_version')
    .select(['from_day', 'until_day'])
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!row) throw kernelProblems.missing({ what: '勤务表版次' })
  return { version, fromDay: row.from_day, untilDay: row.until_day }
}

/** Several commands may come at one instant, so the publication's own place in the journal is what counts. */
async function seqOf(db: RosterDb, agencyId: string, operationId: string, version: number): Promise<string> {
  const { rows } = await sql<{ seq: string | null }>`
    select max(j.seq) as seq from change c join journal j on j.agency_id = c.agency_id and j.id = c.command_id
    where c.agency_id = ${agencyId} and c.table_name = 'roster_version'
      and c.row_id = ${`${operationId}:${version}`}`.execute(db)
  const seq = rows[0]?.seq
  if (seq === null || seq === undefined) throw kernelProblems.missing({ what: '勤务表版次' })
  return seq
}

interface Row {
  officer_id: string
  day: number
  post_id: string
  pattern_id: string
  bands: string
}

/** Days are offsets from the first. */
export async function versionCells(
  db: RosterDb,
  agencyId: string,
  operationId: string,
  version: number,
  fromDay: string,
  untilDay: string,
): Promise<PlanCells> {
  const seq = await seqOf(db, agencyId, operationId, version)
  await sql`select set_config('app.as_of_seq', ${String(seq)}, true)`.execute(db)
  const { rows } = await sql<Row>`
    with later as materialized (select * from sys.changed_since('assignment')),
    stood as (
      select x.* from assignment x where not exists (select 1 from later l where l.row_id = x.assignment_id::text)
      union all
      select r.* from later l
        left join assignment x on x.agency_id = ${agencyId} and x.assignment_id::text = l.row_id
        cross join lateral jsonb_populate_record(x, l.before) r
      where l.existed
    )
    select officer_id, day - ${fromDay}::date as day, post_id, pattern_id, array_to_string(bands, '+') as bands
    from stood
    where agency_id = ${agencyId} and operation_id = ${operationId}
      and day between ${fromDay}::date and ${untilDay}::date
    order by 1, 2, 3`.execute(db)
  await sql`select set_config('app.as_of_seq', '', true)`.execute(db)
  const cells = new PlanCells(daysBetween(fromDay, untilDay) + 1)
  for (const { officer_id: officerId, day, post_id: postId, pattern_id: patternId, bands } of rows) {
    cells.set(officerId, day, { postId, patternId, bands: bands.split('+') })
  }
  return cells
}
