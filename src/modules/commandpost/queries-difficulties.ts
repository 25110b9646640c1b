// Reading difficulties: the list is of the asker's units; one may be opened from the post it is about, too.
import { sql } from 'kysely'
import type { InputOf } from '../../kernel/contract.ts'
import { queriesOn } from '../../kernel/query.ts'
import { spanOf } from '../../kernel/time.ts'
import { unitSubtree } from '../people/index.ts'
import { clocksOf } from './clocks.ts'
import {
  clocks,
  commandpostProblems,
  difficulties,
  difficulty,
  type DifficultyKind,
  type DifficultyState,
  type Owner,
  type Urgency,
} from './contracts.ts'
import { dutyLeadersAt } from './duty-leader.ts'
import { type DifficultyRow, mayAnswer, whyNotTheWord } from './difficulty-reads.ts'
import { enclosuresOf } from './enclosures.ts'
import type { Meta } from './log-reads.ts'
import { anyDb, anyId, anyText, type CommandpostDb, namesOf, postNames, unitsOf } from './lower.ts'
import { dutyPostsAround } from './own-posts.ts'
import { difficultyInScope } from './scope.ts'
import type { CommandpostTables } from './tables.ts'

const on = queriesOn<CommandpostTables>()
type Filters = Omit<InputOf<typeof difficulties>, 'offset' | 'limit' | 'order' | 'descending'>

/** One that the asker may open: of his units, of a post he stands at, or raised by himself. */
async function difficultySeen(db: CommandpostDb, meta: Meta, difficultyId: string) {
  const posts = [...(await dutyPostsAround(db, meta, meta.now)).keys()]
  return db
    .selectFrom('difficulty')
    .selectAll()
    .where('agency_id', '=', meta.agency.agencyId)
    .where('difficulty_id', '=', difficultyId)
    .where(({ or, eb }) =>
      or([difficultyInScope, eb('post_id', '=', anyId(posts)), eb('raised_by', '=', meta.actor.accountId)]),
    )
    .executeTakeFirst()
}

/** Open, and past its time. */
export const overdueAt = (now: string) =>
  sql<boolean>`(state in ('raised', 'working') and due_at is not null and due_at <= ${now}::timestamptz)`

async function choose(db: CommandpostDb, meta: Meta, input: Filters) {
  let found = db
    .selectFrom('difficulty')
    .where('agency_id', '=', meta.agency.agencyId)
    .where(difficultyInScope)
  if (input.operationId) found = found.where('operation_id', '=', input.operationId)
  if (input.states?.length) found = found.where('state', '=', anyText(input.states))
  if (input.kinds?.length) found = found.where('kind', '=', anyText(input.kinds))
  if (input.urgencies?.length) found = found.where('urgency', '=', anyText(input.urgencies))
  if (input.owners?.length) found = found.where('owner', '=', anyText(input.owners))
  if (input.postId) found = found.where('post_id', '=', input.postId)
  if (input.unitId) {
    const below = await unitSubtree(anyDb(db), meta.agency.agencyId, input.unitId)
    found = found.where('unit_id', '=', anyId(below))
  }
  if (input.overdue) found = found.where(overdueAt(meta.now))
  const [from, until] = [input.raisedFrom ?? input.raisedUntil, input.raisedUntil ?? input.raisedFrom]
  if (from && until) {
    const span = spanOf(meta.agency, from, until)
    found = found.where('raised_at', '>=', span.begins).where('raised_at', '<', span.ends)
  }
  const [closedFrom, closedUntil] = [
    input.closedFrom ?? input.closedUntil,
    input.closedUntil ?? input.closedFrom,
  ]
  if (closedFrom && closedUntil) {
    const span = spanOf(meta.agency, closedFrom, closedUntil)
    found = found.where('closed_at', '>=', span.begins).where('closed_at', '<', span.ends)
  }
  const search = input.search?.trim()
  if (search) {
    found = found.where(sql<boolean>`(strpos(text, ${search}) > 0 or n::text = ${search}
      or exists (select from difficulty_step s where s.agency_id = difficulty.agency_id
        and s.difficulty_id = difficulty.difficulty_id and strpos(s.text, ${search}) > 0))`)
  }
  return found
}

export const openStates = ['raised', 'working']

export async function difficultyViews(db: CommandpostDb, meta: Meta, rows: readonly DifficultyRow[]) {
  const { agencyId } = meta.agency
  const [units, posts, people, merged] = await Promise.all([
    unitsOf(db, agencyId),
    postNames(
      db,
      agencyId,
      rows.map(row => row.operation_id),
    ),
    namesOf(
      db,
      agencyId,
      rows.map(row => row.raised_by),
    ),
    db
      .selectFrom('difficulty')
      .select(({ fn }) => ['merged_into', fn.countAll<number>().as('many')])
      .where('agency_id', '=', agencyId)
      .where('merged_into', '=', anyId(rows.map(row => row.difficulty_id)))
      .groupBy('merged_into')
      .orderBy('merged_into')
      .execute(),
  ])
  const mergedOf = new Map(merged.map(one => [one.merged_into, one.many]))
  return rows.map(row => {
    const end = row.closed_at ?? meta.now
    return {
      difficultyId: row.difficulty_id,
      operationId: row.operation_id,
      n: row.n,
      postId: row.post_id,
      postName: posts.get(row.post_id) ?? '',
      unitId: row.unit_id,
      unitName: units.get(row.unit_id)?.shortName ?? '',
      kind: row.kind as DifficultyKind,
      urgency: row.urgency as Urgency,
      text: row.text,
      raisedAt: row.raised_at,
      raisedBy: row.raised_by === null ? null : (people.get(row.raised_by) ?? ''),
      state: row.state as DifficultyState,
      owner: row.owner as Owner,
      dueAt: row.due_at,
      overdue: openStates.includes(row.state) && row.due_at !== null && row.due_at <= meta.now,
      stoodMinutes: Math.max(0, Math.floor((Date.parse(end) - Date.parse(row.raised_at)) / 60_000)),
      solvedAt: row.solved_at,
      closedAt: row.closed_at,
      reopened: row.reopened,
      merged: mergedOf.get(row.difficulty_id) ?? 0,
    }
  })
}

