// Difficulties 一线困难: raised at a post; the unit's leader, then the duty officer, then the duty leader owns them,
// by the clock; closed only with the post's word.
import type { Updateable } from 'kysely'
import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import { nextOwner } from './clocks.ts'
import {
  answerDifficulty,
  commandpostProblems,
  confirmDifficulty,
  escalateDifficulty,
  mergeDifficulty,
  type Owner,
  raiseDifficulty,
  reopenDifficulty,
  setClocks,
  solveDifficulty,
} from './contracts.ts'
import { addStep, dueOf, mayAnswer, needDifficulty, settled, whyNotTheWord } from './difficulty-reads.ts'
import { joinEnclosures } from './enclosures.ts'
import { anyDb, needRunningPost, nextNumber, utc } from './lower.ts'
import { dutyPostsAround } from './own-posts.ts'
import type { CommandpostTables, DifficultyTable } from './tables.ts'
import { homeUnit } from './units.ts'

const on = commandsOn<CommandpostTables>()
type Tx = CommandTx<CommandpostTables>
const solveDaysMost = 30
const hourMs = 3_600_000

function update(tx: Tx, meta: CommandMeta, difficultyId: string, set: Updateable<DifficultyTable>): void {
  tx.write(
    tx.db
      .updateTable('difficulty')
      .set(set)
      .where('agency_id', '=', meta.agency.agencyId)
      .where('difficulty_id', '=', difficultyId),
    { rows: 1, otherwise: commandpostProblems.difficultyMissing() },
  )
}

/** An officer speaks for the posts of his unit and for those he stands at within half a day; the desk for all of its own. */
async function checkRaiser(
  tx: Tx,
  meta: CommandMeta,
  post: { postId: string; unitId: string; name: string },
): Promise<void> {
  const { actor } = meta
  const { unitIds } = actor.scope
  const leads = actor.roles.some(one => ['unitLeader', 'dutyOfficer', 'commander', 'system'].includes(one))
  if (leads && (unitIds === '*' || unitIds.includes(post.unitId))) return
  if ((await homeUnit(anyDb(tx.db), meta)) === post.unitId) return
  if ((await dutyPostsAround(tx.db, meta, meta.receivedAt)).has(post.postId)) return
  throw commandpostProblems.notYourPost({ name: post.name })
}

const raise = on(raiseDifficulty, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const post = await needRunningPost(tx.db, meta, input.postId)
    if (post.state === 'closed') throw commandpostProblems.postClosed({ name: post.name })
    await checkRaiser(tx, meta, post)
    const text = input.text.trim()
    tx.write(
      tx.db.insertInto('difficulty').values({
        agency_id: agencyId,
        difficulty_id: input.difficultyId,
        operation_id: post.operationId,
        n: await nextNumber(tx, meta, post.operationId, 'difficulty'),
        post_id: post.postId,
        unit_id: post.unitId,
        kind: input.kind,
        urgency: input.urgency,
        text,
        raised_at: meta.receivedAt,
        raised_by: meta.actor.accountId,
        raised_officer_id: meta.actor.officerId,
        state: 'raised',
        owner: 'unit',
        due_at: await dueOf(tx, meta, input.urgency, 'unit'),
      }),
    )
    const step = await addStep(tx, meta, input.difficultyId, { kind: 'raised', text, owner: 'unit' })
    await joinEnclosures(
      tx,
      meta,
      { holder: 'difficulty', holderId: input.difficultyId, step },
      input.enclosures,
    )
    return {}
  },
})

/** Open, and the actor's to handle. */
async function needOpen(tx: Tx, meta: CommandMeta, difficultyId: string) {
  const row = await needDifficulty(tx.db, meta.agency.agencyId, difficultyId)
  if (!mayAnswer(meta, row.unit_id)) throw commandpostProblems.outsideScope()
  if (row.state !== 'raised' && row.state !== 'working') throw settled(row.state)
  return row
}

const answer = on(answerDifficulty, {
  async handle(tx, input, meta) {
    const row = await needOpen(tx, meta, input.difficultyId)
    const solveBy = utc(input.solveBy)
    const ahead = Date.parse(solveBy) - Date.parse(meta.receivedAt)
    if (ahead <= 0 || ahead > solveDaysMost * 24 * hourMs) {
      throw commandpostProblems.solveByPast({ days: solveDaysMost })
    }
    update(tx, meta, input.difficultyId, { state: 'working', due_at: solveBy })
    const said = { kind: 'answered', text: input.text.trim(), owner: row.owner }
    const step = await addStep(tx, meta, input.difficultyId, said)
    await joinEnclosures(
      tx,
      meta,
      { holder: 'difficulty', holderId: input.difficultyId, step },
      input.enclosures,
    )
    return {}
  },
})

