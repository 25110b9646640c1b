// Reading visits: those to posts of the asker's units, with how far the promises are.
import { type Selectable, sql } from 'kysely'
import type { InputOf } from '../../kernel/contract.ts'
import { queriesOn } from '../../kernel/query.ts'
import { spanOf } from '../../kernel/time.ts'
import { unitSubtree } from '../people/index.ts'
import { mobiliseProblems, recorders, visit, type VisitKind, visits } from './contracts.ts'
import { enclosuresOf } from './enclosures.ts'
import type { Meta } from './log-reads.ts'
import { anyDb, anyId, anyText, type CommandpostDb, namesOf, postNames, unitsOf } from './lower.ts'
import type { CommandpostTables, VisitTable } from './tables.ts'

const on = queriesOn<CommandpostTables>()
type Filters = Omit<InputOf<typeof visits>, 'offset' | 'limit' | 'order' | 'descending'>

/** Neither entered as kept, nor settled by what it was followed up with. `p` is the promise. */
const settled = sql`(p.kept_at is not null
  or exists (select from difficulty d join difficulty e on e.agency_id = d.agency_id
      and e.difficulty_id = coalesce(d.merged_into, d.difficulty_id)
    where d.agency_id = p.agency_id and d.difficulty_id = p.difficulty_id and e.state = 'closed')
  or exists (select from directive d where d.agency_id = p.agency_id and d.directive_id = p.directive_id
    and d.state = 'completed'))`
/** By a directive that was withdrawn nothing is followed up: the promise is as open as before. */
const passedOn = sql`(p.difficulty_id is not null or exists (select from directive d
  where d.agency_id = p.agency_id and d.directive_id = p.directive_id and d.state <> 'withdrawn'))`
export const openPromise = sql`(not ${settled})`
/** What was followed up has a clock and a watch of its own. */
export const overduePromise = (now: string) =>
  sql`(not ${settled} and not ${passedOn} and p.due_at <= ${now}::timestamptz)`

async function choose(db: CommandpostDb, meta: Meta, input: Filters) {
  let found = db.selectFrom('visit').where('agency_id', '=', meta.agency.agencyId)
  if (input.operationId) found = found.where('operation_id', '=', input.operationId)
  if (input.kinds?.length) found = found.where('kind', '=', anyText(input.kinds))
  if (input.postId) found = found.where('post_id', '=', input.postId)
  if (input.unitId) {
    const below = await unitSubtree(anyDb(db), meta.agency.agencyId, input.unitId)
    found = found.where('unit_id', '=', anyId(below))
  }
  if (input.promises) {
    const wanted = input.promises === 'open' ? openPromise : overduePromise(meta.now)
    found = found.where(
      sql<boolean>`exists (select from visit_promise p where p.agency_id = visit.agency_id
        and p.visit_id = visit.visit_id and ${wanted})`,
    )
  }
  const [from, until] = [input.visitedFrom ?? input.visitedUntil, input.visitedUntil ?? input.visitedFrom]
  if (from && until) {
    const span = spanOf(meta.agency, from, until)
    found = found.where('visited_at', '>=', span.begins).where('visited_at', '<', span.ends)
  }
  const search = input.search?.trim()
  if (search) {
    found = found.where(sql<boolean>`(strpos(visitor || ' ' || found, ${search}) > 0 or n::text = ${search}
      or exists (select from visit_promise p where p.agency_id = visit.agency_id
        and p.visit_id = visit.visit_id and strpos(p.text || ' ' || p.by_whom, ${search}) > 0))`)
  }
  return found
}

async function promiseCounts(db: CommandpostDb, meta: Meta, ids: readonly string[]) {
  const { rows } = await sql<{ visit_id: string; all: number; open: number; overdue: number }>`
    select p.visit_id, count(*) as all, count(*) filter (where ${openPromise}) as open,
      count(*) filter (where ${overduePromise(meta.now)}) as overdue
    from visit_promise p where p.agency_id = ${meta.agency.agencyId} and p.visit_id = ${anyId(ids)}
    group by p.visit_id order by p.visit_id`.execute(db)
  return new Map(rows.map(({ visit_id, ...counts }) => [visit_id, counts]))
}

