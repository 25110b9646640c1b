// Suppositions laid over the books of a roster: what comes out is again the inputs of a roster, so everything behind
// them, rest, runs and closed loops, follows as it does for a real one. Nothing that is given is changed.
import type { Kysely } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import { addDays, daysBetween, instantAt } from '../../kernel/time.ts'
import { type RosterOfficer, type UnitName, unitNames } from '../people/index.ts'
import {
  copiesOf,
  type DayDemand,
  type PostForRoster,
  typicalDemand,
  weekdayOf,
  zonesFor,
} from '../posts/index.ts'
import { ruleLimits, type Supposition, supposedPostsMost } from './contracts.ts'
import { historyDays, type RosterInputs, type RosterSpan } from './inputs.ts'
import { type Duty, PlanCells } from './matrix.ts'
import { defaultRules } from './rest.ts'
import { whatIfProblems } from './what-if-problems.ts'

/** What suppositions are about, beyond the inputs of the roster itself. */
export interface SupposedBooks {
  zones: Map<string, { name: string; posts: PostForRoster[] }>
  /** What each post that is copied usually needs. */
  typical: DayDemand[]
  units: Map<string, UnitName>
}

export interface Supposed {
  inputs: RosterInputs
  /** Ids of posts that are supposed. */
  posts: Set<string>
  absent: number
  closed: number
}

/** Everything that is named must be of this agency and this operation. */
export async function readSupposedBooks(
  db: Kysely<AnyTables>,
  agencyId: string,
  inputs: RosterInputs,
  list: readonly Supposition[],
): Promise<SupposedBooks> {
  const { operationId, fromDay, untilDay } = inputs
  const posts = [...inputs.posts.values()]
  const [zoneRows, units] = await Promise.all([zonesFor(db, agencyId, operationId), unitNames(db, agencyId)])
  const zones: SupposedBooks['zones'] = new Map(
    zoneRows.map(({ zoneId, name }) => [
      zoneId,
      { name, posts: posts.filter(post => post.zoneId === zoneId) },
    ]),
  )
  const copied = new Set<string>()
  for (const one of list) {
    if (one.kind === 'zones') {
      const zone = zones.get(one.likeZoneId)
      if (!zone) throw kernelProblems.missing({ what: '区域' })
      for (const { postId } of zone.posts) copied.add(postId)
    } else if (one.kind === 'rounds' || one.kind === 'closed') {
      const postId = one.kind === 'rounds' ? one.likePostId : one.postId
      if (!inputs.posts.has(postId)) throw kernelProblems.missing({ what: '点位' })
      if (one.kind === 'rounds') copied.add(postId)
    } else if (one.kind === 'absent' && one.unitId !== null && !units.has(one.unitId)) {
      throw kernelProblems.missing({ what: '单位' })
    }
  }
  const typical =
    copied.size === 0
      ? []
      : await typicalDemand(db, agencyId, { operationId, fromDay, untilDay }, [...copied])
  return { zones, typical, units }
}

/** What adds comes first, then what closes, so that the order of the list does not matter. */
export function supposed(inputs: RosterInputs, list: readonly Supposition[], books: SupposedBooks): Supposed {
  list.forEach((one, at) => {
    if ('fromDay' in one) needInside(inputs, one, at + 1)
  })
  const rules = rulesOf(inputs, list)
  const added = additions(inputs, list, books)
  const { officers, absent } = absences(inputs, list, books)
  const closed = list.filter(one => one.kind === 'closed')
  const isClosed = (postId: string, day: string) =>
    closed.some(one => one.postId === postId && one.fromDay <= day && day <= one.untilDay)
  const demand = [...inputs.demand, ...added.demand].filter(one => !isClosed(one.postId, one.day))
  return {
    inputs: {
      ...inputs,
      rules,
      officers,
      demand,
      posts: new Map([...inputs.posts, ...added.posts.map(post => [post.postId, post] as const)]),
      published: closed.length === 0 ? inputs.published : withoutClosed(inputs, isClosed),
    },
    posts: new Set(added.posts.map(post => post.postId)),
    absent,
    closed: new Set(closed.map(one => one.postId)).size,
  }
}

function needInside(span: RosterSpan, one: { fromDay: string; untilDay: string }, n: number): void {
  if (one.fromDay < span.fromDay || one.untilDay > span.untilDay || one.fromDay > one.untilDay) {
    throw whatIfProblems.supposedOutside({ n })
  }
}

function rulesOf(inputs: RosterInputs, list: readonly Supposition[]): RosterInputs['rules'] {
  const rules = { ...defaultRules, ...inputs.rules }
  const seen = new Set<string>()
  list.forEach((one, at) => {
    if (one.kind !== 'rest') return
    const { least, most } = ruleLimits[one.rule]
    if (one.value < least || one.value > most) throw whatIfProblems.ruleOutside({ n: at + 1, least, most })
    if (seen.has(one.rule)) throw whatIfProblems.ruleTwice()
    seen.add(one.rule)
    rules[one.rule] = one.value
  })
  return rules
}

function daysIn({ fromDay, untilDay }: { fromDay: string; untilDay: string }): string[] {
  return Array.from({ length: daysBetween(fromDay, untilDay) + 1 }, (_, at) => addDays(fromDay, at))
}

