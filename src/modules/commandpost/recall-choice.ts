// Whom a recall calls: those chosen by unit and kind, so many of each unit, and those named. Told for everybody who is
// left out, why.
import { sql } from 'kysely'
import type { Actor, AgencySettings } from '../../kernel/command.ts'
import { addDays, dutyDayOf } from '../../kernel/time.ts'
import { awayBetween, type RosterOfficer, rosterOfficers, unitSubtree } from '../people/index.ts'
import { dutiesOfOfficers } from '../roster/index.ts'
import { commandpostProblems } from './contracts.ts'
import { anyDb, type CommandpostDb, minutesLater, unitsOf } from './lower.ts'

/** Advice of the rest rules: who has just come off a post is called last. */
const restMinutes = 11 * 60
const usualWindowMinutes = 120

export interface Choice {
  unitIds: readonly string[]
  kinds: readonly string[]
  officerIds: readonly string[]
  exceptIds: readonly string[]
  sharePercent: number
}

export interface Called {
  officerId: string
  name: string
  badge: string
  unitId: string
  /** Where he stands on duty at this moment; he counts as in. */
  dutyPostId: string | null
  /** He came off a post less than eleven hours ago. */
  justOff: boolean
  away: boolean
  seconded: boolean
}

export interface Chosen {
  called: Called[]
  seconded: number
  already: number
  missing: number
  spared: number
}

interface At {
  agency: AgencySettings
  actor: Actor
  now: string
  reportBy?: string
}

async function calledAlready(db: CommandpostDb, agencyId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('recall_officer as o')
    .innerJoin('recall as r', join =>
      join.onRef('r.agency_id', '=', 'o.agency_id').onRef('r.recall_id', '=', 'o.recall_id'),
    )
    .select('o.officer_id')
    .distinct()
    .where('o.agency_id', '=', agencyId)
    .where('r.state', '=', 'open')
    .where(sql<boolean>`o.state <> 'exempt'`)
    .orderBy('o.officer_id')
    .execute()
  return new Set(rows.map(row => row.officer_id))
}

/** On the books today, with what is known of each at this moment, in the order of unit and name. */
async function candidates(db: CommandpostDb, { agency, now, reportBy }: At) {
  const { agencyId } = agency
  const today = dutyDayOf(agency, now)
  const until = reportBy ?? minutesLater(now, usualWindowMinutes)
  const people = (await rosterOfficers(anyDb(db), agencyId, now, until)).filter(
    one => (one.beginsOn ?? today) <= today && (one.endsOn ?? today) >= today,
  )
  const ids = people.map(one => one.officerId)
  const [away, duties] = await Promise.all([
    awayBetween(anyDb(db), agencyId, ids, [now, until]),
    dutiesOfOfficers(anyDb(db), agencyId, ids, addDays(today, -1), addDays(today, 1)),
  ])
  const restFrom = minutesLater(now, -restMinutes)
  const onDuty = new Map<string, string>()
  const justOff = new Set<string>()
  for (const duty of duties) {
    if (duty.begins <= now && duty.ends > now) onDuty.set(duty.officerId, duty.postId)
    else if (duty.ends <= now && duty.ends > restFrom) justOff.add(duty.officerId)
  }
  const seconded = new Set(away.filter(one => one.availabilityId === null).map(one => one.officerId))
  const unavailable = new Set(away.filter(one => one.availabilityId !== null).map(one => one.officerId))
  return people.map((one): Called & { kind: RosterOfficer['kind'] } => ({
    officerId: one.officerId,
    name: one.name,
    badge: one.badge,
    kind: one.kind,
    unitId: one.unitId,
    dutyPostId: onDuty.get(one.officerId) ?? null,
    justOff: justOff.has(one.officerId),
    away: unavailable.has(one.officerId),
    seconded: seconded.has(one.officerId),
  }))
}

/** Who stands at a post is in; then who is free and rested; then who has just gone home; last who is away. */
function rankOf(one: Called): number {
  if (one.dutyPostId !== null) return 0
  if (one.away) return 3
  return one.justOff ? 2 : 1
}

async function unitsChosen(db: CommandpostDb, agencyId: string, unitIds: readonly string[]) {
  const units = await unitsOf(db, agencyId)
  const below = new Set<string>()
  for (const unitId of unitIds) {
    if (!units.get(unitId)?.active) throw commandpostProblems.unitMissing()
    for (const one of await unitSubtree(anyDb(db), agencyId, unitId)) below.add(one)
  }
  return below
}

function shared(group: readonly Called[], sharePercent: number): Called[] {
  const units = new Map<string, Called[]>()
  for (const one of group) units.set(one.unitId, [...(units.get(one.unitId) ?? []), one])
  return [...units.values()].flatMap(people => {
    const wanted = Math.ceil((people.length * sharePercent) / 100)
    // The order of names decides between equals: nobody is judged by it, and it is the same in every run.
    return [...people].sort((a, b) => rankOf(a) - rankOf(b)).slice(0, wanted)
  })
}

export async function chooseOfficers(db: CommandpostDb, at: At, choice: Choice): Promise<Chosen> {
  const { agencyId } = at.agency
  const below = await unitsChosen(db, agencyId, choice.unitIds)
  const [all, already] = await Promise.all([candidates(db, at), calledAlready(db, agencyId)])
  const named = new Set(choice.officerIds)
  const except = new Set(choice.exceptIds)
  const byGroup = choice.unitIds.length > 0 || choice.kinds.length > 0 || choice.officerIds.length === 0
  const chosen = all.filter(
    one =>
      !except.has(one.officerId) &&
      (named.has(one.officerId) ||
        (byGroup &&
          (below.size === 0 || below.has(one.unitId)) &&
          (choice.kinds.length === 0 || choice.kinds.includes(one.kind)))),
  )
  const once = chosen.filter(one => !already.has(one.officerId))
  const here = once.filter(one => !one.seconded || named.has(one.officerId))
  const group = here.filter(one => !named.has(one.officerId))
  const taken = new Set(shared(group, choice.sharePercent).map(one => one.officerId))
  const known = new Set(all.map(one => one.officerId))
  return {
    called: here.filter(one => named.has(one.officerId) || taken.has(one.officerId)),
    seconded: once.length - here.length,
    already: chosen.length - once.length,
    missing: [...named].filter(one => !known.has(one)).length,
    spared: group.length - taken.size,
  }
}
