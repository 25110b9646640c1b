// Posts that teams hold, what their members worked there, and where nobody of them stands.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, dutyDayOf } from '../../kernel/time.ts'
import { type TeamWithMembers, teamsBetween } from '../people/index.ts'
import { demandFor, postsByIds, type PostOfOperation } from '../posts/index.ts'
import { joined, memberOn } from '../roster/index.ts'
import { bandAt, bandsOf, compare, type DutyAgency, periodOf } from './seats.ts'

export interface TeamPost {
  teamPostId: string
  teamId: string
  operationId: string
  postId: string
  beginsOn: string
  endsOn: string | null
  orderNumber: string
  approver: string
}

export interface TeamPresence {
  presenceId: string
  officerId: string
  postId: string
  day: string
  band: string
  cameAt: string
  leftAt: string | null
  /** Until when he counts as being there. */
  until: string
}

export interface HeldPost extends TeamPost {
  team: TeamWithMembers
  post: PostOfOperation
  /** Bands that members worked there, by their coming. */
  presences: TeamPresence[]
}

interface Asked {
  from: string
  until: string
  teamId?: string | undefined
  operationId?: string | undefined
}

async function postsGiven(db: Kysely<AnyTables>, agencyId: string, asked: Asked): Promise<TeamPost[]> {
  const { from, until, teamId = null, operationId = null } = asked
  const { rows } = await sql<{
    team_post_id: string
    team_id: string
    operation_id: string
    post_id: string
    begins_on: string
    ends_on: string | null
    order_number: string
    approver: string
  }>`
    select team_post_id, team_id, operation_id, post_id, begins_on, ends_on, order_number, approver
    from team_post
    where agency_id = ${agencyId}::uuid and begins_on <= ${until}::date
      and (ends_on is null or ends_on >= ${from}::date)
      and (${teamId}::uuid is null or team_id = ${teamId}::uuid)
      and (${operationId}::uuid is null or operation_id = ${operationId}::uuid)
    order by begins_on, team_post_id`.execute(db)
  return rows.map(row => ({
    teamPostId: row.team_post_id,
    teamId: row.team_id,
    operationId: row.operation_id,
    postId: row.post_id,
    beginsOn: row.begins_on,
    endsOn: row.ends_on,
    orderNumber: row.order_number,
    approver: row.approver,
  }))
}

async function workedAt(
  db: Kysely<AnyTables>,
  agencyId: string,
  postIds: readonly string[],
  from: string,
  until: string,
): Promise<TeamPresence[]> {
  const { rows } = await sql<{
    presence_id: string
    officer_id: string
    post_id: string
    day: string
    band: string
    came_at: string
    left_at: string | null
    until: string
  }>`
    select presence_id, officer_id, post_id, day, band, came_at, left_at, coalesce(left_at, upper(period)) as until
    from presence
    where agency_id = ${agencyId}::uuid and voided_at is null and post_id = any (${[...postIds]}::uuid[])
      and day between ${from}::date and ${until}::date
    order by came_at, presence_id`.execute(db)
  return rows.map(row => ({
    presenceId: row.presence_id,
    officerId: row.officer_id,
    postId: row.post_id,
    day: row.day,
    band: row.band,
    cameAt: row.came_at,
    leftAt: row.left_at,
    until: row.until,
  }))
}

/**
 * Posts held on any of the days, by team, beginning and post, with what members of the team worked there on the duty
 * days on which it held the post. A post is one team's at a time, so that no band counts for two.
 */
export async function heldPosts(db: Kysely<AnyTables>, agencyId: string, asked: Asked): Promise<HeldPost[]> {
  const given = await postsGiven(db, agencyId, asked)
  if (given.length === 0) return []
  const postIds = [...new Set(given.map(one => one.postId))].sort()
  const [teams, posts, worked] = await Promise.all([
    teamsBetween(db, agencyId, asked.from, asked.until),
    postsByIds(db, agencyId, postIds),
    workedAt(db, agencyId, postIds, asked.from, asked.until),
  ])
  const teamAt = new Map(teams.map(team => [team.teamId, team]))
  const held = given.flatMap(one => {
    const [team, post] = [teamAt.get(one.teamId), posts.get(one.postId)]
    if (!team || !post) return []
    const isMember = memberOn(team)
    const mine = (row: TeamPresence) =>
      row.postId === one.postId &&
      one.beginsOn <= row.day &&
      (one.endsOn === null || row.day <= one.endsOn) &&
      isMember(row.officerId, row.day)
    return [{ ...one, team, post, presences: worked.filter(mine) }]
  })
  return held.sort(
    (a, b) =>
      compare(a.team.name, b.team.name) ||
      compare(a.teamId, b.teamId) ||
      compare(a.beginsOn, b.beginsOn) ||
      compare(a.post.code, b.post.code) ||
      compare(a.teamPostId, b.teamPostId),
  )
}

/**
 * Whole hours by the clock for which somebody of the team stood there; two at once are one hour. Who is still there
 * counts until now: an hour that lies ahead is not worked.
 */
export function hoursHeld(presences: readonly TeamPresence[], now: string): number {
  const stretches = presences.map(one => ({
    begins: Date.parse(one.cameAt),
    ends: Date.parse(one.leftAt === null && now < one.until ? now : one.until),
  }))
  // Whoever confirmed his second band some minutes before it begins has not begun it yet.
  const worked = joined(stretches.filter(one => one.begins < one.ends))
  return Math.floor(worked.reduce((sum, one) => sum + one.ends - one.begins, 0) / 3_600_000)
}

export const thereAt = (held: HeldPost, now: string): TeamPresence[] =>
  held.presences.filter(one => one.cameAt <= now && now < one.until)

/** So long a post may stand without the team before it is told of: a relief may take so long. */
export const gapMinutes = 5

/**
 * Since when nobody of the team stands at the post though a band that needs somebody runs there; null where somebody
 * does, nobody is needed, or it has not lasted `gapMinutes`.
 */
export async function gapsAt(
  db: Kysely<AnyTables>,
  agency: DutyAgency,
  operationId: string,
  held: readonly HeldPost[],
  now: string,
): Promise<Map<string, string>> {
  const gaps = new Map<string, string>()
  if (held.length === 0) return gaps
  const today = dutyDayOf(agency, now)
  const [demand, bands] = await Promise.all([
    demandFor(db, agency.agencyId, operationId, addDays(today, -1), today),
    bandsOf(db, agency.agencyId),
  ])
  for (const one of held) {
    if (thereAt(one, now).length > 0) continue
    const running = demand.flatMap(line => {
      const band = bandAt(bands, line.patternId, line.band)
      const isHeld = one.beginsOn <= line.day && (one.endsOn === null || line.day <= one.endsOn)
      if (line.postId !== one.postId || line.skill !== null || !band || !isHeld) return []
      const { begins, ends } = periodOf(agency, line.day, band)
      return begins <= now && now < ends ? [begins] : []
    })
    const [begins] = running.sort()
    if (begins === undefined) continue
    const left = one.presences.map(row => row.until).filter(until => until > begins && until <= now)
    const since = [begins, ...left].sort().at(-1) ?? begins
    if (Date.parse(now) - Date.parse(since) >= gapMinutes * 60_000) gaps.set(one.teamPostId, since)
  }
  return gaps
}
