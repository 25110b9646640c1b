// The officers of a recall as a list, and one of them with what was said and done.
import { sql } from 'kysely'
import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { queriesOn } from '../../kernel/query.ts'
import { spanOf } from '../../kernel/time.ts'
import { officerNames, unitSubtree } from '../people/index.ts'
import {
  type ExemptClass,
  mobiliseProblems,
  recalled,
  recalledOfficer,
  type RecalledState,
  recalledStates,
  recallKeepers,
} from './contracts.ts'
import type { Meta } from './log-reads.ts'
import { anyDb, anyId, anyText, type CommandpostDb, namesOf, postNames, unitsOf } from './lower.ts'
import { overdueAt, recalledRows, unansweredAt } from './recall-counts.ts'
import { isIn } from './recall-reads.ts'
import type { CommandpostTables } from './tables.ts'

const on = queriesOn<CommandpostTables>()
type Filters = Omit<InputOf<typeof recalled>, 'offset' | 'limit'>
type View = OutputOf<typeof recalled>['rows'][number]

function inSpan(column: 'called_at' | 'arrived_at', meta: Meta, from?: string, until?: string) {
  const [first, last] = [from ?? until, until ?? from]
  if (!first || !last) return undefined
  const span = spanOf(meta.agency, first, last)
  const at = sql.ref(`recall_officer.${column}`)
  return sql<boolean>`(${at} >= ${span.begins}::timestamptz and ${at} < ${span.ends}::timestamptz
    and recall_officer.state <> 'onDuty')`
}

async function rowsOf(db: CommandpostDb, meta: Meta, input: Partial<Filters> & { officerId?: string }) {
  const { agencyId } = meta.agency
  let found = recalledRows(db, agencyId)
  if (input.recallId) found = found.where('recall_officer.recall_id', '=', input.recallId)
  if (input.officerId) found = found.where('recall_officer.officer_id', '=', input.officerId)
  if (input.states?.length) found = found.where('recall_officer.state', '=', anyText(input.states))
  if (input.unitId) {
    const below = await unitSubtree(anyDb(db), agencyId, input.unitId)
    found = found.where('recall_officer.unit_id', '=', anyId(below))
  }
  if (input.overdue) found = found.where(overdueAt(meta.now))
  if (input.unanswered) found = found.where(unansweredAt(meta.now))
  const called = inSpan('called_at', meta, input.calledFrom, input.calledUntil)
  const came = inSpan('arrived_at', meta, input.arrivedFrom, input.arrivedUntil)
  if (called) found = found.where(called)
  if (came) found = found.where(came)
  return found
    .selectAll('recall_officer')
    .select(['r.n', 'r.operation_id', 'r.report_by', 'r.state as recall_state'])
    .select([overdueAt(meta.now).as('overdue'), unansweredAt(meta.now).as('unanswered')])
    .orderBy('r.n', 'desc')
    .orderBy('recall_officer.recall_id')
    .orderBy('recall_officer.officer_id')
    .execute()
}
type Row = Awaited<ReturnType<typeof rowsOf>>[number]

async function viewsOf(db: CommandpostDb, meta: Meta, rows: readonly Row[]): Promise<View[]> {
  const { agencyId } = meta.agency
  const [people, units, posts] = await Promise.all([
    officerNames(
      anyDb(db),
      agencyId,
      rows.map(row => row.officer_id),
    ),
    unitsOf(db, agencyId),
    postNames(
      db,
      agencyId,
      rows.filter(row => row.duty_post_id !== null).map(row => row.operation_id),
    ),
  ])
  return rows.map(row => {
    // Who was transferred out of the asker’s units since is still counted where he was called.
    const officer = people.get(row.officer_id)
    return {
      recallId: row.recall_id,
      recallN: row.n,
      officerId: row.officer_id,
      name: officer?.name ?? '',
      badge: officer?.badge ?? '',
      kind: officer?.kind ?? 'police',
      unitId: row.unit_id,
      unitName: units.get(row.unit_id)?.shortName ?? '',
      state: row.state as RecalledState,
      overdue: row.overdue,
      unanswered: row.unanswered,
      calledAt: row.called_at,
      reachedAt: row.reached_at,
      tries: row.tries,
      eta: row.eta,
      away: row.away,
      seconded: row.seconded,
      leaveEnded: row.leave_ended,
      exemptClass: row.exempt_class as ExemptClass | null,
      exemptUntil: row.exempt_until,
      arrivedAt: row.arrived_at,
      arrivedHow: row.arrived_how as 'self' | 'roll' | null,
      dutyPostName: row.duty_post_id === null ? null : (posts.get(row.duty_post_id) ?? ''),
    }
  })
}

