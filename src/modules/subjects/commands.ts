import { type Insertable, type InsertQueryBuilder, type InsertResult, sql } from 'kysely'
import { type CommandTx, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { forgetSubjects } from '../../kernel/marks.ts'
import {
  dismissBox,
  eraseSubjects,
  keepSubject,
  proposeErasure,
  proposeForgetting,
  settleSubjects,
  subjectsProblems,
} from './contracts.ts'
import { forgettable } from './forgetting.ts'
import type { SubjectsTables } from './tables.ts'

const on = commandsOn<SubjectsTables>()
type Tx = CommandTx<SubjectsTables>

const among = (ids: readonly string[]) => sql<boolean>`subject_id = any (${[...ids]}::uuid[])`

/** Whoever was erased is written of no more. */
async function needUnerased(tx: Tx, agencyId: string, subjectIds: readonly string[]): Promise<void> {
  const erased = await tx.db
    .selectFrom('subject')
    .select('subject_id')
    .where('agency_id', '=', agencyId)
    .where(among(subjectIds))
    .where('erased_at', 'is not', null)
    .orderBy('subject_id')
    .execute()
  if (erased.length > 0) throw subjectsProblems.erased()
}

type Settled = InputOf<typeof settleSubjects>

/** What is there already stays as it is: the same facts may be settled twice at one moment. */
function insert<T extends keyof SubjectsTables>(
  tx: Tx,
  table: T,
  rows: Insertable<SubjectsTables[T]>[],
): void {
  if (rows.length === 0) return
  const statement = tx.db.insertInto(table) as unknown as InsertQueryBuilder<SubjectsTables, T, InsertResult>
  tx.write(statement.values(rows).onConflict(conflict => conflict.doNothing()))
}

function insertSettled(tx: Tx, agency_id: string, input: Settled, at: string): void {
  const subjectRows = input.made.map(({ subjectId, kind }) => ({
    agency_id,
    subject_id: subjectId,
    kind,
    made_at: at,
    last_seen_on: input.on,
  }))
  const valueRows = input.values.map(({ valueId, subjectId, kind, text }) => ({
    agency_id,
    value_id: valueId,
    subject_id: subjectId,
    kind,
    value: text,
    noted_at: at,
  }))
  const linkRows = input.links.map(({ subjectId, otherId, kind, factId }) => ({
    agency_id,
    subject_id: subjectId,
    other_id: otherId,
    kind,
    fact_id: factId,
    made_at: at,
  }))
  const boxRows = input.unopened.map(({ factId, n, kind, box }) => ({
    agency_id,
    fact_id: factId,
    n,
    kind,
    box,
    noted_at: at,
  }))
  insert(tx, 'subject', subjectRows)
  insert(tx, 'subject_value', valueRows)
  insert(tx, 'subject_link', linkRows)
  insert(tx, 'subject_box', boxRows)
}

const settle = on(settleSubjects, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const { made, seen, values, links } = input
    const named = [...made, ...values, ...links].map(one => one.subjectId)
    await needUnerased(tx, agencyId, [...named, ...seen, ...links.map(one => one.otherId)])
    insertSettled(tx, agencyId, input, meta.receivedAt)
    if (seen.length > 0) {
      tx.write(
        tx.db
          .updateTable('subject')
          .set({ last_seen_on: input.on })
          .where('agency_id', '=', agencyId)
          .where(among(seen))
          .where('last_seen_on', '<', input.on),
      )
    }
    return {}
  },
})

const propose = on(proposeErasure, {
  async handle(tx, { subjectId, reason }, meta) {
    const { agencyId } = meta.agency
    const subject = await tx.db
      .selectFrom('subject')
      .select('erased_at')
      .where('agency_id', '=', agencyId)
      .where('subject_id', '=', subjectId)
      .executeTakeFirst()
    if (!subject) throw subjectsProblems.missing()
    if (subject.erased_at) throw subjectsProblems.erased()
    tx.write(
      tx.db.insertInto('subject_erasure').values({
        agency_id: agencyId,
        erasure_id: meta.commandId,
        subject_id: subjectId,
        reason: reason.trim(),
        proposed_at: meta.receivedAt,
        proposed_by: meta.actor.accountId,
      }),
    )
    return {}
  },
})

