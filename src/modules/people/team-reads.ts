// What other modules may know of teams: who is in them, and from when until when.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { teamKinds } from './contracts.ts'
import { peopleDb } from './people-db.ts'

export interface TeamWithMembers {
  teamId: string
  name: string
  kind: (typeof teamKinds)[number]
  leaderId: string | null
  beginsOn: string
  endsOn: string | null
  /** Stays, in duty days, both inclusive; somebody who left and came back has two. Null where open. */
  members: { officerId: string; from: string; until: string | null }[]
}

/**
 * Teams of a kind that stand on any of the days (both inclusive), with who is in them on any of these days. Teams
 * stand across units, so that no unit scope narrows them.
 */
export function teamsOfKind(
  db: Kysely<AnyTables>,
  agencyId: string,
  kind: (typeof teamKinds)[number],
  fromDay: string,
  untilDay: string,
): Promise<TeamWithMembers[]> {
  return teamsBetween(db, agencyId, fromDay, untilDay, [kind])
}

/** As `teamsOfKind`, of all kinds or of some. */
export async function teamsBetween(
  anyDb: Kysely<AnyTables>,
  agencyId: string,
  fromDay: string,
  untilDay: string,
  kinds: readonly (typeof teamKinds)[number][] = teamKinds,
): Promise<TeamWithMembers[]> {
  const rows = await peopleDb(anyDb)
    .selectFrom('team as t')
    .leftJoin('team_member as m', join =>
      join
        .onRef('m.agency_id', '=', 't.agency_id')
        .onRef('m.team_id', '=', 't.team_id')
        .on('m.begins_on', '<=', untilDay)
        .on(({ or, eb }) => or([eb('m.ends_on', 'is', null), eb('m.ends_on', '>=', fromDay)])),
    )
    .select(['t.team_id', 't.name', 't.kind', 't.leader_id', 't.begins_on', 't.ends_on'])
    .select(['m.officer_id', 'm.begins_on as member_from', 'm.ends_on as member_until'])
    .where('t.agency_id', '=', agencyId)
    .where('t.kind', '=', sql<string>`any (${[...kinds]}::text[])`)
    .where('t.begins_on', '<=', untilDay)
    .where(({ or, eb }) => or([eb('t.ends_on', 'is', null), eb('t.ends_on', '>=', fromDay)]))
    .orderBy('t.name')
    .orderBy('t.team_id')
    .orderBy('m.officer_id')
    .orderBy('m.begins_on')
    .execute()
  const teams = new Map<string, TeamWithMembers>()
  for (const row of rows) {
    const team = teams.get(row.team_id) ?? {
      teamId: row.team_id,
      name: row.name,
      kind: row.kind as TeamWithMembers['kind'],
      leaderId: row.leader_id,
      beginsOn: row.begins_on,
      endsOn: row.ends_on,
      members: [],
    }
    teams.set(row.team_id, team)
    if (row.officer_id && row.member_from) {
      const until = row.member_until ?? row.ends_on
      team.members.push({ officerId: row.officer_id, from: row.member_from, until })
    }
  }
  return [...teams.values()]
}

export type ClosedLoopTeam = TeamWithMembers

/** Teams that stay with their post and mix with nobody. */
export function closedLoopTeams(
  db: Kysely<AnyTables>,
  agencyId: string,
  fromDay: string,
  untilDay: string,
): Promise<ClosedLoopTeam[]> {
  return teamsOfKind(db, agencyId, 'closedLoop', fromDay, untilDay)
}
