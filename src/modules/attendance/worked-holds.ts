// For how long one team held two zones day and night, by check-ins: who came, and until when he stayed. What was planned
// the roster counts, by the same function.
import { type Kysely, sql } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Span } from '../../kernel/module.ts'
import { addDays } from '../../kernel/time.ts'
import { teamsOfKind } from '../people/index.ts'
import { postsByIds, zonesFor } from '../posts/index.ts'
import { holdsOf, longestFirst, memberOn, membersOf, type Stand, type TeamHold } from '../roster/index.ts'

type Clock = Pick<AgencySettings, 'agencyId' | 'timeZone' | 'handOverMinute'>

interface Worked {
  presence_id: string
  operation_id: string
  officer_id: string
  post_id: string
  day: string
  came_at: string
  until: string
}

/** Presences of some officers on duty days; who has not signed out counts until now, or until his band ended. */
async function workedBy(
  db: Kysely<AnyTables>,
  agencyId: string,
  officerIds: readonly string[],
  from: string,
  until: string,
  now: string,
): Promise<Worked[]> {
  if (officerIds.length === 0) return []
  const { rows } = await sql<Worked>`
    select presence_id, operation_id, officer_id, post_id, day, came_at, coalesce(left_at, least(upper(period), ${now}::timestamptz)) as until
    from presence
    where agency_id = ${agencyId}::uuid and voided_at is null and officer_id = any (${officerIds}::uuid[])
      and day between ${from}::date and ${until}::date
    order by came_at, presence_id`.execute(db)
  return rows
}

/** Every stretch of the span in which a commando team had a member at a post of each of two zones, the longest first. */
export async function workedHoldsIn(
  db: Kysely<AnyTables>,
  agency: Clock,
  span: Span,
  now: string,
  teamId?: string,
): Promise<TeamHold[]> {
  const { agencyId } = agency
  // A band of the day before may reach into the span.
  const eve = addDays(span.from, -1)
  const all = await teamsOfKind(db, agencyId, 'commando', eve, span.until)
  const teams = all.filter(team => teamId === undefined || team.teamId === teamId)
  const rows = await workedBy(db, agencyId, membersOf(teams), eve, span.until, now)
  if (rows.length === 0) return []
  const operations = [...new Set(rows.map(row => row.operation_id))].sort()
  const [posts, lists] = await Promise.all([
    postsByIds(
      db,
      agencyId,
      rows.map(row => row.post_id),
    ),
    Promise.all(operations.map(one => zonesFor(db, agencyId, one))),
  ])
  const zones = new Map(lists.flat().map(zone => [zone.zoneId, zone]))
  const [spanBegins, spanEnds] = [Date.parse(span.begins), Date.parse(span.ends)]
  const standOf = (row: Worked): Stand[] => {
    const zone = zones.get(posts.get(row.post_id)?.zoneId ?? '')
    if (!zone) return []
    const lifted = zone.liftedAt === null ? spanEnds : Date.parse(zone.liftedAt)
    const begins = Math.max(spanBegins, Date.parse(zone.beginsAt), Date.parse(row.came_at))
    const ends = Math.min(spanEnds, lifted, Date.parse(row.until))
    const who = { zoneId: zone.zoneId, officerId: row.officer_id, recordId: row.presence_id }
    return begins < ends ? [{ ...who, begins, ends }] : []
  }
  const holds = teams.flatMap(team => {
    const isMember = memberOn(team)
    const stands = rows.filter(row => isMember(row.officer_id, row.day)).flatMap(standOf)
    return holdsOf(agency, team, zones, stands)
  })
  return holds.sort(longestFirst)
}