async function viewsOf(db: CommandpostDb, meta: Meta, rows: readonly Selectable<VisitTable>[]) {
  const { agencyId } = meta.agency
  const [units, posts, people, promises] = await Promise.all([
    unitsOf(db, agencyId),
    postNames(
      db,
      agencyId,
      rows.map(row => row.operation_id),
    ),
    namesOf(
      db,
      agencyId,
      rows.map(row => row.recorded_by),
    ),
    promiseCounts(
      db,
      meta,
      rows.map(row => row.visit_id),
    ),
  ])
  return rows.map(row => ({
    visitId: row.visit_id,
    operationId: row.operation_id,
    n: row.n,
    kind: row.kind as VisitKind,
    visitor: row.visitor,
    visitedAt: row.visited_at,
    postId: row.post_id,
    postName: posts.get(row.post_id) ?? '',
    unitId: row.unit_id,
    unitName: units.get(row.unit_id)?.shortName ?? '',
    found: row.found,
    recordedBy: row.recorded_by === null ? null : (people.get(row.recorded_by) ?? ''),
    promises: promises.get(row.visit_id) ?? { all: 0, open: 0, overdue: 0 },
  }))
}

const columnOf = {
  n: sql`n`,
  kind: sql`array_position(array['superior', 'leader', 'care'], kind)`,
  visitor: sql`visitor`,
  visitedAt: sql`visited_at`,
} as const

const list = on(visits, {
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
      .orderBy('visited_at', 'desc')
      .orderBy('visit_id')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    return { total, rows: await viewsOf(db, meta, rows) }
  },
})

interface PromiseView {
  promise_id: string
  n: number
  text: string
  by_whom: string
  due_at: string
  difficulty_id: string | null
  difficulty_n: number | null
  directive_id: string | null
  directive_number: string | null
  kept_at: string | null
  kept_by: string | null
  kept_text: string | null
  open: boolean
  followed: boolean
  overdue: boolean
}

async function promisesOf(db: CommandpostDb, meta: Meta, visitId: string) {
  const { agencyId } = meta.agency
  const { rows } = await sql<PromiseView>`
    select p.promise_id, p.n, p.text, p.by_whom, p.due_at, p.difficulty_id, d.n as difficulty_n,
      p.directive_id, r.number as directive_number, ${passedOn} as followed, p.kept_at, p.kept_by, p.kept_text, ${openPromise} as open, ${overduePromise(meta.now)} as overdue
    from visit_promise p
      left join difficulty d on d.agency_id = p.agency_id and d.difficulty_id = p.difficulty_id
      left join directive r on r.agency_id = p.agency_id and r.directive_id = p.directive_id
    where p.agency_id = ${agencyId} and p.visit_id = ${visitId} order by p.n, p.promise_id`.execute(db)
  const people = await namesOf(
    db,
    agencyId,
    rows.map(row => row.kept_by),
  )
  return rows.map(row => ({
    promiseId: row.promise_id,
    n: row.n,
    text: row.text,
    byWhom: row.by_whom,
    dueAt: row.due_at,
    state: row.open ? (row.followed ? ('followed' as const) : ('open' as const)) : ('kept' as const),
    overdue: row.overdue,
    difficulty:
      row.difficulty_id === null ? null : { difficultyId: row.difficulty_id, n: row.difficulty_n ?? 0 },
    directive:
      row.directive_id === null
        ? null
        : { directiveId: row.directive_id, number: row.directive_number ?? '' },
    keptAt: row.kept_at,
    keptBy: row.kept_by === null ? null : (people.get(row.kept_by) ?? ''),
    keptText: row.kept_text,
  }))
}

const detail = on(visit, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const row = await db
      .selectFrom('visit')
      .selectAll()
      .where('agency_id', '=', agencyId)
      .where('visit_id', '=', input.visitId)
      .executeTakeFirst()
    if (!row) throw mobiliseProblems.visitMissing()
    const [views, promiseRows, enclosures] = await Promise.all([
      viewsOf(db, meta, [row]),
      promisesOf(db, meta, row.visit_id),
      enclosuresOf(db, agencyId, [row.visit_id]),
    ])
    const [view] = views
    if (!view) throw new Error('invariant: one view for each row')
    const mayKeep = meta.actor.roles.some(role => (recorders as readonly string[]).includes(role))
    return { ...view, mayKeep, promiseRows, enclosures: enclosures.get(row.visit_id) ?? [] }
  },
})

export const visitQueries = [list, detail]