const proposeOld = on(proposeForgetting, {
  async handle(tx, { before, subjectIds }, meta) {
    const { agencyId } = meta.agency
    // Looked at again: a fact may have spoken of one of them since the list was made.
    const still = await forgettable(tx.db, agencyId, before, meta.receivedAt, subjectIds)
    if (still.length === 0) return {}
    tx.write(
      tx.db.insertInto('subject_erasure').values(
        still.map(subjectId => ({
          agency_id: agencyId,
          erasure_id: meta.id(subjectId),
          subject_id: subjectId,
          reason: '',
          proposed_at: meta.receivedAt,
          proposed_by: null,
        })),
      ),
    )
    return {}
  },
})

/** Open proposals for exactly these subjects; a problem where one has none. */
async function proposals(tx: Tx, agencyId: string, subjectIds: readonly string[]) {
  const wanted = new Set(subjectIds)
  const open = await tx.db
    .selectFrom('subject_erasure')
    .select(['erasure_id', 'proposed_by'])
    .where('agency_id', '=', agencyId)
    .where(among([...wanted]))
    .where('decided_at', 'is', null)
    .orderBy('erasure_id')
    .execute()
  if (open.length !== wanted.size) throw subjectsProblems.notProposed()
  return open
}

const erase = on(eraseSubjects, {
  async handle(tx, { subjectIds }, meta) {
    const { agencyId } = meta.agency
    const { accountId } = meta.actor
    const open = await proposals(tx, agencyId, subjectIds)
    if (open.some(one => one.proposed_by === accountId)) throw subjectsProblems.ownProposal()
    const decided = { decided_at: meta.receivedAt, decided_by: accountId, decision: 'erased' }
    tx.write(
      tx.db
        .updateTable('subject_erasure')
        .set(decided)
        .where('agency_id', '=', agencyId)
        .where(among(subjectIds))
        .where('decided_at', 'is', null),
      { rows: open.length, otherwise: subjectsProblems.notProposed() },
    )
    tx.write(
      tx.db
        .updateTable('subject')
        .set({ erased_at: meta.receivedAt })
        .where('agency_id', '=', agencyId)
        .where(among(subjectIds)),
      { rows: open.length, otherwise: subjectsProblems.missing() },
    )
    tx.write(tx.db.deleteFrom('subject_value').where('agency_id', '=', agencyId).where(among(subjectIds)))
    // Whoever came along would otherwise still say who it was.
    tx.write(
      tx.db
        .deleteFrom('subject_link')
        .where('agency_id', '=', agencyId)
        .where(
          sql<boolean>`(subject_id = any (${subjectIds}::uuid[]) or other_id = any (${subjectIds}::uuid[]))`,
        ),
    )
    tx.write(forgetSubjects(tx.db as never, subjectIds, meta.receivedAt))
    return {}
  },
})

const keep = on(keepSubject, {
  async handle(tx, { subjectId, reason }, meta) {
    const { agencyId } = meta.agency
    const open = await proposals(tx, agencyId, [subjectId])
    tx.write(
      tx.db
        .updateTable('subject_erasure')
        .set({
          decided_at: meta.receivedAt,
          decided_by: meta.actor.accountId,
          decision: 'kept',
          decided_why: reason.trim(),
        })
        .where('agency_id', '=', agencyId)
        .where('subject_id', '=', subjectId)
        .where('decided_at', 'is', null),
      { rows: open.length, otherwise: subjectsProblems.notProposed() },
    )
    return {}
  },
})

const dismiss = on(dismissBox, {
  handle(tx, { factId, n, reason }, meta) {
    tx.write(
      tx.db
        .updateTable('subject_box')
        .set({
          dismissed_at: meta.receivedAt,
          dismissed_by: meta.actor.accountId,
          dismissed_why: reason.trim(),
        })
        .where('agency_id', '=', meta.agency.agencyId)
        .where('fact_id', '=', factId)
        .where('n', '=', n)
        .where('dismissed_at', 'is', null),
      { rows: 1, otherwise: subjectsProblems.boxMissing() },
    )
    return {}
  },
})

export const commands = [settle, propose, proposeOld, erase, keep, dismiss]
