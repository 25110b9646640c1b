// Questions about drafts: how they stand, how they differ, what they break, and why somebody stands somewhere.
import { queriesOn } from '../../kernel/query.ts'
import { publishedBoard } from './board.ts'
import { changedCells, inWords, openOf } from './check.ts'
import {
  board,
  check,
  diff,
  explain,
  landings,
  minuteOf,
  openPlaces,
  plan as planQuery,
  planBoard,
  planFatigue,
  plans,
  restRulesInForce,
  rosterProblems,
  staffingOf,
} from './contracts.ts'
import { explainSeat } from './explain.ts'
import { fatigueOfPlan } from './fatigue-advice.ts'
import { judged, judgedPublished, keptPlan, needPlan } from './judged.ts'
import { landingsOf } from './landings.ts'
import { keptLedger } from './ledger.ts'
import { ledgerUntil, withLedger } from './ledger-problem.ts'
import type { Duty } from './matrix.ts'
import { type Making, needSpan, type PlanState } from './plans.ts'
import { seenPlan } from './plan-board.ts'
import { newestVersion, publishedDuties } from './published.ts'
import { differenceOf } from './publish.ts'
import { rulesOn } from './rest.ts'
import { openLineOf } from './solve-task.ts'
import { any } from './swap-reads.ts'
import type { RosterTables } from './tables.ts'

const on = queriesOn<RosterTables>()

