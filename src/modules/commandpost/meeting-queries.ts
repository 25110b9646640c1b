// Reading meetings, with how far the directives are that their decisions became. Meetings are the whole bureau's.
import { type Selectable, sql } from 'kysely'
import type { InputOf } from '../../kernel/contract.ts'
import { queriesOn } from '../../kernel/query.ts'
import { commandPost, type DirectiveState, meeting, meetings, mobiliseProblems } from './contracts.ts'
import { enclosuresOf } from './enclosures.ts'
import type { Meta } from './log-reads.ts'
import { anyId, type CommandpostDb, namesOf } from './lower.ts'
import type { CommandpostTables, MeetingTable } from './tables.ts'

const on = queriesOn<CommandpostTables>()
type Filters = Omit<InputOf<typeof meetings>, 'offset' | 'limit' | 'order' | 'descending'>

function choose(db: CommandpostDb, meta: Meta, input: Filters) {
  let found = db.selectFrom('meeting').where('agency_id', '=', meta.agency.agencyId)
  if (input.operationId) found = found.where('operation_id', '=', input.operationId)
  if (input.only) {
    const wanted =
      input.only === 'unissued'
        ? sql`d.directive_id is null`
        : sql`exists (select from directive r where r.agency_id = d.agency_id
            and r.directive_id = d.directive_id and r.state = 'open')`
    found = found.where(
      sql<boolean>`exists (select from meeting_decision d where d.agency_id = meeting.agency_id
        and d.meeting_id = meeting.meeting_id and ${wanted})`,
    )
  }
  const search = input.search?.trim()
  if (search) {
    found =
      found.where(sql<boolean>`(strpos(concat_ws(' ', title, place, chair, attendees, minutes), ${search}) > 0
      or n::text = ${search} or exists (select from meeting_decision d where d.agency_id = meeting.agency_id
        and d.meeting_id = meeting.meeting_id and strpos(d.text, ${search}) > 0))`)
  }
  return found
}

async function decisionCounts(db: CommandpostDb, meta: Meta, ids: readonly string[]) {
  const { rows } = await sql<{
    meeting_id: string
    all: number
    issued: number
    completed: number
    overdue: number
  }>`
    select d.meeting_id, count(*) as all, count(d.directive_id) as issued,
      count(*) filter (where r.state = 'completed') as completed,
      count(*) filter (where r.state = 'open' and r.due_at <= ${meta.now}::timestamptz) as overdue
    from meeting_decision d
      left join directive r on r.agency_id = d.agency_id and r.directive_id = d.directive_id
    where d.agency_id = ${meta.agency.agencyId} and d.meeting_id = ${anyId(ids)}
    group by d.meeting_id order by d.meeting_id`.execute(db)
  return new Map(rows.map(({ meeting_id, ...counts }) => [meeting_id, counts]))
}

async function viewsOf(db: CommandpostDb, meta: Meta, rows: readonly Selectable<MeetingTable>[]) {
  const { agencyId } = meta.agency
  const [people, counts] = await Promise.all([
    namesOf(
      db,
      agencyId,
      rows.map(row => row.recorded_by),
    ),
    decisionCounts(
      db,
      meta,
      rows.map(row => row.meeting_id),
    ),
  ])
  return rows.map(row => ({
    meetingId: row.meeting_id,
    operationId: row.operation_id,
    n: row.n,
    title: row.title,
    heldAt: row.held_at,
    place: row.place,
    chair: row.chair,
    recordedBy: row.recorded_by === null ? null : (people.get(row.recorded_by) ?? ''),
    decisions: counts.get(row.meeting_id) ?? { all: 0, issued: 0, completed: 0, overdue: 0 },
  }))
}

const columnOf = { n: 'n', title: 'title', heldAt: 'held_at', chair: 'chair' } as const

const list = on(meetings, {
  async run(db, input, meta) {
    const found = choose(db, meta, input)
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await found
      .selectAll()
      .$if(input.order !== undefined, all =>
        all.orderBy(columnOf[input.order ?? 'n'], input.descending ? 'desc' : 'asc'),
      )
      .orderBy('held_at', 'desc')
      .orderBy('meeting_id')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    return { total, rows: await viewsOf(db, meta, rows) }
  },
})

interface DecisionView {
  decision_id: string
  n: number
  text: string
  directive_id: string | null
  number: string | null
  title: string | null
  state: string | null
  due_at: string | null
  completed: number
  all: number
}

async function decisionsOf(db: CommandpostDb, meta: Meta, meetingId: string) {
  const { rows } = await sql<DecisionView>`
    select d.decision_id, d.n, d.text, d.directive_id, r.number, r.title, r.state, r.due_at,
      (select count(*) from directive_addressee a where a.agency_id = d.agency_id
        and a.directive_id = d.directive_id and a.state = 'completed') as completed,
      (select count(*) from directive_addressee a where a.agency_id = d.agency_id
        and a.directive_id = d.directive_id and a.state <> 'withdrawn') as all
    from meeting_decision d
      left join directive r on r.agency_id = d.agency_id and r.directive_id = d.directive_id
    where d.agency_id = ${meta.agency.agencyId} and d.meeting_id = ${meetingId}
    order by d.n, d.decision_id`.execute(db)
  return rows.map(row => ({
    decisionId: row.decision_id,
    n: row.n,
    text: row.text,
    directive:
      row.directive_id === null
        ? null
        : {
            directiveId: row.directive_id,
            number: row.number ?? '',
            title: row.title ?? '',
            state: row.state as DirectiveState,
            dueAt: row.due_at ?? '',
            overdue: row.state === 'open' && (row.due_at ?? '') <= meta.now,
            completed: row.completed,
            all: row.all,
          },
  }))
}

const detail = on(meeting, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const row = await db
      .selectFrom('meeting')
      .selectAll()
      .where('agency_id', '=', agencyId)
      .where('meeting_id', '=', input.meetingId)
      .executeTakeFirst()
    if (!row) throw mobiliseProblems.meetingMissing()
    const [views, decisionRows, enclosures] = await Promise.all([
      viewsOf(db, meta, [row]),
      decisionsOf(db, meta, row.meeting_id),
      enclosuresOf(db, agencyId, [row.meeting_id]),
    ])
    const [view] = views
    if (!view) throw new Error('invariant: one view for each row')
    const { roles, scope } = meta.actor
    return {
      ...view,
      attendees: row.attendees,
      minutes: row.minutes,
      mayChange:
        scope.unitIds === '*' && roles.some(role => (commandPost as readonly string[]).includes(role)),
      decisionRows,
      enclosures: enclosures.get(row.meeting_id) ?? [],
    }
  },
})

export const meetingQueries = [list, detail]

/** The meeting that a directive was decided at; null where it comes from none. */
export async function meetingOfDirective(db: CommandpostDb, agencyId: string, directiveId: string) {
  const row = await db
    .selectFrom('meeting_decision as d')
    .innerJoin('meeting as m', join =>
      join.onRef('m.agency_id', '=', 'd.agency_id').onRef('m.meeting_id', '=', 'd.meeting_id'),
    )
    .select(['m.meeting_id', 'm.n', 'm.title'])
    .where('d.agency_id', '=', agencyId)
    .where('d.directive_id', '=', directiveId)
    .executeTakeFirst()
  return row ? { meetingId: row.meeting_id, n: row.n, title: row.title } : null
}
