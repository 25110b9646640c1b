import { sql } from 'kysely'
import { queriesOn } from '../../kernel/query.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { partnerKinds, type partnerOrders, partners, teamKinds, type teamOrders, teams } from './contracts.ts'
import { anyOf, type PeopleDb } from './people-db.ts'
import type { PeopleTables } from './tables.ts'

const on = queriesOn<PeopleTables>()

function membersOf(db: PeopleDb, agencyId: string, teamIds: readonly string[]) {
  return db
    .selectFrom('team_member as m')
    .innerJoin('officer as o', join =>
      join.onRef('o.agency_id', '=', 'm.agency_id').onRef('o.officer_id', '=', 'm.officer_id'),
    )
    .innerJoin('unit as u', join =>
      join.onRef('u.agency_id', '=', 'o.agency_id').onRef('u.unit_id', '=', 'o.unit_id'),
    )
    .select(['m.team_id', 'm.officer_id', 'm.begins_on', 'm.ends_on', 'o.name', 'o.badge', 'u.short_name'])
    .where('m.agency_id', '=', agencyId)
    .where('m.team_id', '=', anyOf(teamIds))
    .orderBy('u.sort')
    .orderBy('u.name')
    .orderBy('o.name_sort')
    .orderBy('m.officer_id')
    .orderBy('m.begins_on')
    .execute()
}

const strpos = (column: string, text: string) => sql<boolean>`strpos(${sql.raw(column)}, ${text}) > 0`

const partnersBy: Record<(typeof partnerOrders)[number], ReturnType<typeof sql>> = {
  name: sql`name`,
  kind: sql`array_position(${[...partnerKinds]}::text[], kind)`,
  organisation: sql`organisation`,
  state: sql`not active`,
}
const teamsBy = (today: string): Record<(typeof teamOrders)[number], ReturnType<typeof sql>> => ({
  name: sql`t.name`,
  kind: sql`array_position(${[...teamKinds]}::text[], t.kind)`,
  leader: sql`coalesce(l.name, '')`,
  members: sql`(select count(distinct m.officer_id) from team_member m
    where m.agency_id = t.agency_id and m.team_id = t.team_id
      and m.begins_on <= least(t.ends_on, ${today}::date)
      and coalesce(m.ends_on, 'infinity') >= least(t.ends_on, ${today}::date))`,
  days: sql`(t.begins_on, coalesce(t.ends_on, 'infinity'))`,
})

export const teamQueries = [
  on(partners, {
    async run(db, input, meta) {
      let found = db.selectFrom('partner').where('agency_id', '=', meta.agency.agencyId)
      if (!input.withClosed) found = found.where('active', '=', true)
      if (input.kind) found = found.where('kind', '=', input.kind)
      const search = input.search?.trim()
      if (search) found = found.where(strpos("name || ' ' || organisation", search))
      const [{ total }, rows] = await Promise.all([
        found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
        found
          .select(['partner_id', 'name', 'kind', 'organisation', 'phone', 'active'])
          .$if(input.order !== undefined, all =>
            all.orderBy(partnersBy[input.order ?? 'kind'], input.descending ? 'desc' : 'asc'),
          )
          .orderBy('kind')
          .orderBy('organisation')
          .orderBy('name')
          .orderBy('partner_id')
          .offset(input.offset)
          .limit(input.limit)
          .execute(),
      ])
      return {
        total,
        rows: rows.map(row => ({
          partnerId: row.partner_id,
          name: row.name,
          kind: row.kind as 'health',
          organisation: row.organisation,
          hasPhone: row.phone !== null,
          active: row.active,
        })),
      }
    },
  }),

  on(teams, {
    // Teams stand across units: a list that hid the members of other units would mislead about its strength.
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const today = dutyDayOf(meta.agency, meta.now)
      let found = db
        .selectFrom('team as t')
        .leftJoin('officer as l', join =>
          join.onRef('l.agency_id', '=', 't.agency_id').onRef('l.officer_id', '=', 't.leader_id'),
        )
        .where('t.agency_id', '=', agencyId)
      if (input.teamId) found = found.where('t.team_id', '=', input.teamId)
      if (input.kind) found = found.where('t.kind', '=', input.kind)
      if (input.between) {
        const { from, until } = input.between
        found = found
          .where('t.begins_on', '<=', until)
          .where(({ or, eb }) => or([eb('t.ends_on', 'is', null), eb('t.ends_on', '>=', from)]))
      }
      const search = input.search?.trim()
      if (search) found = found.where(strpos("t.name || ' ' || coalesce(l.name, '')", search))
      const { total } = await found
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow()
      const rows = await found
        .select(['t.team_id', 't.name', 't.kind', 't.leader_id', 't.begins_on', 't.ends_on'])
        .select('l.name as leader_name')
        .$if(input.order !== undefined, all =>
          all.orderBy(teamsBy(today)[input.order ?? 'kind'], input.descending ? 'desc' : 'asc'),
        )
        .orderBy('t.kind')
        .orderBy('t.name')
        .orderBy('t.team_id')
        .offset(input.offset)
        .limit(input.limit)
        .execute()
      const members = await membersOf(
        db,
        agencyId,
        rows.map(row => row.team_id),
      )
      return {
        total,
        rows: rows.map(row => {
          const mine = members.filter(one => one.team_id === row.team_id)
          const day = row.ends_on !== null && row.ends_on < today ? row.ends_on : today
          const there = mine.filter(one => one.begins_on <= day && (one.ends_on ?? day) >= day)
          return {
            teamId: row.team_id,
            name: row.name,
            kind: row.kind as 'task',
            leaderId: row.leader_id,
            leaderName: row.leader_name,
            beginsOn: row.begins_on,
            endsOn: row.ends_on,
            memberCount: new Set(there.map(one => one.officer_id)).size,
            members: mine.map(one => ({
              officerId: one.officer_id,
              name: one.name,
              badge: one.badge,
              unitName: one.short_name,
              beginsOn: one.begins_on,
              endsOn: one.ends_on,
            })),
          }
        }),
      }
    },
  }),
]