function additions(inputs: RosterInputs, list: readonly Supposition[], books: SupposedBooks) {
  const posts: PostForRoster[] = []
  const demand: DayDemand[] = []
  const wanted = list.reduce((sum, one) => {
    if (one.kind === 'zones') return sum + one.count * (books.zones.get(one.likeZoneId)?.posts.length ?? 0)
    return one.kind === 'rounds' ? sum + one.sites : sum
  }, 0)
  if (wanted > supposedPostsMost) {
    throw whatIfProblems.supposedTooMuch({ posts: wanted, most: supposedPostsMost })
  }
  list.forEach((one, at) => {
    if (one.kind !== 'zones' && one.kind !== 'rounds') return
    const zone = one.kind === 'zones' ? books.zones.get(one.likeZoneId) : undefined
    const post = one.kind === 'rounds' ? inputs.posts.get(one.likePostId) : undefined
    const like = zone?.posts ?? (post ? [post] : [])
    const name = zone?.name ?? post?.name ?? ''
    if (like.length === 0) throw whatIfProblems.supposedZoneBare({ name })
    const postIds = new Set(like.map(each => each.postId))
    const typical = books.typical.filter(line => postIds.has(line.postId))
    if (typical.length === 0) throw whatIfProblems.supposedNothing({ name })
    const days = daysIn(one).filter(day => one.kind === 'zones' || one.weekdays.includes(weekdayOf(day)))
    const count = one.kind === 'zones' ? one.count : one.sites
    const copies = copiesOf({ like, typical, count, days, mark: `supposed-${at + 1}` })
    posts.push(...copies.posts)
    for (const line of copies.demand) demand.push(line)
  })
  return { posts, demand }
}

// -------------------------------------------------------------------------------------------------------- people

/** The same people whenever the same is supposed, and in no order that anybody could be meant by. */
function shuffled(officers: readonly RosterOfficer[], n: number): RosterOfficer[] {
  const mixed = (text: string) => {
    let hash = 2_166_136_261
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619)
    return hash >>> 0
  }
  return officers
    .map(officer => ({ officer, key: mixed(`${n} ${officer.officerId}`) }))
    .sort((a, b) => a.key - b.key || (a.officer.officerId < b.officer.officerId ? -1 : 1))
    .map(one => one.officer)
}

export function unitsBelow(units: ReadonlyMap<string, UnitName>, top: string): Set<string> {
  const inside = new Set([top])
  // Units come in the order of protocol and not of the tree, so it is gone through until nothing is added.
  for (let size = 0; size < inside.size; ) {
    size = inside.size
    for (const [unitId, { parentId }] of units)
      if (parentId !== null && inside.has(parentId)) inside.add(unitId)
  }
  return inside
}

function absences(inputs: RosterInputs, list: readonly Supposition[], books: SupposedBooks) {
  const taken = new Map<string, RosterOfficer['unavailable']>()
  list.forEach((one, at) => {
    if (one.kind !== 'absent') return
    const instant = (day: string) => instantOf(inputs.agency, day)
    const span = { from: instant(one.fromDay), until: instant(addDays(one.untilDay, 1)), noNights: false }
    const units = one.unitId === null ? null : unitsBelow(books.units, one.unitId)
    const there = inputs.officers.filter(
      officer =>
        (units === null || units.has(officer.unitId)) &&
        (one.skill === null || officer.skills.some(each => each.skill === one.skill && holds(each, one))) &&
        !taken.has(officer.officerId) &&
        (officer.beginsOn ?? '') <= one.fromDay &&
        (officer.endsOn ?? one.untilDay) >= one.untilDay &&
        !officer.unavailable.some(away => !away.noNights && covers(away, span)),
    )
    if (there.length < one.people) {
      throw whatIfProblems.absentTooMany({ n: at + 1, people: one.people, there: there.length })
    }
    for (const { officerId } of shuffled(there, at + 1).slice(0, one.people)) taken.set(officerId, [span])
  })
  const officers = inputs.officers.map(officer => {
    const more = taken.get(officer.officerId)
    return more ? { ...officer, unavailable: [...officer.unavailable, ...more] } : officer
  })
  return { officers, absent: taken.size }
}

const instantOf = ({ timeZone, handOverMinute }: AgencySettings, day: string) =>
  instantAt(timeZone, day, handOverMinute)

const holds = (
  skill: { validFrom: string | null; validUntil: string | null },
  { fromDay }: { fromDay: string },
) => (skill.validFrom ?? '') <= fromDay && (skill.validUntil ?? fromDay) >= fromDay

const covers = (away: { from: string; until: string }, span: { from: string; until: string }) =>
  Date.parse(away.from) <= Date.parse(span.from) && Date.parse(away.until) >= Date.parse(span.until)

// --------------------------------------------------------------------------------------------------------- posts

/** The published roster without duties at closed posts that have not begun: they would hold people there for nothing. */
function withoutClosed(inputs: RosterInputs, isClosed: (postId: string, day: string) => boolean): PlanCells {
  const nowMinute = (Date.parse(inputs.now) - inputs.beginsMs) / 60_000
  const begun = (duty: Duty, day: number) => {
    const bands = inputs.patterns.get(duty.patternId)?.bands.filter(band => duty.bands.includes(band.key))
    return day * 1440 + Math.min(...(bands ?? []).map(band => band.from)) < nowMinute
  }
  const cells = new PlanCells(inputs.published.days)
  for (const [officerId, row] of inputs.published.rowsByOfficer()) {
    const copy = cells.addOfficer(officerId)
    row.forEach((duty, at) => {
      const day = at - historyDays
      const goes = duty && isClosed(duty.postId, addDays(inputs.fromDay, day)) && !begun(duty, day)
      copy[at] = duty && !goes ? cells.same(duty) : null
    })
  }
  return cells
}
