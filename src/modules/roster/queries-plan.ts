// Questions about drafts: how they stand, how they differ, what they break, and why somebody stands somewhere.
import type { Kysely } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import { type QueryMeta, queriesOn } from '../../kernel/query.ts'
import { addDays } from '../../kernel/time.ts'
import { type BoardGroup, boardOf, publishedGroups } from './board.ts'
import { keeper } from './cache.ts'
import { breachesOf, changedCells, effective, inWords, openOf, openSeats } from './check.ts'
import {
  board,
  check,
  diff,
  explain,
  plan as planQuery,
  planBoard,
  plans,
  restRulesInForce,
} from './contracts.ts'
import { explainSeat } from './explain.ts'
import { publishedAt, readInputs } from './inputs.ts'
import { type Duty, PlanCells, sameDuty } from './matrix.ts'
import { type Making, needSpan, type PlanState, readPlan, type StoredPlan } from './plans.ts'
import { type BuiltProblem, buildProblem, fromRoster } from './problem.ts'
import { newestVersion, publishedDuties, type RosterDb } from './published.ts'
import { differenceOf } from './publish.ts'
import { rulesOn } from './rest.ts'
import { openLineOf } from './solve-task.ts'
import type { RosterTables } from './tables.ts'

const on = queriesOn<RosterTables>()
const any = (db: RosterDb) => db as unknown as Kysely<AnyTables>

async function needPlan(db: RosterDb, agency: AgencySettings, planId: string): Promise<StoredPlan> {
  const plan = await readPlan(db, agency.agencyId, planId)
  if (!plan) throw kernelProblems.missing({ what: '排班方案' })
  return plan
}

interface Judged {
  plan: StoredPlan
  built: BuiltProblem
  roster: { days: number; cells: Int32Array }
  late: number
}

/** A judged plan is some megabytes: those of the last few people who look at one are kept. */
const judgedKept = keeper(4)
const minuteOf = (now: string) => now.slice(0, 16)

/** The plan as a problem with its roster; kept while the journal stands still and the minute lasts. */
function judged(db: RosterDb, meta: QueryMeta, planId: string): Promise<Judged> {
  const about = `plan ${planId} ${minuteOf(meta.now)}`
  return judgedKept(any(db), meta.agency.agencyId, about, async () => {
    const plan = await needPlan(db, meta.agency, planId)
    const { operationId, fromDay, untilDay } = plan
    const inputs = await readInputs(any(db), meta.agency, operationId, fromDay, untilDay, meta.now)
    const built = buildProblem(inputs, { cells: plan.cells })
    return { plan, built, ...effective(built, plan.cells) }
  })
}

/** Days on both sides of the day looked at that can bear on it: runs and weeks reach no further. */
const around = 8

function judgedPublished(db: RosterDb, meta: QueryMeta, operationId: string, day: string): Promise<Judged> {
  const about = `published ${operationId} ${day} ${minuteOf(meta.now)}`
  return judgedKept(any(db), meta.agency.agencyId, about, async () => {
    const [from, until] = [addDays(day, -around), addDays(day, around)]
    const inputs = await readInputs(any(db), meta.agency, operationId, from, until, meta.now)
    const cells = new PlanCells(inputs.days)
    for (const { officerId } of inputs.officers) {
      for (let at = 0; at < inputs.days; at += 1) cells.set(officerId, at, publishedAt(inputs, officerId, at))
    }
    const built = buildProblem(inputs, { cells })
    return { plan: undefined as never, built, ...effective(built, cells) }
  })
}

function planGroups({ plan, built, roster }: Judged, broken: ReadonlySet<string>): BoardGroup[] {
  const locked = new Set(plan.making.locks.map(([officerId, day]) => `${officerId} ${day}`))
  const compared = built.problem.previous !== undefined
  const groups = new Map<string, { group: BoardGroup; officers: string[]; flags: number[] }>()
  const { inputs } = built
  const add = (officerId: string, day: number, duty: Duty) => {
    const key = `${day} ${duty.postId} ${duty.patternId} ${duty.bands.join('+')}`
    let found = groups.get(key)
    if (!found) {
      const [officers, flags]: [string[], number[]] = [[], []]
      const { postId, patternId, bands } = duty
      found = { group: { postId, patternId, day, bands, officers, count: 0, flags }, officers, flags }
      groups.set(key, found)
    }
    const before = publishedAt(inputs, officerId, day)
    const changed = compared && !sameDuty(before, duty) ? 1 : 0
    const place = `${officerId} ${day}`
    found.officers.push(officerId)
    found.flags.push(changed | (locked.has(place) ? 2 : 0) | (broken.has(place) ? 4 : 0))
    found.group.count += 1
  }
  for (const { officerId, day, duty } of fromRoster(built, roster.cells).each()) add(officerId, day, duty)
  return [...groups.values()].map(one => one.group)
}

export const planQueries = [
  on(board, {
    sees: 'agency',
    async run(db, input, meta) {
      needSpan(input.fromDay, input.untilDay)
      const { operationId, fromDay, untilDay, names } = input
      const span = { agency: meta.agency, operationId, fromDay, untilDay }
      const [groups, version] = await Promise.all([
        publishedGroups(db, span, names),
        newestVersion(db, meta.agency.agencyId, operationId, fromDay, untilDay),
      ])
      return boardOf(any(db), span, groups, null, version, names)
    },
  }),

  on(planBoard, {
    sees: 'agency',
    async run(db, input, meta) {
      const found = await judged(db, meta, input.planId)
      const { plan, built, roster } = found
      const broken = new Set(breachesOf(built, roster).map(one => `${one.officerId} ${one.day}`))
      const span = { agency: meta.agency, ...plan }
      const groups = planGroups(found, broken)
      return boardOf(any(db), span, groups, plan, built.inputs.basedOn, true)
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
      const plan = await needPlan(db, meta.agency, input.planId)
      const { agencyId } = meta.agency
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
      const { plan, built, roster, late } = await judged(db, meta, input.planId)
      const { agencyId } = meta.agency
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
      const { plan, built, roster } = await judged(db, meta, input.planId)
      const open = openOf(built, roster)
      const reasons = new Map(plan.open.map(line => [openKey(line), line]))
      return {
        breaches: breachesOf(built, roster).map(one => inWords(built, one)),
        open: open.map(one => {
          const line = openLineOf(built, one)
          const known = reasons.get(openKey(line))
          return known ? { ...line, reason: known.reason, counts: known.counts } : line
        }),
        openSeats: openSeats(open),
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
      return explainSeat(built, roster, input)
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
