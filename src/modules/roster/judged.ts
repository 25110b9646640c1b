// Drafts and published days with their problem: what the questions of somebody who clicks through a board rest on.
import type { Kysely } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import type { QueryMeta } from '../../kernel/query.ts'
import { addDays } from '../../kernel/time.ts'
import { weekdayOf } from '../posts/index.ts'
import { keeper } from './cache.ts'
import { effective } from './check.ts'
import { keptInputs, keptPatterns, problemTables, type RosterSpan, stageOf } from './inputs.ts'
import { readPlan, type StoredPlan } from './plans.ts'
import { type BuiltProblem, buildProblem } from './problem.ts'
import type { RosterDb } from './published.ts'

export interface Judged {
  built: BuiltProblem
  /** As it would be: the plan where nothing has begun, the published roster elsewhere. */
  roster: { days: number; cells: Int32Array }
  /** Duties of the plan that had begun before it was made, and so cannot be. */
  late: number
}

const any = (db: RosterDb) => db as unknown as Kysely<AnyTables>

export async function needPlan(db: RosterDb, agencyId: string, planId: string): Promise<StoredPlan> {
  const plan = await readPlan(db, agencyId, planId)
  if (!plan) throw kernelProblems.missing({ what: '排班方案' })
  return plan
}

export const planTables: readonly string[] = [...problemTables, 'roster_plan']
const plansKept = keeper(8)
/** As `needPlan`, for queries: read again when the draft has changed. */
export function keptPlan(db: RosterDb, agencyId: string, planId: string): Promise<StoredPlan> {
  return plansKept(any(db), { agencyId, about: planId, tables: ['roster_plan'] }, () =>
    needPlan(db, agencyId, planId),
  )
}

/** A judged plan is some megabytes: those of the last few people who look at one are kept. */
const judgedKept = keeper(6)

/**
 * What `stage` tells of the clock is all that a problem takes from it, so one is kept until the next band begins and
 * not for a minute.
 */
export async function stageWord(
  db: RosterDb,
  agency: AgencySettings,
  fromDay: string,
  now: string,
): Promise<string> {
  const stage = stageOf(agency, fromDay, await keptPatterns(any(db), agency.agencyId), now)
  return `${stage} ${agency.timeZone} ${agency.handOverMinute}`
}

/** The plan as a problem with its roster. */
export async function judged(
  db: RosterDb,
  meta: Pick<QueryMeta, 'agency' | 'now'>,
  planId: string,
): Promise<Judged> {
  const { agency, now } = meta
  const { agencyId } = agency
  const plan = await keptPlan(db, agencyId, planId)
  const about = `plan ${planId} ${await stageWord(db, agency, plan.fromDay, now)}`
  return judgedKept(any(db), { agencyId, about, tables: planTables }, async () => {
    const { cells, making } = plan
    const inputs = await keptInputs(any(db), agency, plan, now)
    // Who else could is told in the order of what the draft was made with.
    const built = buildProblem(inputs, { cells, preference: making.note?.preference })
    return { built, ...effective(built, plan.cells) }
  })
}

/** Days on both sides of the day looked at that can bear on it: runs and weeks reach no further. */
const around = 8

/** The published roster around a day: one problem for all days of its week, so that clicking on finds it there. */
export async function judgedPublished(
  db: RosterDb,
  meta: QueryMeta,
  operationId: string,
  day: string,
): Promise<Judged> {
  const { agency, now } = meta
  const { agencyId } = agency
  const monday = addDays(day, 1 - weekdayOf(day))
  const span: RosterSpan = {
    operationId,
    fromDay: addDays(monday, -around),
    untilDay: addDays(monday, 6 + around),
  }
  const about = `published ${operationId} ${monday} ${await stageWord(db, agency, span.fromDay, now)}`
  return judgedKept(any(db), { agencyId, about, tables: problemTables }, async () => {
    const built = buildProblem(await keptInputs(any(db), agency, span, now))
    const { previous, officers } = built.problem
    const cells = previous?.cells ?? new Int32Array(officers.length * built.horizon)
    return { built, roster: { days: built.horizon, cells }, late: 0 }
  })
}
