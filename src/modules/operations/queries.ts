import { type Kysely, sql } from 'kysely'
import type { z } from 'zod'
import type { AgencySettings } from '../../kernel/command.ts'
import { queriesOn } from '../../kernel/query.ts'
import { daysBetween, dutyDayOf } from '../../kernel/time.ts'
import { currentOperation, levelHistory, operationList, type operationRow } from './contracts.ts'
import { historyAt, levelsAt, wholeBureau } from './levels.ts'
import type { OperationsTables, OperationTable } from './tables.ts'

const on = queriesOn<OperationsTables>()
type Db = Kysely<OperationsTables>
type Row = { [K in keyof OperationTable]: K extends 'state' ? string : OperationTable[K] }
export type OperationName = z.output<typeof operationRow>

function operationAt(row: Row, today: string): OperationName {
  const last = row.ends_on !== null && row.ends_on < today ? row.ends_on : today
  return {
    operationId: row.operation_id,
    name: row.name,
    beginsOn: row.begins_on,
    endsOn: row.ends_on,
    // The clock decides, also before the job has written it into the books.
    state: row.state === 'ended' ? 'ended' : row.begins_on <= today ? 'running' : 'planned',
    days: Math.max(0, daysBetween(row.begins_on, last) + 1),
  }
}

export async function operationById(
  db: Db,
  agencyId: string,
  operationId: string,
): Promise<OperationName | undefined> {
  const row = await db
    .selectFrom('operation')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .executeTakeFirst()
  // Only the stored state matters to the callers, so any day past the first will do.
  return row && operationAt(row, row.ends_on ?? row.begins_on)
}

export async function runningOperations(db: Db, agencyId: string, today: string): Promise<OperationName[]> {
  const rows = await db
    .selectFrom('operation')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('state', '<>', 'ended')
    .where('begins_on', '<=', today)
    .orderBy('begins_on', 'desc')
    .orderBy('operation_id', 'desc')
    .execute()
  return rows.map(row => operationAt(row, today))
}

const levelsOf = (db: Db, agencyId: string, operationId: string) =>
  db
    .selectFrom('duty_level')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .orderBy('begins_at', 'desc')
    .orderBy('level_id', 'desc')
    .execute()

/** The operation that runs at an instant (the named one, or the newest), and the levels that hold then. */
export async function operationAtMoment(
  db: Db,
  agency: Pick<AgencySettings, 'agencyId' | 'timeZone' | 'handOverMinute'>,
  at: string,
  operationId?: string,
) {
  const dutyDay = dutyDayOf(agency, at)
  const running = await runningOperations(db, agency.agencyId, dutyDay)
  const operation = operationId ? running.find(one => one.operationId === operationId) : running[0]
  const levels = operation ? await levelsOf(db, agency.agencyId, operation.operationId) : []
  const now = levelsAt(levels, at)
  const whole = now.find(one => one.scopeUnitId === null && one.scopeText === wholeBureau)
  return {
    dutyDay,
    operation: operation ?? null,
    level: whole ?? null,
    scopes: now.filter(one => one !== whole),
    running,
  }
}

export const queries = [
  on(operationList, {
    async run(db, input, meta) {
      const search = input.search?.trim()
      let found = db.selectFrom('operation').where('agency_id', '=', meta.agency.agencyId)
      if (search) found = found.where(sql<boolean>`strpos(name, ${search}) > 0`)
      const { total } = await found
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow()
      const rows = await found
        .selectAll()
        .orderBy('begins_on', 'desc')
        .orderBy('operation_id')
        .offset(input.offset)
        .limit(input.limit)
        .execute()
      const today = dutyDayOf(meta.agency, meta.now)
      return { total, rows: rows.map(row => operationAt(row, today)) }
    },
  }),

  on(currentOperation, {
    run: async (db, input, meta) => ({
      now: meta.now,
      ...(await operationAtMoment(db, meta.agency, meta.now, input.operationId)),
    }),
  }),

  on(levelHistory, {
    async run(db, input, meta) {
      // All orders of an operation are a few dozen; the states of one need the others beside it.
      const rows = historyAt(await levelsOf(db, meta.agency.agencyId, input.operationId), meta.now)
      const search = input.search?.trim() ?? ''
      const found = rows.filter(row =>
        `${row.orderNumber} ${row.orderedBy} ${row.reason} ${row.scopeText}`.includes(search),
      )
      return { total: found.length, rows: found.slice(input.offset, input.offset + input.limit) }
    },
  }),
]
