// Reading recalls: the list, the board against the clock, and what is asked of oneself.
import { sql } from 'kysely'
import { queriesOn } from '../../kernel/query.ts'
import { levelOrder } from '../operations/index.ts'
import { awayBetween } from '../people/index.ts'
import {
  type closeHows,
  type ExemptClass,
  myRecalls,
  type RecalledState,
  recallBoard,
  recallKeepers,
  recallLeaders,
  recallPreview,
  recalls,
} from './contracts.ts'
import type { Meta } from './log-reads.ts'
import { anyDb, type CommandpostDb, minutesLater, postNames, unitsOf, utc } from './lower.ts'
import { chooseOfficers } from './recall-choice.ts'
import { addCounts, allRecalled, countsOf, noCounts, overdueAt, recalledRows } from './recall-counts.ts'
import { type RecallRow, recallOf } from './recall-reads.ts'
import type { CommandpostTables } from './tables.ts'

const on = queriesOn<CommandpostTables>()

const preview = on(recallPreview, {
  async run(db, input, meta) {
    const at = { agency: meta.agency, actor: meta.actor, now: meta.now }
    const reportBy = input.reportBy && utc(input.reportBy) > meta.now ? utc(input.reportBy) : undefined
    const chosen = await chooseOfficers(db, { ...at, ...(reportBy ? { reportBy } : {}) }, input)
    const units = await unitsOf(db, meta.agency.agencyId)
    const nameOf = (unitId: string) => units.get(unitId)?.shortName ?? ''
    const rows = [...units.keys()].flatMap(unitId => {
      const own = chosen.called.filter(one => one.unitId === unitId)
      const onDuty = own.filter(one => one.dutyPostId !== null).length
      return own.length > 0 ? [{ unitId, unitName: nameOf(unitId), called: own.length - onDuty, onDuty }] : []
    })
    const asked = chosen.called.filter(one => one.dutyPostId === null)
    const { seconded, already, missing, spared } = chosen
    return {
      ...{ seconded, already, missing, spared },
      called: asked.length,
      onDuty: chosen.called.length - asked.length,
      away: asked.filter(one => one.away).length,
      units: rows,
      officers: asked.map(({ officerId, name, badge, unitId }) => ({
        officerId,
        name,
        badge,
        unitName: nameOf(unitId),
      })),
    }
  },
})

async function recallViews(db: CommandpostDb, meta: Meta, rows: readonly RecallRow[]) {
  const { agencyId } = meta.agency
  const [units, posts, counts] = await Promise.all([
    unitsOf(db, agencyId),
    postNames(
      db,
      agencyId,
      rows.map(row => row.operation_id),
    ),
    countsOf(
      db,
      agencyId,
      rows.map(row => row.recall_id),
      meta.now,
    ),
  ])
  const views = []
  for (const row of rows) {
    const level = row.level_id ? await levelOrder(anyDb(db), agencyId, row.level_id) : undefined
    const own = counts.filter(one => one.recall_id === row.recall_id)
    views.push({
      recallId: row.recall_id,
      n: row.n,
      reason: row.reason,
      orderedBy: row.ordered_by,
      orderedAt: row.ordered_at,
      reportUnitName: row.report_unit_id === null ? null : (units.get(row.report_unit_id)?.shortName ?? ''),
      reportPostName: row.report_post_id === null ? null : (posts.get(row.report_post_id) ?? ''),
      reportBy: row.report_by,
      answerMinutes: row.answer_minutes,
      sharePercent: row.share_percent,
      levelNumber: level?.order_number ?? null,
      state: row.state as 'open' | 'closed',
      closedAt: row.closed_at,
      closedHow: row.closed_how as (typeof closeHows)[number] | null,
      closedWhy: row.closed_why,
      counts: own.map(({ recall_id: _recall, unit_id: _unit, ...one }) => one).reduce(addCounts, noCounts),
    })
  }
  return views
}

const list = on(recalls, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const search = input.search?.trim()
    let found = db
      .selectFrom('recall')
      .where('agency_id', '=', agencyId)
      .where('operation_id', '=', input.operationId)
    if (search) {
      found = found.where(
        sql<boolean>`(strpos(reason || ' ' || ordered_by, ${search}) > 0 or n::text = ${search})`,
      )
    }
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await found
      .selectAll()
      .orderBy(sql`case state when 'open' then 0 else 1 end`)
      .orderBy('n', 'desc')
      .orderBy('recall_id')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    return { total, rows: await recallViews(db, meta, rows) }
  },
})

