// A recall as its commands find it, and the small writes they share.
import { type Selectable, sql, type Updateable } from 'kysely'
import type { CommandMeta, CommandTx } from '../../kernel/command.ts'
import { endUnavailable } from '../people/contracts.ts'
import { awayBetween, officerNames } from '../people/index.ts'
import { closeRecall, commandpostProblems, mobiliseProblems } from './contracts.ts'
import { anyDb, type CommandpostDb, minutesLater } from './lower.ts'
import type { CommandpostTables, RecallOfficerTable, RecallTable } from './tables.ts'

type Tx = CommandTx<CommandpostTables>
export type RecallRow = Selectable<RecallTable>
export type RecalledRow = Selectable<RecallOfficerTable>

/** In, and nothing more is asked of him. */
export const isIn = (row: Pick<RecalledRow, 'state'>) => row.state === 'arrived' || row.state === 'onDuty'

export async function recallOf(db: CommandpostDb, agencyId: string, recallId: string): Promise<RecallRow> {
  const row = await db
    .selectFrom('recall')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('recall_id', '=', recallId)
    .executeTakeFirst()
  if (!row) throw mobiliseProblems.recallMissing()
  return row
}

export async function needOpenRecall(db: CommandpostDb, agencyId: string, recallId: string) {
  const row = await recallOf(db, agencyId, recallId)
  if (row.state !== 'open') throw mobiliseProblems.recallClosed({ n: row.n })
  return row
}

export async function needRecalled(
  db: CommandpostDb,
  agencyId: string,
  recallId: string,
  officerId: string | null,
): Promise<RecalledRow> {
  const row = await db
    .selectFrom('recall_officer')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('recall_id', '=', recallId)
    .where('officer_id', '=', officerId)
    .executeTakeFirst()
  if (!row) throw mobiliseProblems.notCalled()
  return row
}

/** A leader keeps those that were called out of his units, and whom he may see. */
export async function needKept(
  db: CommandpostDb,
  meta: CommandMeta,
  rows: readonly RecalledRow[],
): Promise<void> {
  const { unitIds } = meta.actor.scope
  if (unitIds !== '*' && rows.some(row => !unitIds.includes(row.unit_id))) {
    throw commandpostProblems.outsideScope()
  }
  const ids = rows.map(row => row.officer_id)
  const seen = await officerNames(anyDb(db), meta.agency.agencyId, ids)
  if (ids.some(id => !seen.has(id))) throw commandpostProblems.outsideScope()
}

export function updateRecalled(
  tx: Tx,
  meta: CommandMeta,
  row: Pick<RecalledRow, 'recall_id' | 'officer_id'>,
  set: Updateable<RecallOfficerTable>,
): void {
  tx.write(
    tx.db
      .updateTable('recall_officer')
      .set(set)
      .where('agency_id', '=', meta.agency.agencyId)
      .where('recall_id', '=', row.recall_id)
      .where('officer_id', '=', row.officer_id),
    { rows: 1, otherwise: mobiliseProblems.notCalled() },
  )
}

export interface RecallStep {
  kind: string
  phonedAt?: string | null
  text?: string
}

/** One step for each of them; a recall's officers have steps of their own, numbered from one. */
export async function addRecallSteps(
  tx: Tx,
  meta: CommandMeta,
  rows: readonly Pick<RecalledRow, 'recall_id' | 'officer_id'>[],
  step: RecallStep,
): Promise<void> {
  const [first] = rows
  if (!first) return
  const { agencyId } = meta.agency
  const last = await tx.db
    .selectFrom('recall_step')
    .select(({ fn }) => ['officer_id', fn.max<number>('n').as('n')])
    .where('agency_id', '=', agencyId)
    .where('recall_id', '=', first.recall_id)
    .where('officer_id', '=', sql<string>`any (${rows.map(row => row.officer_id)}::uuid[])`)
    .groupBy('officer_id')
    .orderBy('officer_id')
    .execute()
  const before = new Map(last.map(row => [row.officer_id, row.n]))
  tx.write(
    tx.db.insertInto('recall_step').values(
      rows.map(row => ({
        agency_id: agencyId,
        recall_id: row.recall_id,
        officer_id: row.officer_id,
        n: (before.get(row.officer_id) ?? 0) + 1,
        kind: step.kind,
        at: meta.receivedAt,
        by_account: meta.actor.accountId,
        phoned_at: step.phonedAt ?? null,
        text: step.text?.trim() ?? '',
      })),
    ),
  )
}

/**
 * Ends what keeps him off the rosters around now, at the instant that he is there. Why he was away is not looked at:
 * it is sealed, and whoever is ill says that he cannot come, and his absence stays.
 */
export async function endAbsences(
  tx: Tx,
  meta: CommandMeta,
  officerIds: readonly string[],
  at: string,
): Promise<Set<string>> {
  const window = [meta.receivedAt, minutesLater(at, 1)] as const
  const away = await awayBetween(anyDb(tx.db), meta.agency.agencyId, officerIds, window)
  const ended = new Set<string>()
  for (const one of away) {
    if (one.availabilityId === null || one.ends <= at) continue
    await meta.call(endUnavailable, { availabilityId: one.availabilityId, endsAt: at })
    ended.add(one.officerId)
  }
  return ended
}

/** Those that still have to come: neither in, nor exempt at this moment. */
export async function stillOut(db: CommandpostDb, agencyId: string, recallId: string, now: string) {
  const { n } = await db
    .selectFrom('recall_officer')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('agency_id', '=', agencyId)
    .where('recall_id', '=', recallId)
    .where(
      sql<boolean>`(state in ('called', 'coming', 'asked') or (state = 'exempt' and exempt_until <= ${now}::timestamptz))`,
    )
    .executeTakeFirstOrThrow()
  return n
}

/** With the last one in or exempt the recall is over, by itself. */
export async function closeIfComplete(tx: Tx, meta: CommandMeta, recallId: string): Promise<void> {
  if ((await stillOut(tx.db, meta.agency.agencyId, recallId, meta.receivedAt)) > 0) return
  await meta.call(closeRecall, { recallId, how: 'complete', why: '' })
}
