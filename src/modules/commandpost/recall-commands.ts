// Recall 召回, the side of those who order it: whom, where, by when; and its end.
import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { levelOrder } from '../operations/index.ts'
import { closeRecall, commandpostProblems, mobiliseProblems, orderRecall } from './contracts.ts'
import { anyDb, needPost, nextNumber, operationOf, unitsOf, utc } from './lower.ts'
import { type Called, chooseOfficers } from './recall-choice.ts'
import { needOpenRecall, stillOut } from './recall-reads.ts'
import type { CommandpostTables } from './tables.ts'

const on = commandsOn<CommandpostTables>()
type Tx = CommandTx<CommandpostTables>
export const reportDaysMost = 7
export const calledMost = 5_000
/** A statement takes 65,535 values; an officer has ten. */
const rowsEach = 500

async function checkPlace(tx: Tx, meta: CommandMeta, input: InputOf<typeof orderRecall>): Promise<void> {
  const { agencyId } = meta.agency
  if (input.reportUnitId !== null && input.reportPostId !== null) throw mobiliseProblems.onePlace()
  if (input.reportUnitId !== null) {
    const unit = (await unitsOf(tx.db, agencyId)).get(input.reportUnitId)
    if (!unit?.active) throw commandpostProblems.unitMissing()
  }
  if (input.reportPostId !== null) {
    const post = await needPost(tx.db, agencyId, input.operationId, input.reportPostId)
    if (post.state === 'closed') throw commandpostProblems.postClosed({ name: post.name })
  }
  if (input.levelId !== null) {
    const level = await levelOrder(anyDb(tx.db), agencyId, input.levelId)
    if (level?.operation_id !== input.operationId) {
      throw commandpostProblems.otherOperation({ name: level?.order_number ?? '' })
    }
  }
}

function writeCalled(tx: Tx, meta: CommandMeta, recallId: string, called: readonly Called[]): void {
  for (let at = 0; at < called.length; at += rowsEach) {
    tx.write(
      tx.db.insertInto('recall_officer').values(
        called.slice(at, at + rowsEach).map(one => ({
          agency_id: meta.agency.agencyId,
          recall_id: recallId,
          officer_id: one.officerId,
          unit_id: one.unitId,
          state: one.dutyPostId === null ? 'called' : 'onDuty',
          duty_post_id: one.dutyPostId,
          away: one.away,
          seconded: one.seconded,
          called_at: meta.receivedAt,
        })),
      ),
    )
  }
}

const order = on(orderRecall, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    await operationOf(tx.db, agencyId, input.operationId)
    const reportBy = utc(input.reportBy)
    const ahead = Date.parse(reportBy) - Date.parse(meta.receivedAt)
    if (ahead <= 0 || ahead > reportDaysMost * 86_400_000) {
      throw mobiliseProblems.recallPast({ days: reportDaysMost })
    }
    await checkPlace(tx, meta, input)
    const at = { agency: meta.agency, actor: meta.actor, now: meta.receivedAt, reportBy }
    const { called } = await chooseOfficers(tx.db, at, input)
    const asked = called.filter(one => one.dutyPostId === null)
    if (asked.length === 0) throw mobiliseProblems.nobodyToCall()
    if (called.length > calledMost) {
      throw mobiliseProblems.tooManyToCall({ most: calledMost, many: called.length })
    }
    tx.write(
      tx.db.insertInto('recall').values({
        agency_id: agencyId,
        recall_id: input.recallId,
        operation_id: input.operationId,
        n: await nextNumber(tx, meta, input.operationId, 'recall'),
        reason: input.reason.trim(),
        ordered_by: input.orderedBy.trim(),
        report_unit_id: input.reportUnitId,
        report_post_id: input.reportPostId,
        report_by: reportBy,
        answer_minutes: input.answerMinutes,
        share_percent: input.sharePercent,
        level_id: input.levelId,
        ordered_at: meta.receivedAt,
        ordered_account: meta.actor.accountId,
      }),
    )
    writeCalled(tx, meta, input.recallId, called)
    return { called: asked.length, onDuty: called.length - asked.length }
  },
})

async function checkClosing(
  tx: Tx,
  meta: CommandMeta,
  input: InputOf<typeof closeRecall>,
  row: Awaited<ReturnType<typeof needOpenRecall>>,
): Promise<void> {
  const { accountId, roles, scope } = meta.actor
  if (input.how === 'complete') {
    const n = await stillOut(tx.db, meta.agency.agencyId, row.recall_id, meta.receivedAt)
    if (n > 0) throw mobiliseProblems.notAllIn({ n })
    return
  }
  const leads = scope.unitIds === '*' || row.ordered_account === accountId
  if (!leads && !roles.includes('system')) throw mobiliseProblems.notYourRecall()
  if (input.how === 'level') {
    const level = row.level_id
      ? await levelOrder(anyDb(tx.db), meta.agency.agencyId, row.level_id)
      : undefined
    const ends = level ? (level.ended_at ?? level.falls_back_at) : null
    if (ends === null || ends > meta.receivedAt) throw mobiliseProblems.levelHolds()
  } else if (!/\S/.test(input.why)) throw mobiliseProblems.closeWhy()
}

const close = on(closeRecall, {
  async handle(tx, input, meta) {
    const row = await needOpenRecall(tx.db, meta.agency.agencyId, input.recallId)
    await checkClosing(tx, meta, input, row)
    tx.write(
      tx.db
        .updateTable('recall')
        .set({
          state: 'closed',
          closed_at: meta.receivedAt,
          // What ends by itself was ended by nobody, even though somebody’s arrival was the last.
          closed_account: input.how === 'order' ? meta.actor.accountId : null,
          closed_how: input.how,
          closed_why: input.why.trim(),
        })
        .where('agency_id', '=', meta.agency.agencyId)
        .where('recall_id', '=', input.recallId),
      { rows: 1, otherwise: mobiliseProblems.recallMissing() },
    )
    return {}
  },
})

export const recallCommands = [order, close]
