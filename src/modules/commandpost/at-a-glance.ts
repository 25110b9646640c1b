// What the situation shows of the command post: the log as a column, and the difficulties that are open.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { EntryKind } from './contracts.ts'
import { commandpostDb } from './lower.ts'
import { openStates } from './queries-difficulties.ts'
import { difficultyInScope } from './scope.ts'

export interface LogLine {
  entryId: string
  kind: EntryKind
  happenedAt: string
  text: string
  textEn: string | null
  pinned: boolean
  /** Another entry stands in its place. */
  struck: boolean
}

/** What is pinned, then the latest; and how many entries there are in all. */
export async function logLines(
  anyDb: Kysely<AnyTables>,
  agencyId: string,
  operationId: string,
  limit: number,
): Promise<{ total: number; rows: LogLine[] }> {
  const db = commandpostDb(anyDb)
  const entries = db
    .selectFrom('duty_entry')
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
  const [{ total }, corrected, rows] = await Promise.all([
    entries.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    entries.select('corrects').where('corrects', 'is not', null).orderBy('corrects').execute(),
    entries
      .select(['entry_id', 'kind', 'happened_at', 'text', 'text_en', 'pinned'])
      .orderBy('pinned', 'desc')
      .orderBy('happened_at', 'desc')
      .orderBy('n', 'desc')
      .orderBy('entry_id')
      .limit(limit)
      .execute(),
  ])
  const struck = new Set(corrected.map(row => row.corrects))
  return {
    total,
    rows: rows.map(row => ({
      entryId: row.entry_id,
      kind: row.kind as EntryKind,
      happenedAt: row.happened_at,
      text: row.text,
      textEn: row.text_en,
      pinned: row.pinned,
      struck: struck.has(row.entry_id),
    })),
  }
}

export interface OpenDifficulty {
  postId: string
  unitId: string
  dueAt: string | null
}

/** Difficulties without an answer yet, of the asker's units. */
export async function openDifficulties(
  anyDb: Kysely<AnyTables>,
  agencyId: string,
  operationId: string,
): Promise<OpenDifficulty[]> {
  return commandpostDb(anyDb)
    .selectFrom('difficulty')
    .select(['post_id as postId', 'unit_id as unitId', 'due_at as dueAt'])
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .where('state', '=', sql<string>`any (${openStates}::text[])`)
    .where(difficultyInScope)
    .orderBy('difficulty_id')
    .execute()
}

/** When the books themselves entered a change in the log, between two instants, in order. */
export async function changesEntered(
  anyDb: Kysely<AnyTables>,
  agencyId: string,
  operationId: string,
  span: { from: string; until: string },
  limit: number,
): Promise<string[]> {
  const rows = await commandpostDb(anyDb)
    .selectFrom('duty_entry')
    .select('entered_at')
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .where('kind', '=', 'change')
    .where('entered_at', '>=', span.from)
    .where('entered_at', '<=', span.until)
    .orderBy('entered_at', 'desc')
    .orderBy('entry_id')
    .limit(limit)
    .execute()
  return rows.map(row => row.entered_at)
}