export const planQueries = [
  on(board, {
    sees: 'agency',
    async run(db, input, meta) {
      needSpan(input.fromDay, input.untilDay)
      const { operationId, fromDay, untilDay, names } = input
      const view = await publishedBoard(db, { agency: meta.agency, operationId, fromDay, untilDay })
      // Whether a crew lacks a skill is only known by its names, so the counts are those of the board with names.
      return names ? view : { ...view, officers: [], cells: [] }
    },
  }),

  on(planBoard, {
    sees: 'agency',
    async run(db, input, meta) {
      return (await seenPlan(db, meta, input.planId)).view
    },
  }),

  on(plans, {
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const rows = await db
        .selectFrom('roster_plan as p')
        .select(['p.plan_id', 'p.operation_id', 'p.name', 'p.from_day', 'p.until_day', 'p.state'])
        .select(['p.revision', 'p.based_on', 'p.adopted_at', 'p.solver'])
        .select(eb =>
          eb
            .selectFrom('roster_version as v')
            .select(({ fn }) => fn.max('v.version').as('newest'))
            .whereRef('v.agency_id', '=', 'p.agency_id')
            .whereRef('v.operation_id', '=', 'p.operation_id')
            .whereRef('v.from_day', '<=', 'p.until_day')
            .whereRef('v.until_day', '>=', 'p.from_day')
            .as('newest'),
        )
        .where('p.agency_id', '=', agencyId)
        .where('p.operation_id', '=', input.operationId)
        .where('p.state', 'in', input.states)
        .orderBy('p.adopted_at', 'desc')
        .orderBy('p.plan_id')
        .limit(input.limit)
        .execute()
      return rows.map(row => {
        const making = row.solver as unknown as Making
        return {
          planId: row.plan_id,
          operationId: row.operation_id,
          name: row.name,
          fromDay: row.from_day,
          untilDay: row.until_day,
          state: row.state as PlanState,
          revision: row.revision,
          basedOn: row.based_on,
          stale: Number(row.newest ?? 0) > (row.based_on ?? 0),
          adoptedAt: row.adopted_at,
          edits: making.edits.length,
          solver: making.note,
        }
      })
    },
  }),

  on(planQuery, {
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const plan = await needPlan(db, agencyId, input.planId)
      const newest = await newestVersion(db, agencyId, plan.operationId, plan.fromDay, plan.untilDay)
      return {
        planId: plan.planId,
        operationId: plan.operationId,
        name: plan.name,
        fromDay: plan.fromDay,
        untilDay: plan.untilDay,
        state: plan.state,
        revision: plan.revision,
        basedOn: plan.basedOn,
        stale: (newest ?? 0) > (plan.basedOn ?? 0),
        adoptedAt: plan.adoptedAt,
        edits: plan.making.edits.length,
        solver: plan.making.note,
        matrix: plan.matrix,
        open: plan.open,
      }
    },
  }),

  on(diff, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const plan = await keptPlan(db, agencyId, input.planId)
      const { built, roster, late } = await judged(db, meta, input.planId)
      const rows = await publishedDuties(db, agencyId, plan.operationId, plan.fromDay, plan.untilDay)
      const { added, removed, unchanged } = differenceOf(built, roster.cells, rows)
      const changes = new Map<
        string,
        { officerId: string; day: string; before: Duty | null; after: Duty | null }
      >()
      const at = (officerId: string, day: string) => {
        const key = `${day} ${officerId}`
        const found = changes.get(key) ?? { officerId, day, before: null, after: null }
        changes.set(key, found)
        return found
      }
      for (const one of removed) at(one.officerId, one.day).before = one
      for (const one of added) at(one.officerId, one.day).after = one.duty
      const names = new Map(built.inputs.officers.map(one => [one.officerId, one.name]))
      const named = (duty: Duty | null) =>
        duty && {
          postName: built.inputs.posts.get(duty.postId)?.name ?? '',
          bands: [...duty.bands],
        }
      const all = [...changes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
      return {
        version: built.inputs.basedOn,
        added: added.length,
        removed: removed.length,
        unchanged: unchanged.length,
        late,
        officers: new Set(all.map(one => one.officerId)).size,
        changes: all.slice(0, input.limit).map(({ officerId, day, before, after }) => ({
          officerId,
          name: names.get(officerId) ?? '',
          day,
          before: named(before),
          after: named(after),
        })),
      }
    },
  }),

  on(check, {
    sees: 'agency',
    async run(db, input, meta) {
      const { plan, built, roster, breaches, view } = await seenPlan(db, meta, input.planId)
      const open = openOf(built, roster)
      const reasons = new Map(plan.open.map(line => [openKey(line), line]))
      return {
        breaches: breaches.map(one => inWords(built, one)),
        open: open.map(one => {
          const line = openLineOf(built, one)
          const known = reasons.get(openKey(line))
          return known ? { ...line, reason: known.reason, counts: known.counts } : line
        }),
        openSeats: openPlaces(staffingOf(view, minuteOf(view, meta.now))).open,
        changed: changedCells(built, roster),
        cost: plan.making.note?.cost ?? 0,
      }
    },
  }),

  on(explain, {
    sees: 'agency',
    async run(db, input, meta) {
      const { built, roster } =
        input.planId === null
          ? await judgedPublished(db, meta, input.operationId, input.day)
          : await judged(db, meta, input.planId)
      const untilDay = ledgerUntil(built.inputs.fromDay)
      const ledger = await keptLedger(any(db), meta.agency, { untilDay, now: meta.now })
      return explainSeat(withLedger(built, ledger), roster, input)
    },
  }),

  on(planFatigue, {
    sees: 'agency',
    async run(db, input, meta) {
      const { built, roster } = await judged(db, meta, input.planId)
      return fatigueOfPlan(built, roster.cells)
    },
  }),

  on(landings, {
    sees: 'agency',
    async run(db, input, meta) {
      const plan = await keptPlan(db, meta.agency.agencyId, input.planId)
      if (plan.state !== 'adopted') throw rosterProblems.notADraft()
      const { built, roster } = await judged(db, meta, input.planId)
      return landingsOf(built, roster, plan, input)
    },
  }),

  on(restRulesInForce, {
    run: (db, input, meta) => rulesOn(db, meta.agency.agencyId, input.on),
  }),
]

const openKey = (line: {
  postId: string
  patternId: string
  band: string
  day: string
  skill: string | null
}) => `${line.postId} ${line.patternId} ${line.band} ${line.day} ${line.skill ?? ''}`