/** Those past the time first, then those without an answer, then as the states go; within, by unit and name. */
const weight = (row: View) => (row.overdue ? -2 : row.unanswered ? -1 : recalledStates.indexOf(row.state))
const latest = '9999'

function sorted(rows: readonly View[], input: Filters, place: ReadonlyMap<string, number>): View[] {
  const by: Record<NonNullable<Filters['order']>, (a: View, b: View) => number> = {
    name: (a, b) => a.name.localeCompare(b.name, 'zh-Hans-CN'),
    unit: (a, b) => (place.get(a.unitId) ?? 0) - (place.get(b.unitId) ?? 0),
    state: (a, b) => weight(a) - weight(b),
    eta: (a, b) => ((a.eta ?? latest) < (b.eta ?? latest) ? -1 : a.eta === b.eta ? 0 : 1),
    arrivedAt: (a, b) =>
      (a.arrivedAt ?? latest) < (b.arrivedAt ?? latest) ? -1 : a.arrivedAt === b.arrivedAt ? 0 : 1,
  }
  const asked = input.order ? by[input.order] : () => 0
  const turn = input.descending ? -1 : 1
  return [...rows].sort(
    (a, b) =>
      turn * asked(a, b) ||
      b.recallN - a.recallN ||
      weight(a) - weight(b) ||
      by.unit(a, b) ||
      by.name(a, b) ||
      (a.officerId < b.officerId ? -1 : 1),
  )
}

const list = on(recalled, {
  async run(db, input, meta) {
    const [all, units] = await Promise.all([rowsOf(db, meta, input), unitsOf(db, meta.agency.agencyId)])
    const search = input.search?.trim() ?? ''
    const rows = (await viewsOf(db, meta, all)).filter(
      row =>
        (!input.kinds?.length || input.kinds.includes(row.kind)) &&
        (search === '' || `${row.name} ${row.badge} ${row.unitName}`.includes(search)),
    )
    const place = new Map([...units.keys()].map((unitId, at) => [unitId, at]))
    const page = sorted(rows, input, place).slice(input.offset, input.offset + input.limit)
    return { total: rows.length, rows: page }
  },
})

async function stepsOf(db: CommandpostDb, agencyId: string, recallId: string, officerId: string) {
  const rows = await db
    .selectFrom('recall_step')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('recall_id', '=', recallId)
    .where('officer_id', '=', officerId)
    .orderBy('n')
    .execute()
  const people = await namesOf(
    db,
    agencyId,
    rows.map(row => row.by_account),
  )
  return rows.map(row => ({
    n: row.n,
    kind: row.kind as 'coming',
    at: row.at,
    by: row.by_account === null ? null : (people.get(row.by_account) ?? ''),
    phonedAt: row.phoned_at,
    text: row.text,
  }))
}

const detail = on(recalledOfficer, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const [row] = await rowsOf(db, meta, input)
    if (!row) throw mobiliseProblems.notCalled()
    const [views, steps, people, seen] = await Promise.all([
      viewsOf(db, meta, [row]),
      stepsOf(db, agencyId, input.recallId, input.officerId),
      namesOf(db, agencyId, [row.exempt_account, row.arrived_account]),
      officerNames(anyDb(db), agencyId, [row.officer_id]),
    ])
    const [view] = views
    if (!view) throw new Error('invariant: one view for each row')
    const name = (id: string | null) => (id === null ? null : (people.get(id) ?? ''))
    const keeps =
      row.recall_state === 'open' &&
      seen.size > 0 &&
      meta.actor.roles.some(role => recallKeepers.includes(role))
    return {
      ...view,
      now: meta.now,
      reportBy: row.report_by,
      exemptBy: name(row.exempt_account),
      arrivedBy: name(row.arrived_account),
      may: {
        phone: keeps && !isIn(row),
        decide: keeps && row.state === 'asked' && meta.actor.officerId !== row.officer_id,
        arrive: keeps && !isIn(row),
        strike: keeps && row.state === 'arrived',
      },
      steps,
    }
  },
})

export const recallPeople = [list, detail]
