// Officers as the solver knows them: skills and when they run out, where they may stand, when they are away, and what
// they have worked before.
import type { Officer, OfficerHistory } from '../../cores/roster/index.ts'
import { addDays } from '../../kernel/time.ts'
import type { RosterOfficer } from '../people/index.ts'
import type { LoopHistory } from './closed-loop.ts'
import { historyDays, type RosterInputs } from './inputs.ts'
import type { Duty } from './matrix.ts'
import type { Slot } from './problem.ts'
import { isNight } from './rest.ts'

const day1440 = 1440
/** Skill that stands for membership of a closed-loop team, when the bureau has formed such teams. */
export const closedLoopSkill = 'closedLoop'

/** What of the problem in the making its officers depend on. */
interface Around {
  inputs: RosterInputs
  slots: readonly Slot[]
  horizon: number
  worked: (duty: Duty) => Worked
  /** Officer → duties of other operations. */
  elsewhere: ReadonlyMap<string, RosterInputs['elsewhere']>
  granted: ReadonlyMap<string, RosterInputs['granted']>
  postCostsOf: (unitId: string) => Record<string, number>
}

/** The problem in the making, with what is looked up for every officer. */
export function aroundOf(
  built: Pick<Around, 'inputs' | 'slots' | 'horizon'>,
  postCostsOf: Around['postCostsOf'],
): Around {
  const { inputs, slots, horizon } = built
  const elsewhere = Map.groupBy(inputs.elsewhere, one => one.officerId)
  const granted = Map.groupBy(inputs.granted, one => one.officerId)
  return { inputs, slots, horizon, worked: workedOf(inputs), elsewhere, granted, postCostsOf }
}

export interface Members {
  anyTeam: boolean
  /** Officer → last day offset as a member. */
  until: Map<string, number>
}

export function membersOf(inputs: RosterInputs): Members {
  const until = new Map<string, number>()
  for (const team of inputs.teams) {
    for (const member of team.members) {
      if (member.from > inputs.fromDay) continue
      const last = member.until ?? team.endsOn
      const offset = last === null ? Number.MAX_SAFE_INTEGER : spanOffset(inputs.fromDay, last)
      until.set(member.officerId, Math.max(offset, until.get(member.officerId) ?? -1))
    }
  }
  return { anyTeam: inputs.teams.some(team => team.members.length > 0), until }
}

const spanOffset = (from: string, day: string) =>
  Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

export function officerFor(
  built: Around,
  officer: RosterOfficer,
  members: Members,
  loops: LoopHistory,
): Officer {
  const { inputs } = built
  const skills: string[] = []
  const skillEnds: Record<string, number> = {}
  for (const { skill, validFrom, validUntil } of officer.skills) {
    // A skill that only begins within the span does not count in it: the solver knows ends, not beginnings.
    if (validFrom !== null && validFrom > inputs.fromDay) continue
    if (validUntil !== null && validUntil < inputs.fromDay) continue
    skills.push(skill)
    if (validUntil !== null) skillEnds[skill] = spanOffset(inputs.fromDay, validUntil)
  }
  const memberUntil = members.until.get(officer.officerId)
  if (memberUntil !== undefined) {
    skills.push(closedLoopSkill)
    if (memberUntil < built.horizon) skillEnds[closedLoopSkill] = memberUntil
  }
  const history = historyOf(built, officer.officerId)
  const worked = inputs.rules.maxMinutesIn30Days - history.minutesIn30Days
  const posts = postsOpenTo(built, officer, memberUntil !== undefined && memberUntil >= inputs.days - 1)
  const loop = loops.get(officer.officerId)
  const unavailable = absencesOf(built, officer)
  if (loop?.restUntilMinute !== undefined) unavailable.push({ from: -day1440, until: loop.restUntilMinute })
  return {
    id: officer.officerId,
    skills,
    skillEnds,
    unit: officer.unitId,
    postCosts: built.postCostsOf(officer.unitId),
    unavailable,
    maxMinutes: Math.max(0, worked),
    history: { ...history.history, ...(loop?.block ? { block: loop.block } : {}) },
    ...(posts ? { posts } : {}),
  }
}

/** Members of a closed loop work there only; a unit that does not lend keeps its people; clerks stay inside. */
function postsOpenTo(built: Around, officer: RosterOfficer, inLoop: boolean): string[] | undefined {
  const { inputs, slots } = built
  if (!inLoop && officer.unitLendable && officer.kind !== 'civilian') return undefined
  return slots
    .filter(slot => {
      const post = inputs.posts.get(slot.postId)
      if (!post) return false
      if (inLoop) return post.closedLoop
      if (!officer.unitLendable && post.unitId !== officer.unitId) return false
      return officer.kind !== 'civilian' || post.kind === 'commandPost' || post.kind === 'reserve'
    })
    .map(slot => `${slot.postId} ${slot.patternId}`)
}

