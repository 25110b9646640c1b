// For how long one team holds two zones day and night: counted from published duties, minute by minute. That is what
// was planned; who really stood there only check-ins say.
import { type Kysely, sql } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Span } from '../../kernel/module.ts'
import { addDays, instantAt } from '../../kernel/time.ts'
import { type TeamWithMembers, teamsOfKind } from '../people/index.ts'
import { patternsOf, postsFor, zonesFor } from '../posts/index.ts'
import { holdsOf, longestFirst, memberOn, membersOf, type Stand, type TeamHold } from './hold-stretches.ts'

interface DutyRow {
  assignment_id: string
  operation_id: string
  officer_id: string
  post_id: string
  pattern_id: string
  day: string
  bands: string
}

/**
 * Every stretch of the span in which a commando team had, at every minute, a member on duty at a post of each of two
 * zones; the longest first. More than two zones held at once are so many pairs, of which none is longer than the
 * longest. A zone is held while it stands: from its order until it is lifted.
 */
export async function holdsIn(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  span: Span,
  teamId?: string,
): Promise<TeamHold[]> {
  // A band of the day before may reach into the span.
  const eve = addDays(span.from, -1)
  const all = await teamsOfKind(db, agency.agencyId, 'commando', eve, span.until)
  const teams = all.filter(team => teamId === undefined || team.teamId === teamId)
  const rows = await dutiesOf(db, agency.agencyId, membersOf(teams), eve, span.until)
  if (rows.length === 0) return []
  const { zones, standsOf } = await ground(db, agency, span, rows)
  const holds = teams.flatMap(team => holdsOf(agency, team, zones, standsIn(team, rows, standsOf)))
  return holds.sort(longestFirst)
}

async function dutiesOf(
  db: Kysely<AnyTables>,
  agencyId: string,
  officerIds: readonly string[],
  fromDay: string,
  untilDay: string,
): Promise<DutyRow[]> {
  if (officerIds.length === 0) return []
  const { rows } = await sql<DutyRow>`
    select assignment_id, operation_id, officer_id, post_id, pattern_id, day, array_to_string(bands, '+') as bands
    from assignment
    where agency_id = ${agencyId} and officer_id = any (${officerIds}::uuid[])
      and day between ${fromDay}::date and ${untilDay}::date
    order by day, officer_id, assignment_id`.execute(db)
  return rows
}

/**
 * The zones of the operations that the duties belong to, and what a duty holds of them. A duty counts band by band,
 * because one of two bands with a break between them leaves the break open.
 */
async function ground(db: Kysely<AnyTables>, agency: AgencySettings, span: Span, rows: readonly DutyRow[]) {
  const { agencyId, timeZone, handOverMinute } = agency
  const operations = [...new Set(rows.map(row => row.operation_id))].sort()
  const [patterns, posts, zoneLists] = await Promise.all([
    patternsOf(db, agencyId),
    Promise.all(operations.map(one => postsFor(db, agencyId, one))),
    Promise.all(operations.map(one => zonesFor(db, agencyId, one))),
  ])
  const zones = new Map(zoneLists.flat().map(zone => [zone.zoneId, zone]))
  const zoneOf = new Map(posts.flat().map(post => [post.postId, zones.get(post.zoneId ?? '')]))
  const bandOf = new Map(
    patterns.flatMap(one => one.bands.map(band => [`${one.patternId} ${band.key}`, band] as const)),
  )
  const instants = new Map<string, number>()
  const at = (day: string, minute: number) => {
    const key = `${day} ${minute}`
    let found = instants.get(key)
    if (found === undefined) {
      found = Date.parse(instantAt(timeZone, day, handOverMinute + minute))
      instants.set(key, found)
    }
    return found
  }
  const [spanBegins, spanEnds] = [Date.parse(span.begins), Date.parse(span.ends)]
  const standsOf = (row: DutyRow): Stand[] => {
    const zone = zoneOf.get(row.post_id)
    if (!zone) return []
    const first = Math.max(spanBegins, Date.parse(zone.beginsAt))
    const last = Math.min(spanEnds, zone.liftedAt === null ? spanEnds : Date.parse(zone.liftedAt))
    const who = { zoneId: zone.zoneId, officerId: row.officer_id, recordId: row.assignment_id }
    return row.bands.split('+').flatMap(key => {
      const band = bandOf.get(`${row.pattern_id} ${key}`)
      if (!band) return []
      const begins = Math.max(first, at(row.day, band.from))
      const ends = Math.min(last, at(row.day, band.from + band.minutes))
      return begins < ends ? [{ ...who, begins, ends }] : []
    })
  }
  return { zones, standsOf }
}

/** What the team's members held, on the duty days on which they were members. */
function standsIn(
  team: TeamWithMembers,
  rows: readonly DutyRow[],
  standsOf: (row: DutyRow) => Stand[],
): Stand[] {
  const isMember = memberOn(team)
  return rows.filter(row => isMember(row.officer_id, row.day)).flatMap(standsOf)
}
