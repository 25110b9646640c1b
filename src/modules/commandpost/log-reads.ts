// Entries of the duty log as they are shown: with the names of what they are about, and what corrects them.
import { type Selectable, sql } from 'kysely'
import type { InputOf } from '../../kernel/contract.ts'
import type { QueryMeta } from '../../kernel/query.ts'
import { spanOf } from '../../kernel/time.ts'
import { officerNames, unitSubtree } from '../people/index.ts'
import type { EntryKind, log } from './contracts.ts'
import { enclosuresOf } from './enclosures.ts'
import { anyDb, anyId, anyText, type CommandpostDb, namesOf, postsOf, unitsOf, zonesOf } from './lower.ts'
import type { DutyEntryTable } from './tables.ts'

const lateMs = 30 * 60_000

export type Meta = Pick<QueryMeta, 'agency' | 'actor' | 'now'>
export type Entry = Selectable<DutyEntryTable>
type Filters = Omit<InputOf<typeof log>, 'offset' | 'limit' | 'order' | 'descending'>

export async function entriesIn(db: CommandpostDb, meta: Meta, input: Filters) {
  const { agencyId } = meta.agency
  let found = db
    .selectFrom('duty_entry')
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', input.operationId)
  if (input.entryId) found = found.where('entry_id', '=', input.entryId)
  if (input.kinds?.length) found = found.where('kind', '=', anyText(input.kinds))
  if (input.postId) found = found.where('post_id', '=', input.postId)
  if (input.zoneId) found = found.where('zone_id', '=', input.zoneId)
  if (input.directiveId) found = found.where('directive_id', '=', input.directiveId)
  if (input.difficultyId) found = found.where('difficulty_id', '=', input.difficultyId)
  if (input.pinned !== undefined) found = found.where('pinned', '=', input.pinned)
  if (input.unitId) {
    found = found.where('unit_id', '=', anyId(await unitSubtree(anyDb(db), agencyId, input.unitId)))
  }
  const [from, until] = [input.from ?? input.until, input.until ?? input.from]
  if (from && until) {
    const span = spanOf(meta.agency, from, until)
    found = found.where('happened_at', '>=', span.begins).where('happened_at', '<', span.ends)
  }
  const search = input.search?.trim()
  // As typed: % is a character, and a Chinese text has no words to be split into.
  if (search) {
    found = found.where(sql<boolean>`strpos(text || ' ' || coalesce(text_en, ''), ${search}) > 0`)
  }
  return found
}

interface Names {
  post: ReadonlyMap<string, string>
  zone: ReadonlyMap<string, string>
  unit: ReadonlyMap<string, string>
  officer: ReadonlyMap<string, string>
  author: ReadonlyMap<string, string>
  directive: ReadonlyMap<string, string>
  difficulty: ReadonlyMap<string, string>
}

const present = (ids: readonly (string | null)[]) => [...new Set(ids.filter(one => one !== null))].sort()

async function namesIn(
  db: CommandpostDb,
  meta: Meta,
  operationId: string,
  rows: readonly Entry[],
): Promise<Names> {
  const { agencyId } = meta.agency
  const [posts, zones, units, officers, author, directives, difficulties] = await Promise.all([
    postsOf(db, agencyId, operationId),
    zonesOf(db, agencyId, operationId),
    unitsOf(db, agencyId),
    officerNames(anyDb(db), agencyId, present(rows.map(row => row.officer_id))),
    namesOf(
      db,
      agencyId,
      rows.map(row => row.author_id),
    ),
    db
      .selectFrom('directive')
      .select(['directive_id', 'number', 'title'])
      .where('agency_id', '=', agencyId)
      .where('directive_id', '=', anyId(present(rows.map(row => row.directive_id))))
      .orderBy('directive_id')
      .execute(),
    db
      .selectFrom('difficulty')
      .select(['difficulty_id', 'n'])
      .where('agency_id', '=', agencyId)
      .where('difficulty_id', '=', anyId(present(rows.map(row => row.difficulty_id))))
      .orderBy('difficulty_id')
      .execute(),
  ])
  return {
    post: new Map(posts.map(one => [one.postId, one.name])),
    zone: new Map(zones.map(one => [one.zoneId, one.name])),
    unit: new Map([...units].map(([id, one]) => [id, one.shortName])),
    officer: new Map([...officers].map(([id, one]) => [id, one.name])),
    author,
    directive: new Map(directives.map(one => [one.directive_id, `${one.number} ${one.title}`])),
    difficulty: new Map(difficulties.map(one => [one.difficulty_id, String(one.n)])),
  }
}

const link = (id: string | null, names: ReadonlyMap<string, string>) =>
  id === null ? null : { id, name: names.get(id) ?? '' }

/** Numbers of the entries that these correct, and of those that correct these. */
async function corrections(db: CommandpostDb, meta: Meta, rows: readonly Entry[]) {
  const ids = rows.map(row => row.entry_id)
  const before = present(rows.map(row => row.corrects))
  const found = await db
    .selectFrom('duty_entry')
    .select(['entry_id', 'n', 'corrects'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where(({ or, eb }) => or([eb('corrects', '=', anyId(ids)), eb('entry_id', '=', anyId(before))]))
    .orderBy('n')
    .orderBy('entry_id')
    .execute()
  return {
    numberOf: new Map(found.map(one => [one.entry_id, one.n])),
    correctedBy: new Map(found.flatMap(one => (one.corrects ? [[one.corrects, one.n] as const] : []))),
  }
}

export async function entryViews(db: CommandpostDb, meta: Meta, operationId: string, rows: readonly Entry[]) {
  const ids = rows.map(row => row.entry_id)
  const [names, { numberOf, correctedBy }, enclosures] = await Promise.all([
    namesIn(db, meta, operationId, rows),
    corrections(db, meta, rows),
    enclosuresOf(db, meta.agency.agencyId, ids),
  ])
  return rows.map(row => ({
    entryId: row.entry_id,
    n: row.n,
    kind: row.kind as EntryKind,
    happenedAt: row.happened_at,
    enteredAt: row.entered_at,
    late: row.author_id !== null && Date.parse(row.entered_at) - Date.parse(row.happened_at) > lateMs,
    text: row.text,
    textEn: row.text_en,
    authorName: row.author_id === null ? null : (names.author.get(row.author_id) ?? ''),
    mine: row.author_id !== null && row.author_id === meta.actor.accountId,
    unit: link(row.unit_id, names.unit),
    post: link(row.post_id, names.post),
    zone: link(row.zone_id, names.zone),
    officer: link(row.officer_id, names.officer),
    directive: link(row.directive_id, names.directive),
    difficulty: link(row.difficulty_id, names.difficulty),
    pinned: row.pinned,
    corrects: row.corrects === null ? null : (numberOf.get(row.corrects) ?? null),
    correctedBy: correctedBy.get(row.entry_id) ?? null,
    enclosures: enclosures.get(row.entry_id) ?? [],
  }))
}
