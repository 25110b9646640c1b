// Stretches for which one team holds two zones: pure, so that the published roster and the check-ins of attendance are
// counted by one and the same function.
import type { AgencySettings } from '../../kernel/command.ts'
import { addDays, daysBetween, dutyDayOf, instantAt } from '../../kernel/time.ts'
import type { TeamWithMembers } from '../people/index.ts'
import type { ZoneForRoster } from '../posts/index.ts'

export type DutyClock = Pick<AgencySettings, 'timeZone' | 'handOverMinute'>

/** Half-open, in milliseconds. */
export interface Stretch {
  begins: number
  ends: number
}

/** One time that a member stood at a post of a zone, by a duty or by a presence. */
export interface Stand extends Stretch {
  zoneId: string
  officerId: string
  recordId: string
}

export interface TeamHold extends Stretch {
  teamId: string
  team: string
  zones: readonly [ZoneForRoster, ZoneForRoster]
  /** Whole hours by the clock. */
  hours: number
  /** Duty days that lie in it from hand-over to hand-over. */
  days: number
  /** All that the team's members held in the span. */
  stands: readonly Stand[]
}

export const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const pairKey = ({ zones }: TeamHold) => zones.map(zone => `${zone.name} ${zone.zoneId}`).join()

/** The longest first, in a complete order. */
export function longestFirst(a: TeamHold, b: TeamHold): number {
  return (
    b.ends - b.begins - (a.ends - a.begins) ||
    b.days - a.days ||
    a.begins - b.begins ||
    order(a.team, b.team) ||
    order(a.teamId, b.teamId) ||
    order(pairKey(a), pairKey(b))
  )
}

export const membersOf = (teams: readonly TeamWithMembers[]) =>
  [...new Set(teams.flatMap(team => team.members.map(member => member.officerId)))].sort()

/** Whether somebody is in the team on a duty day. */
export function memberOn(team: TeamWithMembers): (officerId: string, day: string) => boolean {
  const stays = new Map<string, TeamWithMembers['members']>()
  for (const member of team.members) {
    stays.set(member.officerId, [...(stays.get(member.officerId) ?? []), member])
  }
  return (officerId, day) =>
    stays.get(officerId)?.some(stay => stay.from <= day && (stay.until === null || day <= stay.until)) ===
    true
}

/** Every stretch in which a member stood at each of two zones, at every minute. */
export function holdsOf(
  agency: DutyClock,
  { teamId, name }: TeamWithMembers,
  zones: ReadonlyMap<string, ZoneForRoster>,
  stands: readonly Stand[],
): TeamHold[] {
  const held = [...zones.values()]
    .map(zone => ({ zone, stretches: joined(stands.filter(one => one.zoneId === zone.zoneId)) }))
    .filter(one => one.stretches.length > 0)
    .sort((a, b) => order(a.zone.name, b.zone.name) || order(a.zone.zoneId, b.zone.zoneId))
  return held.flatMap((a, n) =>
    held.slice(n + 1).flatMap(b =>
      both(a.stretches, b.stretches).map(({ begins, ends }) => ({
        teamId,
        team: name,
        zones: [a.zone, b.zone] as const,
        begins,
        ends,
        hours: Math.floor((ends - begins) / 3_600_000),
        days: wholeDays(agency, begins, ends),
        stands,
      })),
    ),
  )
}

/** How many members stood there in the stretch, by how many records. */
export function staffOf({ zones, begins, ends, stands }: TeamHold): { officers: number; records: number } {
  const pair = zones.map(zone => zone.zoneId)
  const there = stands.filter(one => pair.includes(one.zoneId) && one.begins < ends && one.ends > begins)
  return {
    officers: new Set(there.map(one => one.officerId)).size,
    records: new Set(there.map(one => one.recordId)).size,
  }
}

/** The stretches that somebody covers; those that meet are one. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = []
  for (const { begins, ends } of [...stretches].sort((a, b) => a.begins - b.begins)) {
    const last = found.at(-1)
    if (last && begins <= last.ends) last.ends = Math.max(last.ends, ends)
    else found.push({ begins, ends })
  }
  return found
}

/** What lies in a stretch of both lists; each list is in order and its stretches lie apart. */
function both(a: readonly Stretch[], b: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = []
  for (let [i, j] = [0, 0]; ; ) {
    const [one, other] = [a[i], b[j]]
    if (!one || !other) return found
    const begins = Math.max(one.begins, other.begins)
    const ends = Math.min(one.ends, other.ends)
    if (begins < ends) found.push({ begins, ends })
    if (one.ends < other.ends) i += 1
    else j += 1
  }
}

function wholeDays(agency: DutyClock, begins: number, ends: number): number {
  const [from, until] = [new Date(begins), new Date(ends)]
  const day = dutyDayOf(agency, from)
  const atHandOver = Date.parse(instantAt(agency.timeZone, day, agency.handOverMinute)) === begins
  return Math.max(0, daysBetween(atHandOver ? day : addDays(day, 1), dutyDayOf(agency, until)))
}
