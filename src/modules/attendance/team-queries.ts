// What teams hold and have worked; the records behind their figures.
import type { Kysely } from 'kysely'
import type { InputOf } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { queriesOn, type QueryMeta } from '../../kernel/query.ts'
import { dutyDayOf, spanOf } from '../../kernel/time.ts'
import { needOperation } from '../operations/index.ts'
import { officerNames, type TeamWithMembers, teamsBetween } from '../people/index.ts'
import { zonesFor } from '../posts/index.ts'
import { memberOn, staffOf } from '../roster/index.ts'
import { teamDeployments, teamDuty, type TeamOnDuty, teamHoldsWorked, teamPosts } from './contracts.ts'
import { anyDb, compare } from './seats.ts'
import type { AttendanceTables } from './tables.ts'
import { gapsAt, type HeldPost, heldPosts, hoursHeld, thereAt } from './team-work.ts'
import { workedHoldsIn } from './worked-holds.ts'

const on = queriesOn<AttendanceTables>()

/** Names of zones by id, of the operations of some posts. */
async function zoneNames(
  db: Kysely<AnyTables>,
  agencyId: string,
  held: readonly HeldPost[],
): Promise<Map<string, string>> {
  const operations = [...new Set(held.map(one => one.operationId))].sort()
  const lists = await Promise.all(operations.map(one => zonesFor(db, agencyId, one)))
  return new Map(lists.flat().map(zone => [zone.zoneId, zone.name]))
}

const rowOf = (held: HeldPost, zones: ReadonlyMap<string, string>, now: string) => ({
  teamPostId: held.teamPostId,
  teamId: held.teamId,
  team: held.team.name,
  postId: held.postId,
  postCode: held.post.code,
  postName: held.post.name,
  zone: zones.get(held.post.zoneId ?? '') ?? '',
  beginsOn: held.beginsOn,
  endsOn: held.endsOn,
  orderNumber: held.orderNumber,
  approver: held.approver,
  hours: hoursHeld(held.presences, now),
  deployments: held.presences.length,
})

const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0)

const orders: Record<
  NonNullable<InputOf<typeof teamDuty>['order']>,
  (a: TeamOnDuty, b: TeamOnDuty) => number
> = {
  name: (a, b) => compare(a.name, b.name),
  posts: (a, b) => a.posts.length - b.posts.length,
  there: (a, b) => a.there - b.there,
  hours: (a, b) => a.hours - b.hours,
  deployments: (a, b) => a.deployments - b.deployments,
}

/** Gaps first, then who holds something, then by name. */
const ownOrder = (a: TeamOnDuty, b: TeamOnDuty) =>
  b.gaps - a.gaps ||
  Number(b.posts.length > 0) - Number(a.posts.length > 0) ||
  compare(a.name, b.name) ||
  compare(a.teamId, b.teamId)