const curveSteps = 24

/** Evenly over the time of the recall, to its end, its last arrival or now, whichever is latest. */
async function curveOf(db: CommandpostDb, meta: Meta, row: RecallRow) {
  const rows = await recalledRows(db, meta.agency.agencyId)
    .select(['recall_officer.officer_id', 'recall_officer.arrived_at', 'recall_officer.eta'])
    .where('recall_officer.recall_id', '=', row.recall_id)
    .where(sql<boolean>`recall_officer.state in ('arrived', 'coming')`)
    .orderBy('recall_officer.officer_id')
    .execute()
  const end = row.closed_at ?? (meta.now > row.report_by ? meta.now : row.report_by)
  const [from, until] = [
    Date.parse(row.ordered_at),
    Math.max(Date.parse(end), Date.parse(row.ordered_at) + 60_000),
  ]
  return Array.from({ length: curveSteps + 1 }, (_, step) => {
    const at = new Date(from + ((until - from) * step) / curveSteps).toISOString()
    const arrived = rows.filter(one => one.arrived_at !== null && one.arrived_at <= at).length
    const expected = rows.filter(one => (one.arrived_at ?? one.eta ?? '~') <= at).length
    return { at, arrived: at <= meta.now ? arrived : null, expected }
  })
}

const board = on(recallBoard, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const row = await recallOf(db, agencyId, input.recallId)
    const [views, units, counts, curve] = await Promise.all([
      recallViews(db, meta, [row]),
      unitsOf(db, agencyId),
      countsOf(db, agencyId, [row.recall_id], meta.now),
      curveOf(db, meta, row),
    ])
    const [view] = views
    if (!view) throw new Error('invariant: one view for each row')
    const { accountId, roles, scope } = meta.actor
    const leads = scope.unitIds === '*' || row.ordered_account === accountId
    const has = (wanted: readonly string[]) => roles.some(role => wanted.includes(role))
    return {
      ...view,
      now: meta.now,
      mayClose: row.state === 'open' && leads && has(recallLeaders),
      mayKeep: row.state === 'open' && has(recallKeepers),
      units: [...units].flatMap(([unitId, unit]) => {
        const own = counts.find(one => one.unit_id === unitId)
        if (!own) return []
        const { recall_id: _recall, unit_id: _unit, ...sums } = own
        return [{ unitId, unitName: unit.shortName, ...sums }]
      }),
      curve,
    }
  },
})

const mine = on(myRecalls, {
  async run(db, _input, meta) {
    const { agencyId } = meta.agency
    const { officerId } = meta.actor
    if (officerId === null) return { now: meta.now, rows: [] }
    // His own, wherever his account is limited to.
    const rows = await allRecalled(db, agencyId)
      .selectAll('recall_officer')
      .select(['r.n', 'r.reason', 'r.ordered_by', 'r.report_by', 'r.operation_id'])
      .select(['r.report_unit_id', 'r.report_post_id', overdueAt(meta.now).as('overdue')])
      .where('recall_officer.officer_id', '=', officerId)
      .where('r.state', '=', 'open')
      .orderBy('r.report_by')
      .orderBy('recall_officer.recall_id')
      .execute()
    const [units, posts, away] = await Promise.all([
      unitsOf(db, agencyId),
      postNames(
        db,
        agencyId,
        rows.map(row => row.operation_id),
      ),
      awayBetween(anyDb(db), agencyId, [officerId], [meta.now, minutesLater(meta.now, 1)]),
    ])
    const until = away
      .filter(one => one.availabilityId !== null)
      .map(one => one.ends)
      .sort()
      .at(-1)
    return {
      now: meta.now,
      rows: rows.map(row => ({
        recallId: row.recall_id,
        n: row.n,
        reason: row.reason,
        orderedBy: row.ordered_by,
        placeName:
          row.report_post_id === null
            ? (units.get(row.report_unit_id ?? row.unit_id)?.shortName ?? '')
            : (posts.get(row.report_post_id) ?? ''),
        reportBy: row.report_by,
        state: row.state as RecalledState,
        overdue: row.overdue,
        eta: row.eta,
        exemptClass: row.exempt_class as ExemptClass | null,
        exemptUntil: row.exempt_until,
        dutyPostName: row.duty_post_id === null ? null : (posts.get(row.duty_post_id) ?? ''),
        awayUntil: until ?? null,
        seconded: row.seconded,
        arrivedAt: row.arrived_at,
      })),
    }
  },
})

export const recallQueries = [preview, list, board, mine]