/** Urgencies and owners go by their weight, not by the letters of their keys. */
const columnOf = {
  n: sql`n`,
  kind: sql`array_position(array['people', 'supplies', 'equipment', 'living', 'order', 'other'], kind)`,
  urgency: sql`array_position(array['urgent', 'soon', 'ordinary'], urgency)`,
  raisedAt: sql`raised_at`,
  dueAt: sql`due_at`,
  owner: sql`array_position(array['unit', 'dutyOfficer', 'dutyLeader'], owner)`,
} as const

/** The open ones first, those whose time runs out soonest at the top; then what is settled, newest first. */
const order = [
  sql`case state when 'raised' then 0 when 'working' then 0 when 'solved' then 1 else 2 end`,
  sql`case when state in ('raised', 'working') then due_at end`,
] as const

const list = on(difficulties, {
  async run(db, input, meta) {
    const found = await choose(db, meta, input)
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await found
      .selectAll()
      .$if(input.order !== undefined, all =>
        all.orderBy(columnOf[input.order ?? 'n'], input.descending ? 'desc' : 'asc'),
      )
      .orderBy(order[0])
      .orderBy(order[1])
      .orderBy('raised_at', 'desc')
      .orderBy('difficulty_id')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    return { total, rows: await difficultyViews(db, meta, rows) }
  },
})

async function stepsOf(db: CommandpostDb, agencyId: string, difficultyId: string) {
  const rows = await db
    .selectFrom('difficulty_step')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('difficulty_id', '=', difficultyId)
    .orderBy('n')
    .execute()
  const people = await namesOf(
    db,
    agencyId,
    rows.map(row => row.by_account),
  )
  return rows.map(row => ({
    n: row.n,
    kind: row.kind as 'raised' | 'escalated',
    at: row.at,
    by: row.by_account === null ? null : (people.get(row.by_account) ?? ''),
    text: row.text,
    owner: row.owner as Owner,
  }))
}

const detail = on(difficulty, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const row = await difficultySeen(db, meta, input.difficultyId)
    if (!row) throw commandpostProblems.difficultyMissing()
    const [views, steps, enclosures, kin] = await Promise.all([
      difficultyViews(db, meta, [row]),
      stepsOf(db, agencyId, row.difficulty_id),
      enclosuresOf(db, agencyId, [row.difficulty_id]),
      db
        .selectFrom('difficulty')
        .select(['difficulty_id', 'n', 'post_id', 'merged_into', 'operation_id'])
        .where('agency_id', '=', agencyId)
        .where(({ or, eb }) =>
          or([eb('merged_into', '=', row.difficulty_id), eb('difficulty_id', '=', row.merged_into)]),
        )
        .orderBy('n')
        .orderBy('difficulty_id')
        .execute(),
    ])
    const posts = await postNames(db, agencyId, [row.operation_id])
    const into = kin.find(one => one.difficulty_id === row.merged_into)
    const answers = openStates.includes(row.state) && mayAnswer(meta, row.unit_id)
    const [view] = views
    if (!view) throw new Error('invariant: one view for each row')
    const wentUp = steps.filter(one => one.kind === 'escalated' && one.owner === 'dutyLeader')
    const withHim = view.owner === 'dutyLeader' && openStates.includes(row.state)
    const moments = [...wentUp.map(one => one.at), ...(withHim ? [meta.now] : [])]
    const leaders = await dutyLeadersAt(db, meta, row.operation_id, moments)
    return {
      ...view,
      mergedInto: into ? { difficultyId: into.difficulty_id, n: into.n } : null,
      mergedRows: kin
        .filter(one => one.merged_into === row.difficulty_id)
        .map(one => ({
          difficultyId: one.difficulty_id,
          n: one.n,
          postName: posts.get(one.post_id) ?? '',
        })),
      dutyLeader: (withHim ? leaders.at(-1) : undefined) ?? null,
      may: {
        answer: answers,
        confirm: row.state === 'solved' && (await whyNotTheWord(db, meta, row, meta.now)) === null,
        merge:
          answers && meta.actor.roles.some(one => ['unitLeader', 'dutyOfficer', 'commander'].includes(one)),
      },
      steps: steps.map(one => ({ ...one, dutyLeader: leaders[wentUp.indexOf(one)] ?? null })),
      enclosures: enclosures.get(row.difficulty_id) ?? [],
    }
  },
})

export const difficultyQueries = [
  list,
  detail,
  on(clocks, { run: async (db, _input, meta) => ({ rows: await clocksOf(db, meta.agency.agencyId) }) }),
]
