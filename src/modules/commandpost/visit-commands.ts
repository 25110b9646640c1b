// Visits 检查指导、慰问: recorded for a post, with what was promised; a promise is kept, or followed up elsewhere.
import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import {
  addPromise,
  commandpostProblems,
  issueDirective,
  keepPromise,
  mobiliseProblems,
  promisesMost,
  promiseToDifficulty,
  promiseToDirective,
  raiseDifficulty,
  recordVisit,
} from './contracts.ts'
import { needDirective } from './directive-reads.ts'
import { joinEnclosures } from './enclosures.ts'
import { minutesLater, needPost, nextNumber, operationOf, utc } from './lower.ts'
import type { CommandpostTables } from './tables.ts'

const on = commandsOn<CommandpostTables>()
type Tx = CommandTx<CommandpostTables>
type NewPromise = InputOf<typeof addPromise>['promise']
const promiseDaysMost = 366
const aheadMinutes = 5

async function needVisit(tx: Tx, meta: CommandMeta, visitId: string) {
  const row = await tx.db
    .selectFrom('visit')
    .selectAll()
    .where('agency_id', '=', meta.agency.agencyId)
    .where('visit_id', '=', visitId)
    .executeTakeFirst()
  if (!row) throw mobiliseProblems.visitMissing()
  await operationOf(tx.db, meta.agency.agencyId, row.operation_id)
  return row
}

async function writePromises(
  tx: Tx,
  meta: CommandMeta,
  visit: { visitId: string; visitedAt: string },
  promises: readonly NewPromise[],
): Promise<void> {
  if (promises.length === 0) return
  const { agencyId } = meta.agency
  const last = await tx.db
    .selectFrom('visit_promise')
    .select(({ fn }) => fn.max<number | null>('n').as('n'))
    .where('agency_id', '=', agencyId)
    .where('visit_id', '=', visit.visitId)
    .executeTakeFirst()
  const before = last?.n ?? 0
  if (before + promises.length > promisesMost) throw mobiliseProblems.promisesMost({ most: promisesMost })
  const rows = promises.map((one, at) => {
    const dueAt = utc(one.dueAt)
    const ahead = Date.parse(dueAt) - Date.parse(visit.visitedAt)
    if (ahead <= 0 || ahead > promiseDaysMost * 86_400_000) {
      throw mobiliseProblems.promiseDue({ days: promiseDaysMost })
    }
    return {
      agency_id: agencyId,
      promise_id: one.promiseId,
      visit_id: visit.visitId,
      n: before + at + 1,
      text: one.text.trim(),
      by_whom: one.byWhom.trim(),
      due_at: dueAt,
    }
  })
  tx.write(tx.db.insertInto('visit_promise').values(rows))
}

const record = on(recordVisit, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const operation = await operationOf(tx.db, agencyId, input.operationId)
    const post = await needPost(tx.db, agencyId, input.operationId, input.postId)
    const { unitIds } = meta.actor.scope
    if (unitIds !== '*' && !unitIds.includes(post.unitId)) throw commandpostProblems.outsideScope()
    const visitedAt = utc(input.visitedAt)
    if (visitedAt > minutesLater(meta.receivedAt, aheadMinutes)) throw commandpostProblems.inFuture()
    if (dutyDayOf(meta.agency, visitedAt) < operation.beginsOn) {
      throw commandpostProblems.beforeOperation({ day: operation.beginsOn })
    }
    tx.write(
      tx.db.insertInto('visit').values({
        agency_id: agencyId,
        visit_id: input.visitId,
        operation_id: input.operationId,
        n: await nextNumber(tx, meta, input.operationId, 'visit'),
        kind: input.kind,
        visitor: input.visitor.trim(),
        visited_at: visitedAt,
        post_id: input.postId,
        unit_id: post.unitId,
        found: input.found.trim(),
        recorded_at: meta.receivedAt,
        recorded_by: meta.actor.accountId,
      }),
    )
    await writePromises(tx, meta, { visitId: input.visitId, visitedAt }, input.promises)
    const to = { holder: 'visit', holderId: input.visitId, step: null } as const
    await joinEnclosures(tx, meta, to, input.enclosures)
    return {}
  },
})

const add = on(addPromise, {
  async handle(tx, input, meta) {
    const row = await needVisit(tx, meta, input.visitId)
    await writePromises(tx, meta, { visitId: row.visit_id, visitedAt: row.visited_at }, [input.promise])
    return {}
  },
})

/** Open: neither kept, nor followed up by another record. */
async function needOpenPromise(tx: Tx, meta: CommandMeta, promiseId: string) {
  const row = await tx.db
    .selectFrom('visit_promise')
    .selectAll()
    .where('agency_id', '=', meta.agency.agencyId)
    .where('promise_id', '=', promiseId)
    .executeTakeFirst()
  if (!row) throw mobiliseProblems.promiseMissing()
  // Of a visit that he may not see there is no promise either.
  const visit = await needVisit(tx, meta, row.visit_id)
  if (row.kept_at !== null) throw mobiliseProblems.promiseKept()
  return { row, visit }
}

function updatePromise(
  tx: Tx,
  meta: CommandMeta,
  promiseId: string,
  set: {
    difficulty_id?: string
    directive_id?: string
    kept_at?: string
    kept_by?: string | null
    kept_text?: string
  },
): void {
  tx.write(
    tx.db
      .updateTable('visit_promise')
      .set(set)
      .where('agency_id', '=', meta.agency.agencyId)
      .where('promise_id', '=', promiseId),
    { rows: 1, otherwise: mobiliseProblems.promiseMissing() },
  )
}

const keep = on(keepPromise, {
  async handle(tx, input, meta) {
    await needOpenPromise(tx, meta, input.promiseId)
    updatePromise(tx, meta, input.promiseId, {
      kept_at: meta.receivedAt,
      kept_by: meta.actor.accountId,
      kept_text: input.text.trim(),
    })
    return {}
  },
})

/** Followed up already; a directive that was withdrawn follows nothing. */
async function needNotPassedOn(
  tx: Tx,
  meta: CommandMeta,
  row: { difficulty_id: string | null; directive_id: string | null },
): Promise<void> {
  if (row.difficulty_id !== null) throw mobiliseProblems.promisePassedOn()
  if (row.directive_id === null) return
  const { state } = await needDirective(tx.db, meta.agency.agencyId, row.directive_id)
  if (state !== 'withdrawn') throw mobiliseProblems.promisePassedOn()
}

const toDifficulty = on(promiseToDifficulty, {
  async handle(tx, input, meta) {
    const { row, visit } = await needOpenPromise(tx, meta, input.promiseId)
    await needNotPassedOn(tx, meta, row)
    const { difficultyId, kind, urgency } = input
    await meta.call(raiseDifficulty, {
      ...{ difficultyId, kind, urgency },
      postId: visit.post_id,
      text: row.text,
      enclosures: [],
    })
    updatePromise(tx, meta, input.promiseId, { difficulty_id: difficultyId })
    return {}
  },
})

const toDirective = on(promiseToDirective, {
  async handle(tx, input, meta) {
    const { row, visit } = await needOpenPromise(tx, meta, input.promiseId)
    await needNotPassedOn(tx, meta, row)
    const { promiseId, ...head } = input
    await meta.call(issueDirective, {
      ...head,
      operationId: visit.operation_id,
      source: 'own',
      text: row.text,
      enclosures: [],
    })
    updatePromise(tx, meta, promiseId, { directive_id: input.directiveId })
    return {}
  },
})

export const visitCommands = [record, add, keep, toDifficulty, toDirective]
