import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { queriesOn } from '../../kernel/query.ts'
import { spanOf } from '../../kernel/time.ts'
import { teamHolds } from './contracts.ts'
import type { RosterTables } from './tables.ts'
import { staffOf } from './hold-stretches.ts'
import { holdsIn } from './team-holds.ts'

const on = queriesOn<RosterTables>()

export const holdQueries = [
  on(teamHolds, {
    sees: 'agency',
    async run(db, input, meta) {
      const span = spanOf(meta.agency, input.from, input.until)
      const holds = await holdsIn(db as unknown as Kysely<AnyTables>, meta.agency, span, input.teamId)
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
            duties: records,
          }
        }),
      }
    },
  }),
]