async function onDuty(db: Kysely<AnyTables>, input: InputOf<typeof teamDuty>, { agency, now }: QueryMeta) {
  const { agencyId } = agency
  const { operationId, search = '' } = input
  const { beginsOn: from } = await needOperation(db, agencyId, operationId)
  const today = dutyDayOf(agency, now)
  const until = today < from ? from : today
  const [all, held] = await Promise.all([
    teamsBetween(db, agencyId, from, until),
    heldPosts(db, agencyId, { from, until, operationId, teamId: input.teamId }),
  ])
  const current = held.filter(one => one.endsOn === null || one.endsOn >= today)
  const teams = all.filter(
    team =>
      (input.teamId === undefined || team.teamId === input.teamId) &&
      (input.kind === undefined || team.kind === input.kind) &&
      team.name.includes(search.trim()) &&
      // Who is over and held nothing has nothing to show.
      (team.endsOn === null || team.endsOn >= today || held.some(one => one.teamId === team.teamId)),
  )
  const there = new Map(held.map(one => [one.teamPostId, thereAt(one, now)]))
  const people = [
    ...teams.flatMap(team => team.leaderId ?? []),
    ...[...there.values()].flat().map(one => one.officerId),
  ]
  const [gaps, zones, names] = await Promise.all([
    gapsAt(db, agency, operationId, current, now),
    zoneNames(db, agencyId, held),
    officerNames(db, agencyId, [...new Set(people)].sort()),
  ])
  const name = (id: string | null) => names.get(id ?? '')?.name ?? ''
  const rows = teams.map((team): TeamOnDuty => {
    const posts = held
      .filter(one => one.teamId === team.teamId)
      .map(one => ({
        ...rowOf(one, zones, now),
        there: (there.get(one.teamPostId) ?? []).map(row => ({
          officerId: row.officerId,
          name: name(row.officerId),
          cameAt: row.cameAt,
        })),
        gapSince: gaps.get(one.teamPostId) ?? null,
      }))
    return {
      teamId: team.teamId,
      name: team.name,
      kind: team.kind,
      leaderName: name(team.leaderId),
      memberCount: memberCount(team, today),
      beginsOn: team.beginsOn,
      endsOn: team.endsOn,
      there: new Set(posts.flatMap(one => one.there.map(row => row.officerId))).size,
      hours: sum(posts.map(one => one.hours)),
      deployments: sum(posts.map(one => one.deployments)),
      gaps: posts.filter(one => one.gapSince !== null).length,
      posts,
    }
  })
  const by = input.order ? orders[input.order] : ownOrder
  const sign = input.order && input.descending ? -1 : 1
  rows.sort((a, b) => sign * by(a, b) || ownOrder(a, b))
  return {
    total: rows.length,
    rows: rows.slice(input.offset, input.offset + input.limit),
    now,
    today,
  }
}

function memberCount(team: TeamWithMembers, today: string): number {
  const isMember = memberOn(team)
  const ids = new Set(team.members.map(one => one.officerId))
  return [...ids].filter(id => isMember(id, today)).length
}

export const teamQueries = [
  on(teamHoldsWorked, {
    sees: 'agency',
    async run(db, input, meta) {
      const span = spanOf(meta.agency, input.from, input.until)
      const holds = await workedHoldsIn(anyDb(db), meta.agency, span, meta.now, input.teamId)
      return {
        total: holds.length,
        rows: holds.slice(input.offset, input.offset + input.limit).map(hold => {
          const { officers, records } = staffOf(hold)
          return {
            teamId: hold.teamId,
            team: hold.team,
            zoneIds: hold.zones.map(zone => zone.zoneId),
            zones: hold.zones.map(zone => zone.name).join('、'),
            begins: new Date(hold.begins).toISOString(),
            ends: new Date(hold.ends).toISOString(),
            hours: hold.hours,
            days: hold.days,
            officers,
            presences: records,
          }
        }),
      }
    },
  }),

  on(teamPosts, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const held = await heldPosts(anyDb(db), agencyId, input)
      const zones = await zoneNames(anyDb(db), agencyId, held)
      const shown = held.slice(input.offset, input.offset + input.limit)
      return { total: held.length, rows: shown.map(one => rowOf(one, zones, meta.now)) }
    },
  }),

  on(teamDeployments, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const held = await heldPosts(anyDb(db), agencyId, input)
      const all = held.flatMap(one => one.presences.map(presence => ({ one, presence })))
      all.sort(
        (a, b) =>
          compare(a.presence.cameAt, b.presence.cameAt) ||
          compare(a.presence.presenceId, b.presence.presenceId),
      )
      const shown = all.slice(input.offset, input.offset + input.limit)
      const officers = [...new Set(shown.map(row => row.presence.officerId))].sort()
      const names = await officerNames(anyDb(db), agencyId, officers)
      return {
        total: all.length,
        rows: shown.map(({ one, presence }) => ({
          presenceId: presence.presenceId,
          team: one.team.name,
          officerId: presence.officerId,
          officerName: names.get(presence.officerId)?.name ?? '',
          postName: one.post.name,
          day: presence.day,
          band: presence.band,
          cameAt: presence.cameAt,
          leftAt: presence.leftAt,
        })),
      }
    },
  }),

  on(teamDuty, { sees: 'agency', run: (db, input, meta) => onDuty(anyDb(db), input, meta) }),
]
