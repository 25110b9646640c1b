import { sql } from 'kysely'
import type { Role } from '../../kernel/contract.ts'
import { queriesOn } from '../../kernel/query.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { type accountOrders, accounts, agencySettings } from './contracts.ts'
import { scopeQueries } from './scope-units.ts'
import type { AccessTables } from './tables.ts'

const on = queriesOn<AccessTables>()

const accountsBy: Record<(typeof accountOrders)[number], ReturnType<typeof sql>> = {
  name: sql`name`,
  badge: sql`badge`,
  // The whole bureau first, then those of one unit together: its name is not known down here.
  scope: sql`coalesce(scope_unit_id::text, '')`,
  state: sql`not active`,
}

export const queries = [
  ...scopeQueries,
  on(accounts, {
    async run(db, input, meta) {
      let found = db.selectFrom('account').where('agency_id', '=', meta.agency.agencyId)
      const search = input.search?.trim()
      if (search) {
        found = found.where(sql<boolean>`strpos(name || ' ' || badge, ${search}) > 0`)
      }
      const { total } = await found
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow()
      const rows = await found
        .select(['account_id', 'badge', 'name', 'roles', 'scope_unit_id', 'officer_id', 'active'])
        .$if(input.order !== undefined, all =>
          all.orderBy(accountsBy[input.order ?? 'badge'], input.descending ? 'desc' : 'asc'),
        )
        .orderBy('badge')
        .orderBy('account_id')
        .offset(input.offset)
        .limit(input.limit)
        .execute()
      return {
        total,
        rows: rows.map(row => ({
          accountId: row.account_id,
          badge: row.badge,
          name: row.name,
          roles: row.roles as Role[],
          scopeUnitId: row.scope_unit_id,
          officerId: row.officer_id,
          active: row.active,
        })),
      }
    },
  }),

  on(agencySettings, {
    async run(db, _input, meta) {
      const row = await db
        .selectFrom('agency')
        .select(['code', 'name', 'kind', 'host_name', 'time_zone', 'hand_over_minute'])
        .where('agency_id', '=', meta.agency.agencyId)
        .executeTakeFirstOrThrow()
      return {
        code: row.code,
        name: row.name,
        kind: row.kind as 'real' | 'rehearsal',
        hostName: row.host_name,
        timeZone: row.time_zone,
        handOverMinute: row.hand_over_minute,
        now: meta.now,
        dutyDay: dutyDayOf(meta.agency, meta.now),
      }
    },
  }),
]
