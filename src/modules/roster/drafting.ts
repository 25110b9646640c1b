// What the commands on drafts share: who may draft, what a draft may hold, and whether it holds together.
import type { Kysely } from 'kysely'
import { checkProblem, type ProblemFault } from '../../cores/roster/index.ts'
import type { CommandMeta, CommandTx } from '../../kernel/command.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import { needOperation } from '../operations/index.ts'
import { rosterProblems } from './contracts.ts'
import type { RosterInputs } from './inputs.ts'
import { type Duty, PlanCells } from './matrix.ts'
import { readPlan, type StoredPlan } from './plans.ts'
import type { BuiltProblem } from './problem.ts'
import type { RosterTables } from './tables.ts'

export type RosterTx = CommandTx<RosterTables>

/** A value of a jsonb column; the generated type of a column with a default does not say that it takes a text. */
export const json = (value: unknown) => JSON.stringify(value) as never

/** A roster takes in everybody: whoever sees some units only would publish the others away. */
export function needWholeAgency(meta: Pick<CommandMeta, 'actor'>): void {
  if (meta.actor.scope.unitIds !== '*') throw rosterProblems.wholeAgencyOnly()
}

export function needRunning(tx: RosterTx, meta: CommandMeta, operationId: string) {
  return needOperation(tx.db as unknown as Kysely<unknown>, meta.agency.agencyId, operationId)
}

/** The draft, still a draft, at the revision that the actor saw. */
export async function needDraft(
  tx: RosterTx,
  meta: CommandMeta,
  input: { planId: string; revision: number },
): Promise<StoredPlan> {
  const plan = await readPlan(tx.db, meta.agency.agencyId, input.planId)
  if (!plan) throw kernelProblems.missing({ what: '排班方案' })
  if (plan.state !== 'adopted') throw rosterProblems.notADraft()
  if (plan.revision !== input.revision) throw rosterProblems.changedMeanwhile()
  return plan
}

/** Drafts that overlap the span must be the ones that the actor knew of. */
export async function needNoStranger(
  tx: RosterTx,
  meta: CommandMeta,
  input: {
    operationId: string
    fromDay: string
    untilDay: string
    replaces: string | null
    beside: string[]
  },
): Promise<void> {
  const others = await tx.db
    .selectFrom('roster_plan')
    .select(['plan_id', 'name', 'from_day', 'until_day'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('operation_id', '=', input.operationId)
    .where('state', '=', 'adopted')
    .where('from_day', '<=', input.untilDay)
    .where('until_day', '>=', input.fromDay)
    .orderBy('plan_id')
    .execute()
  const known = new Set([input.replaces, ...input.beside])
  const stranger = others.find(other => !known.has(other.plan_id))
  if (stranger) {
    const name = stranger.name || `${stranger.from_day}—${stranger.until_day}`
    throw rosterProblems.adoptedMeanwhile({ name })
  }
  if (input.replaces !== null && !others.some(other => other.plan_id === input.replaces)) {
    throw rosterProblems.changedMeanwhile()
  }
}

/** Every duty names an officer, a post and bands that are there; days off of people who have left are let go. */
export function needKnown(inputs: RosterInputs, cells: PlanCells): PlanCells {
  const officers = new Set(inputs.officers.map(officer => officer.officerId))
  const strangers = new Set<string>()
  const wrong = new Set<string>()
  const known = new PlanCells(cells.days)
  for (const officerId of cells.officers()) if (officers.has(officerId)) known.addOfficer(officerId)
  for (const { officerId, day, duty } of cells.each()) {
    if (!officers.has(officerId)) strangers.add(officerId)
    if (!isKnownDuty(inputs, duty)) wrong.add(`${duty.postId} ${duty.patternId} ${duty.bands.join('+')}`)
    known.set(officerId, day, duty)
  }
  if (strangers.size > 0) throw rosterProblems.unknownOfficer({ count: strangers.size })
  if (wrong.size > 0) throw rosterProblems.unknownPost({ count: wrong.size })
  return known
}

export function isKnownDuty(inputs: RosterInputs, duty: Duty): boolean {
  if (!inputs.posts.has(duty.postId)) return false
  const bands = inputs.patterns.get(duty.patternId)?.bands
  return (
    bands !== undefined &&
    duty.bands.length > 0 &&
    duty.bands.every(key => bands.some(band => band.key === key))
  )
}

const faultWords: Partial<Record<ProblemFault['code'], { zh: string; en: string }>> = {
  'band-length': {
    zh: '有班次的时长为 0,或超过单次勤务上限(24 小时班只用于备勤和指挥部)',
    en: 'a band lasts nothing or longer than a duty may (24 h are for standby and duty leaders only)',
  },
  'too-many-skills': { zh: '警力需求用到的资质超过 31 种', en: 'demand names more than 31 skills' },
  need: { zh: '有一条警力需求的人数不对', en: 'a line of demand has a wrong number of people' },
  days: { zh: '天数不对', en: 'the number of days is wrong' },
}

/** Nothing is repaired silently: what the solver could not take is said in words. */
export function needSound(built: BuiltProblem): void {
  const [fault] = checkProblem(built.problem)
  if (!fault) return
  const words = faultWords[fault.code] ?? { zh: fault.where, en: fault.where }
  throw rosterProblems.unsound({ whereZh: words.zh, whereEn: words.en, code: fault.code, where: fault.where })
}
