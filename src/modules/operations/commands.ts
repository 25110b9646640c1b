import type { Kysely } from 'kysely'
import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import {
  changeOperation,
  endLevel,
  endOperation,
  fallBack,
  openOperation,
  operationsProblems,
  orderLevel,
  startOperation,
} from './contracts.ts'
import { levelAt, scopeKey, wholeBureau } from './levels.ts'
import type { OperationsTables } from './tables.ts'

const on = commandsOn<OperationsTables>()
type Db = Kysely<OperationsTables>
type Tx = CommandTx<OperationsTables>

/** One order holds for so long at most: a level nobody looks at again would tire everybody out. */
export const levelDaysMost = 90

/** Instants of inputs may carry any offset; in the books and in comparisons they are UTC. */
const utc = (instant: string) => new Date(instant).toISOString()

async function needRunning(db: Db, agencyId: string, operationId: string) {
  const row = await db
    .selectFrom('operation')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .executeTakeFirst()
  if (!row) throw operationsProblems.operationMissing()
  if (row.state === 'ended')
    throw operationsProblems.operationEnded({ name: row.name, day: row.ends_on ?? '' })
  return row
}

async function needLevel(db: Db, meta: CommandMeta, levelId: string) {
  const row = await db
    .selectFrom('duty_level')
    .selectAll()
    .where('agency_id', '=', meta.agency.agencyId)
    .where('level_id', '=', levelId)
    .executeTakeFirst()
  if (!row) throw operationsProblems.levelMissing()
  return { row, seen: levelAt(row, meta.receivedAt) }
}

function endAt(tx: Tx, meta: CommandMeta, levelId: string, at: string): void {
  tx.write(
    tx.db
      .updateTable('duty_level')
      .set({ ended_at: at })
      .where('agency_id', '=', meta.agency.agencyId)
      .where('level_id', '=', levelId),
    { rows: 1, otherwise: operationsProblems.levelMissing() },
  )
}

/** Cuts every order of the operation that would still hold after `at`. */
async function cutLevels(
  tx: Tx,
  meta: CommandMeta,
  operationId: string,
  at: string,
  scope?: string,
): Promise<void> {
  const rows = await tx.db
    .selectFrom('duty_level')
    .selectAll()
    .where('agency_id', '=', meta.agency.agencyId)
    .where('operation_id', '=', operationId)
    .where('falls_back_at', '>', at)
    .where(({ or, eb }) => or([eb('ended_at', 'is', null), eb('ended_at', '>', at)]))
    .orderBy('begins_at')
    .orderBy('level_id')
    .execute()
  for (const row of rows) {
    if (scope !== undefined && scopeKey(row) !== scope) continue
    // An order that has not begun by then is replaced before it ever held: it ends as it begins.
    endAt(tx, meta, row.level_id, row.begins_at > at ? row.begins_at : at)
  }
}

function operationUpdate(
  tx: Tx,
  meta: CommandMeta,
  operationId: string,
  set: { name?: string; begins_on?: string; ends_on?: string | null; state?: string },
): void {
  tx.write(
    tx.db
      .updateTable('operation')
      .set(set)
      .where('agency_id', '=', meta.agency.agencyId)
      .where('operation_id', '=', operationId),
    { rows: 1, otherwise: operationsProblems.operationMissing() },
  )
}

const stateOn = (beginsOn: string, today: string) => (beginsOn <= today ? 'running' : 'planned')

function needDays(beginsOn: string, endsOn: string | null): void {
  if (endsOn !== null && endsOn < beginsOn) throw operationsProblems.endsBeforeItBegins()
}

