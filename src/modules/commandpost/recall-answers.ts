// Recall 召回, the side of those who are called: coming, cannot, arrived; by themselves, or by who telephoned or rolled.
import type { CommandMeta, CommandTx } from '../../kernel/command.ts'
import { commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import {
  answerRecall,
  arriveRecalled,
  decideExemption,
  mobiliseProblems,
  phoneRecall,
  rollRecalled,
  strikeArrival,
} from './contracts.ts'
import { anyId, minutesLater, utc } from './lower.ts'
import {
  addRecallSteps,
  closeIfComplete,
  endAbsences,
  isIn,
  needKept,
  needOpenRecall,
  needRecalled,
  type RecalledRow,
  updateRecalled,
} from './recall-reads.ts'
import type { CommandpostTables } from './tables.ts'

const on = commandsOn<CommandpostTables>()
type Tx = CommandTx<CommandpostTables>
type Said = InputOf<typeof answerRecall>['answer']
const etaDaysMost = 7
const exemptDaysMost = 366
/** A desk's clock may stand a little ahead of ours. */
const aheadMinutes = 5

const within = (instant: string, from: string, days: number) =>
  instant > from && Date.parse(instant) - Date.parse(from) <= days * 86_400_000

/** Takes down what was said; `phonedAt` where somebody telephoned. */
async function takeAnswer(tx: Tx, meta: CommandMeta, row: RecalledRow, said: Said, phonedAt: string | null) {
  if (isIn(row)) throw mobiliseProblems.isInAlready()
  const reached = { reached_at: row.reached_at ?? phonedAt ?? meta.receivedAt }
  if (said.says === 'coming') {
    const eta = utc(said.eta)
    if (!within(eta, meta.receivedAt, etaDaysMost)) throw mobiliseProblems.etaPast({ days: etaDaysMost })
    const ended = said.endLeave && (await endAbsences(tx, meta, [row.officer_id], eta)).size > 0
    updateRecalled(tx, meta, row, {
      ...reached,
      state: 'coming',
      eta,
      leave_ended: row.leave_ended || ended,
      exempt_class: null,
      exempt_until: null,
      exempt_account: null,
    })
  } else {
    const until = utc(said.exemptUntil)
    if (!within(until, meta.receivedAt, exemptDaysMost)) {
      throw mobiliseProblems.exemptUntilPast({ days: exemptDaysMost })
    }
    updateRecalled(tx, meta, row, {
      ...reached,
      state: 'asked',
      eta: null,
      exempt_class: said.exemptClass,
      exempt_until: until,
      exempt_account: null,
    })
  }
  const kind = said.says === 'coming' ? 'coming' : 'asked'
  await addRecallSteps(tx, meta, [row], { kind, phonedAt })
}

const answer = on(answerRecall, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const row = await needRecalled(tx.db, agencyId, input.recallId, meta.actor.officerId)
    await needOpenRecall(tx.db, agencyId, input.recallId)
    await takeAnswer(tx, meta, row, input.answer, null)
    return {}
  },
})

const phone = on(phoneRecall, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const row = await needRecalled(tx.db, agencyId, input.recallId, input.officerId)
    await needKept(tx.db, meta, [row])
    await needOpenRecall(tx.db, agencyId, input.recallId)
    const phonedAt = utc(input.phonedAt)
    // The minute of the order is whole minutes on the desk's form; the order itself may stand some seconds into it.
    const from = minutesLater(row.called_at, -1)
    if (phonedAt < from || phonedAt > minutesLater(meta.receivedAt, aheadMinutes)) {
      throw mobiliseProblems.phonedWhen()
    }
    if (input.answer.says !== 'notReached') {
      await takeAnswer(tx, meta, row, input.answer, phonedAt)
      return {}
    }
    if (isIn(row)) throw mobiliseProblems.isInAlready()
    updateRecalled(tx, meta, row, { tries: row.tries + 1 })
    await addRecallSteps(tx, meta, [row], { kind: 'notReached', phonedAt })
    return {}
  },
})

const decide = on(decideExemption, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const row = await needRecalled(tx.db, agencyId, input.recallId, input.officerId)
    await needKept(tx.db, meta, [row])
    await needOpenRecall(tx.db, agencyId, input.recallId)
    if (meta.actor.officerId === input.officerId) throw mobiliseProblems.ownExemption()
    if (row.state !== 'asked') throw mobiliseProblems.exemptionUnasked()
    if (input.grant) {
      updateRecalled(tx, meta, row, { state: 'exempt', exempt_account: meta.actor.accountId })
    } else {
      updateRecalled(tx, meta, row, { state: 'called', exempt_class: null, exempt_until: null })
    }
    await addRecallSteps(tx, meta, [row], { kind: input.grant ? 'exempted' : 'exemptionRefused' })
    if (input.grant) await closeIfComplete(tx, meta, input.recallId)
    return {}
  },
})

async function arrived(tx: Tx, meta: CommandMeta, rows: readonly RecalledRow[], how: 'self' | 'roll') {
  const ids = rows.map(row => row.officer_id)
  const ended = await endAbsences(tx, meta, ids, meta.receivedAt)
  for (const row of rows) {
    updateRecalled(tx, meta, row, {
      state: 'arrived',
      reached_at: row.reached_at ?? meta.receivedAt,
      arrived_at: meta.receivedAt,
      arrived_account: meta.actor.accountId,
      arrived_how: how,
      leave_ended: row.leave_ended || ended.has(row.officer_id),
    })
  }
  await addRecallSteps(tx, meta, rows, { kind: 'arrived' })
}

const arrive = on(arriveRecalled, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const row = await needRecalled(tx.db, agencyId, input.recallId, meta.actor.officerId)
    await needOpenRecall(tx.db, agencyId, input.recallId)
    if (isIn(row)) throw mobiliseProblems.isInAlready()
    await arrived(tx, meta, [row], 'self')
    await closeIfComplete(tx, meta, input.recallId)
    return {}
  },
})

const roll = on(rollRecalled, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    await needOpenRecall(tx.db, agencyId, input.recallId)
    const wanted = [...new Set(input.officerIds)]
    const rows = await tx.db
      .selectFrom('recall_officer')
      .selectAll()
      .where('agency_id', '=', agencyId)
      .where('recall_id', '=', input.recallId)
      .where('officer_id', '=', anyId(wanted))
      .orderBy('officer_id')
      .execute()
    if (rows.length < wanted.length) throw mobiliseProblems.notCalled()
    const coming = rows.filter(row => !isIn(row))
    await needKept(tx.db, meta, rows)
    await arrived(tx, meta, coming, 'roll')
    await closeIfComplete(tx, meta, input.recallId)
    return { arrived: coming.length }
  },
})

/** Entered by mistake: he is out again, with the answer that he had given. What was ended of his leave stays ended. */
const strike = on(strikeArrival, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const row = await needRecalled(tx.db, agencyId, input.recallId, input.officerId)
    await needKept(tx.db, meta, [row])
    await needOpenRecall(tx.db, agencyId, input.recallId)
    if (row.state !== 'arrived') throw mobiliseProblems.notArrived()
    updateRecalled(tx, meta, row, {
      state: row.eta === null ? 'called' : 'coming',
      arrived_at: null,
      arrived_account: null,
      arrived_how: null,
    })
    await addRecallSteps(tx, meta, [row], { kind: 'arrivalStruck', text: input.why })
    return {}
  },
})

export const recallAnswers = [answer, phone, decide, arrive, roll, strike]