/**
 * Stretches in which no duty may lie. Where only nights are closed, two short stretches of each night stand for
 * them: every band that is a night covers 00:30 or 03:30, and a late band that is none covers neither.
 */
function absencesOf(built: Around, officer: RosterOfficer): { from: number; until: number }[] {
  const { inputs } = built
  const minuteOf = (at: string) => Math.floor((Date.parse(at) - inputs.beginsMs) / 60_000)
  const spans: { from: number; until: number }[] = []
  const end = (built.horizon + 2) * day1440
  for (const { begins, ends } of built.granted.get(officer.officerId) ?? []) {
    spans.push({ from: minuteOf(begins), until: minuteOf(ends) })
  }
  for (const { from, until, noNights } of officer.unavailable) {
    const span = { from: minuteOf(from), until: minuteOf(until) }
    if (span.from >= span.until) continue
    if (noNights) spans.push(...nightsIn(span, inputs.agency.handOverMinute, end))
    else spans.push(span)
  }
  if (officer.beginsOn !== null && officer.beginsOn > inputs.fromDay) {
    spans.push({ from: -day1440, until: spanOffset(inputs.fromDay, officer.beginsOn) * day1440 })
  }
  if (officer.endsOn !== null && officer.endsOn < addDays(inputs.fromDay, built.horizon)) {
    const last = spanOffset(inputs.fromDay, officer.endsOn) + 1
    if (last * day1440 < end) spans.push({ from: Math.max(-day1440, last * day1440), until: end })
  }
  const rest = inputs.rules.minRestMinutes
  for (const { begins, ends } of built.elsewhere.get(officer.officerId) ?? []) {
    spans.push({ from: minuteOf(begins) - rest, until: minuteOf(ends) + rest })
  }
  return spans
}

function nightsIn(span: { from: number; until: number }, handOver: number, end: number) {
  const found: { from: number; until: number }[] = []
  const midnight = day1440 - handOver
  for (let at = midnight - 2 * day1440; at < Math.min(span.until, end); at += day1440) {
    for (const middle of [at + 30, at + 210]) {
      const point = { from: Math.max(span.from, middle - 5), until: Math.min(span.until, middle + 5) }
      if (point.from < point.until) found.push(point)
    }
  }
  return found
}

/** What of a duty its history counts. */
interface Worked {
  minutes: number
  night: boolean
  /** Minutes after the hand-over hour. */
  end: number
}

/** Equal duties are one object, so each is looked into once and not once for every day of every officer. */
function workedOf(inputs: RosterInputs): (duty: Duty) => Worked {
  const known = new Map<Duty, Worked>()
  return duty => {
    let worked = known.get(duty)
    if (!worked) {
      const all = inputs.patterns.get(duty.patternId)?.bands ?? []
      const bands = all.filter(band => duty.bands.includes(band.key))
      worked = {
        minutes: bands.reduce((sum, band) => sum + band.minutes, 0),
        night: bands.some(band => isNight(inputs.agency.handOverMinute, band)),
        end: Math.max(0, ...bands.map(band => band.from + band.minutes)),
      }
      known.set(duty, worked)
    }
    return worked
  }
}

function historyOf(
  { inputs, worked }: Around,
  officerId: string,
): { history: OfficerHistory; minutesIn30Days: number } {
  const { rules } = inputs
  const row = inputs.published.rowsByOfficer().get(officerId)
  const minutesByDay: number[] = []
  let minutesIn30Days = 0
  let nightRun = 0
  let workRun = 0
  let lastEnd: number | undefined
  let restAfter = rules.minRestMinutes
  // The cap runs over the thirty days that end with the span.
  const capFrom = Math.min(0, inputs.days - 30)
  for (let day = -historyDays; day < 0; day += 1) {
    const duty = row?.[day + historyDays]
    const did = duty ? worked(duty) : nothing
    if (day >= capFrom) minutesIn30Days += did.minutes
    if (day >= -14) minutesByDay.push(did.minutes)
    workRun = did.minutes > 0 ? workRun + 1 : 0
    nightRun = did.night ? nightRun + 1 : 0
    if (did.minutes === 0) continue
    const end = day * day1440 + did.end
    let rest = rules.minRestMinutes
    if (did.night) rest = Math.max(rest, rules.minRestAfterNightMinutes)
    if (did.minutes > 720) rest = Math.max(rest, rules.minRestAfterLongMinutes)
    if (lastEnd === undefined || end + rest >= lastEnd + restAfter) {
      lastEnd = end
      restAfter = rest
    }
  }
  return { history: { minutesByDay, workRun, nightRun, lastEnd, restAfter }, minutesIn30Days }
}
const nothing: Worked = { minutes: 0, night: false, end: 0 }
