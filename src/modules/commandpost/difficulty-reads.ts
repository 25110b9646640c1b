// A difficulty as its commands find it, and who may say what about it.
import type { Selectable } from 'kysely'
import type { CommandMeta, CommandTx } from '../../kernel/command.ts'
import type { ActorRole } from '../../kernel/contract.ts'
import { onDutyAt } from '../roster/index.ts'
import { clocksOf, minutesOf } from './clocks.ts'
import {
  commandpostProblems,
  difficultyStateTitles,
  type DifficultyState,
  type Owner,
  type Urgency,
} from './contracts.ts'
import { anyDb, type CommandpostDb, minutesLater, postsOf } from './lower.ts'
import type { CommandpostTables, DifficultyTable } from './tables.ts'

type Tx = CommandTx<CommandpostTables>
export type DifficultyRow = Selectable<DifficultyTable>

export async function needDifficulty(
  db: CommandpostDb,
  agencyId: string,
  difficultyId: string,
): Promise<DifficultyRow> {
  const row = await db
    .selectFrom('difficulty')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('difficulty_id', '=', difficultyId)
    .executeTakeFirst()
  if (!row) throw commandpostProblems.difficultyMissing()
  return row
}

export function settled(state: string) {
  const title = difficultyStateTitles[state as DifficultyState]
  return commandpostProblems.alreadySettled({ stateZh: title.zh, stateEn: title.en })
}

const has = (meta: Pick<CommandMeta, 'actor'>, ...roles: ActorRole[]) =>
  roles.some(role => meta.actor.roles.includes(role))

/** The responsible unit answers, and the command post for anybody. */
export function mayAnswer(meta: Pick<CommandMeta, 'actor'>, unitId: string): boolean {
  const { unitIds } = meta.actor.scope
  if (has(meta, 'system')) return true
  if (unitIds === '*') return has(meta, 'commander', 'dutyOfficer', 'logistics')
  return unitIds.includes(unitId) && has(meta, 'unitLeader', 'dutyOfficer', 'commander')
}

/** Why the actor may not give the post's word at this moment; null where he may. */
export async function whyNotTheWord(
  db: CommandpostDb,
  meta: Pick<CommandMeta, 'actor' | 'agency'>,
  row: Pick<DifficultyRow, 'operation_id' | 'post_id' | 'solved_by' | 'state'>,
  at: string,
) {
  if (row.state !== 'solved')
    return row.state === 'closed' || row.state === 'merged'
      ? settled(row.state)
      : commandpostProblems.notSolvedYet()
  const { agencyId } = meta.agency
  const post = (await postsOf(db, agencyId, row.operation_id)).find(one => one.postId === row.post_id)
  const name = post?.name ?? ''
  const duty = await onDutyAt(anyDb(db), agencyId, row.operation_id, at)
  const crew = duty.filter(one => one.postId === row.post_id).map(one => one.officerId)
  const { officerId, accountId } = meta.actor
  const there = officerId !== null && crew.includes(officerId)
  // A post that is no more has nobody left to ask.
  const instead = post?.state === 'closed' && crew.length === 0 && has(meta, 'commander', 'dutyOfficer')
  if (!there && !instead) return commandpostProblems.notAtPost({ name })
  return row.solved_by === accountId ? commandpostProblems.ownWord() : null
}

/** Adds a step; the owner stands in it as he is from now on. */
export async function addStep(
  tx: Tx,
  meta: CommandMeta,
  difficultyId: string,
  step: { kind: string; text: string; owner: string },
): Promise<number> {
  const last = await tx.db
    .selectFrom('difficulty_step')
    .select(({ fn }) => fn.max('n').as('n'))
    .where('agency_id', '=', meta.agency.agencyId)
    .where('difficulty_id', '=', difficultyId)
    .executeTakeFirst()
  const n = Number(last?.n ?? 0) + 1
  tx.write(
    tx.db.insertInto('difficulty_step').values({
      agency_id: meta.agency.agencyId,
      difficulty_id: difficultyId,
      n,
      kind: step.kind,
      at: meta.receivedAt,
      by_account: meta.actor.accountId,
      text: step.text,
      owner: step.owner,
    }),
  )
  return n
}

/** When the owner's time is up, counted from now. */
export async function dueOf(tx: Tx, meta: CommandMeta, urgency: string, owner: Owner): Promise<string> {
  const clock = (await clocksOf(tx.db, meta.agency.agencyId)).find(
    one => one.urgency === (urgency as Urgency),
  )
  if (!clock) throw new Error(`invariant: no clock for ${urgency}`)
  return minutesLater(meta.receivedAt, minutesOf(clock, owner))
}
