// Counting those who were called back, against the clock.
import { type RawBuilder, sql } from 'kysely'
import { anyId, type CommandpostDb } from './lower.ts'
import { inScope } from './scope.ts'

export const recalledInScope = inScope(sql`recall_officer.unit_id`)

const open = sql`r.state = 'open'`
/** Neither in nor exempt at this moment. */
const out = (now: string) => sql`(recall_officer.state in ('called', 'coming', 'asked')
  or (recall_officer.state = 'exempt' and recall_officer.exempt_until <= ${now}::timestamptz))`

/** Past the time of an open recall, or of his exemption, and not in. `r` is his recall. */
export const overdueAt = (now: string) => sql<boolean>`(${open} and ${out(now)}
  and coalesce(case recall_officer.state when 'exempt' then recall_officer.exempt_until end, r.report_by)
    <= ${now}::timestamptz)`

export const unansweredAt = (now: string) => sql<boolean>`(${open} and recall_officer.state = 'called'
  and recall_officer.reached_at is null
  and recall_officer.called_at + r.answer_minutes * interval '1 minute' <= ${now}::timestamptz)`

export interface RecallCounts {
  called: number
  reached: number
  coming: number
  asked: number
  exempt: number
  arrived: number
  overdue: number
  unanswered: number
  onDuty: number
}
export const noCounts: RecallCounts = {
  ...{ called: 0, reached: 0, coming: 0, asked: 0, exempt: 0 },
  ...{ arrived: 0, overdue: 0, unanswered: 0, onDuty: 0 },
}

const many = (condition: RawBuilder<unknown>) => sql<number>`count(*) filter (where ${condition})`
const inState = (state: string) => many(sql`recall_officer.state = ${state}`)

/** Rows of officers with their recall as `r`, in whatever unit. */
export const allRecalled = (db: CommandpostDb, agencyId: string) =>
  db
    .selectFrom('recall_officer')
    .innerJoin('recall as r', join =>
      join
        .onRef('r.agency_id', '=', 'recall_officer.agency_id')
        .onRef('r.recall_id', '=', 'recall_officer.recall_id'),
    )
    .where('recall_officer.agency_id', '=', agencyId)

/** The same within the asker's units. */
export const recalledRows = (db: CommandpostDb, agencyId: string) =>
  allRecalled(db, agencyId).where(recalledInScope)

/** By recall and unit. */
export async function countsOf(
  db: CommandpostDb,
  agencyId: string,
  recallIds: readonly string[],
  now: string,
) {
  return recalledRows(db, agencyId)
    .select(['recall_officer.recall_id', 'recall_officer.unit_id'])
    .select([
      many(sql`recall_officer.state <> 'onDuty'`).as('called'),
      many(sql`recall_officer.reached_at is not null`).as('reached'),
      inState('coming').as('coming'),
      inState('asked').as('asked'),
      many(
        sql`recall_officer.state = 'exempt' and recall_officer.exempt_until > coalesce(r.closed_at, ${now}::timestamptz)`,
      ).as('exempt'),
      inState('arrived').as('arrived'),
      many(overdueAt(now)).as('overdue'),
      many(unansweredAt(now)).as('unanswered'),
      inState('onDuty').as('onDuty'),
    ])
    .where('recall_officer.recall_id', '=', anyId(recallIds))
    .groupBy(['recall_officer.recall_id', 'recall_officer.unit_id'])
    .orderBy('recall_officer.recall_id')
    .orderBy('recall_officer.unit_id')
    .execute()
}

export function addCounts(a: RecallCounts, b: RecallCounts): RecallCounts {
  const sum = { ...a }
  for (const key of Object.keys(noCounts) as (keyof RecallCounts)[]) sum[key] = a[key] + b[key]
  return sum
}