const solve = on(solveDifficulty, {
  async handle(tx, input, meta) {
    const row = await needOpen(tx, meta, input.difficultyId)
    update(tx, meta, input.difficultyId, {
      state: 'solved',
      due_at: null,
      solved_at: meta.receivedAt,
      solved_by: meta.actor.accountId,
    })
    const said = { kind: 'solved', text: input.text.trim(), owner: row.owner }
    const step = await addStep(tx, meta, input.difficultyId, said)
    await joinEnclosures(
      tx,
      meta,
      { holder: 'difficulty', holderId: input.difficultyId, step },
      input.enclosures,
    )
    return {}
  },
})

async function needTheWord(tx: Tx, meta: CommandMeta, difficultyId: string) {
  const row = await needDifficulty(tx.db, meta.agency.agencyId, difficultyId)
  const problem = await whyNotTheWord(tx.db, meta, row, meta.receivedAt)
  if (problem) throw problem
  return row
}

const confirm = on(confirmDifficulty, {
  async handle(tx, input, meta) {
    const row = await needTheWord(tx, meta, input.difficultyId)
    const { accountId } = meta.actor
    update(tx, meta, input.difficultyId, {
      state: 'closed',
      closed_at: meta.receivedAt,
      closed_by: accountId,
    })
    const said = { kind: 'closed', text: input.text.trim(), owner: row.owner }
    await addStep(tx, meta, input.difficultyId, said)
    return {}
  },
})

/** Back to the owner it had: who could not solve it is asked again, with a fresh clock. */
const reopen = on(reopenDifficulty, {
  async handle(tx, input, meta) {
    const row = await needTheWord(tx, meta, input.difficultyId)
    update(tx, meta, input.difficultyId, {
      state: 'raised',
      due_at: await dueOf(tx, meta, row.urgency, row.owner as Owner),
      solved_at: null,
      solved_by: null,
      reopened: row.reopened + 1,
    })
    const said = { kind: 'reopened', text: input.reason.trim(), owner: row.owner }
    await addStep(tx, meta, input.difficultyId, said)
    return {}
  },
})

/** What was merged into the one that goes now goes with it, so that every duplicate leads to the one that is open. */
const merge = on(mergeDifficulty, {
  async handle(tx, input, meta) {
    if (input.difficultyId === input.into) throw commandpostProblems.mergeItself()
    const row = await needOpen(tx, meta, input.difficultyId)
    const into = await needOpen(tx, meta, input.into)
    if (row.operation_id !== into.operation_id || row.unit_id !== into.unit_id) {
      throw commandpostProblems.mergeApart()
    }
    const { agencyId } = meta.agency
    tx.write(
      tx.db
        .updateTable('difficulty')
        .set({ merged_into: input.into })
        .where('agency_id', '=', agencyId)
        .where('merged_into', '=', input.difficultyId),
    )
    update(tx, meta, input.difficultyId, { state: 'merged', merged_into: input.into, due_at: null })
    await addStep(tx, meta, input.difficultyId, { kind: 'merged', text: String(into.n), owner: row.owner })
    await addStep(tx, meta, input.into, { kind: 'took', text: String(row.n), owner: into.owner })
    return {}
  },
})

const escalate = on(escalateDifficulty, {
  async handle(tx, input, meta) {
    const row = await needDifficulty(tx.db, meta.agency.agencyId, input.difficultyId)
    const next = nextOwner[input.from]
    const open = row.state === 'raised' || row.state === 'working'
    if (
      !open ||
      row.owner !== input.from ||
      next === null ||
      row.due_at === null ||
      row.due_at > meta.receivedAt
    ) {
      throw commandpostProblems.notDueYet()
    }
    update(tx, meta, input.difficultyId, {
      owner: next,
      due_at: await dueOf(tx, meta, row.urgency, next),
    })
    await addStep(tx, meta, input.difficultyId, { kind: 'escalated', text: '', owner: next })
    return {}
  },
})

const set = on(setClocks, {
  handle(tx, input, meta) {
    for (const one of input.clocks) {
      const minutes = {
        unit_minutes: one.unitMinutes,
        duty_officer_minutes: one.dutyOfficerMinutes,
        duty_leader_minutes: one.dutyLeaderMinutes,
      }
      tx.write(
        tx.db
          .insertInto('escalation_clock')
          .values({ agency_id: meta.agency.agencyId, urgency: one.urgency, ...minutes })
          .onConflict(conflict => conflict.columns(['agency_id', 'urgency']).doUpdateSet(minutes)),
      )
    }
    return {}
  },
})

export const difficultyCommands = [raise, answer, solve, confirm, reopen, merge, escalate, set]