const operationCommands = [
  on(openOperation, {
    handle(tx, input, meta) {
      needDays(input.beginsOn, input.endsOn)
      tx.write(
        tx.db.insertInto('operation').values({
          agency_id: meta.agency.agencyId,
          operation_id: input.operationId,
          name: input.name.trim(),
          begins_on: input.beginsOn,
          ends_on: input.endsOn,
          state: stateOn(input.beginsOn, dutyDayOf(meta.agency, meta.receivedAt)),
        }),
      )
      return {}
    },
  }),

  on(changeOperation, {
    async handle(tx, input, meta) {
      needDays(input.beginsOn, input.endsOn)
      await needRunning(tx.db, meta.agency.agencyId, input.operationId)
      operationUpdate(tx, meta, input.operationId, {
        name: input.name.trim(),
        begins_on: input.beginsOn,
        ends_on: input.endsOn,
        state: stateOn(input.beginsOn, dutyDayOf(meta.agency, meta.receivedAt)),
      })
      return {}
    },
  }),

  on(startOperation, {
    async handle(tx, input, meta) {
      const row = await needRunning(tx.db, meta.agency.agencyId, input.operationId)
      if (row.begins_on > dutyDayOf(meta.agency, meta.receivedAt)) {
        throw operationsProblems.notYetBegun({ day: row.begins_on })
      }
      if (row.state === 'planned') operationUpdate(tx, meta, input.operationId, { state: 'running' })
      return {}
    },
  }),

  on(endOperation, {
    async handle(tx, input, meta) {
      const row = await needRunning(tx.db, meta.agency.agencyId, input.operationId)
      needDays(row.begins_on, input.endsOn)
      if (input.endsOn > dutyDayOf(meta.agency, meta.receivedAt)) {
        throw operationsProblems.endsInFuture({ day: input.endsOn })
      }
      operationUpdate(tx, meta, input.operationId, { ends_on: input.endsOn, state: 'ended' })
      await cutLevels(tx, meta, input.operationId, meta.receivedAt)
      return {}
    },
  }),
]

const recallDaysMost = 7

/** What the command post is to do afterwards is judged here: a job has nobody to refuse to. */
function checkRecall(input: InputOf<typeof orderLevel>, meta: CommandMeta): void {
  if (input.recall === null) return
  const scope = input.scopeText.trim()
  if (input.scopeUnitId === null && scope !== wholeBureau)
    throw operationsProblems.recallNeedsScope({ scope })
  const ahead = Date.parse(input.recall.reportBy) - Date.parse(meta.receivedAt)
  if (ahead <= 0 || ahead > recallDaysMost * 86_400_000) throw operationsProblems.recallPast()
}

const levelCommands = [
  on(orderLevel, {
    async handle(tx, input, meta) {
      const [beginsAt, fallsBackAt] = [utc(input.beginsAt), utc(input.fallsBackAt)]
      if (fallsBackAt <= beginsAt) throw operationsProblems.fallsBackTooEarly()
      if (Date.parse(fallsBackAt) - Date.parse(beginsAt) > levelDaysMost * 86_400_000) {
        throw operationsProblems.fallsBackTooLate({ days: levelDaysMost })
      }
      checkRecall(input, meta)
      if (input.fallsBackTo < input.level) throw operationsProblems.fallsBackUp({ level: input.level })
      await needRunning(tx.db, meta.agency.agencyId, input.operationId)
      const row = {
        agency_id: meta.agency.agencyId,
        level_id: input.levelId,
        operation_id: input.operationId,
        level: input.level,
        scope_unit_id: input.scopeUnitId,
        scope_text: input.scopeText.trim(),
        reason: input.reason,
        order_number: input.orderNumber.trim(),
        ordered_by: input.orderedBy.trim(),
        begins_at: beginsAt,
        falls_back_at: fallsBackAt,
        falls_back_to: input.fallsBackTo,
      }
      await cutLevels(tx, meta, input.operationId, beginsAt, scopeKey(row))
      tx.write(tx.db.insertInto('duty_level').values(row))
      return {}
    },
  }),

  on(endLevel, {
    async handle(tx, input, meta) {
      const { row, seen } = await needLevel(tx.db, meta, input.levelId)
      if (seen.state !== 'inForce' && seen.state !== 'ahead') throw operationsProblems.levelOver()
      endAt(tx, meta, input.levelId, seen.state === 'ahead' ? row.begins_at : meta.receivedAt)
      if (seen.state === 'ahead') {
        // What was to be replaced by it holds on, as if the order had never been given.
        tx.write(
          tx.db
            .updateTable('duty_level')
            .set({ ended_at: null })
            .where('agency_id', '=', meta.agency.agencyId)
            .where('operation_id', '=', row.operation_id)
            .where('level_id', '<>', row.level_id)
            .where('ended_at', '=', row.begins_at)
            .where('falls_back_at', '>', row.begins_at)
            .where('begins_at', '<', row.begins_at)
            .where('scope_unit_id', row.scope_unit_id === null ? 'is' : '=', row.scope_unit_id)
            .where('scope_text', '=', row.scope_text),
        )
      }
      return {}
    },
  }),

  on(fallBack, {
    async handle(tx, input, meta) {
      const { row } = await needLevel(tx.db, meta, input.levelId)
      if (row.ended_at !== null) throw operationsProblems.levelOver()
      if (row.falls_back_at > meta.receivedAt) throw operationsProblems.levelNotDue()
      endAt(tx, meta, input.levelId, row.falls_back_at)
      return {}
    },
  }),
]

export const commands = [...operationCommands, ...levelCommands]
