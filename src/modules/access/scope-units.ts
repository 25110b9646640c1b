import { sql } from 'kysely'
import { queriesOn } from '../../kernel/query.ts'
import { scopeUnits } from './contracts-scope.ts'
import type { AccessTables } from './tables.ts'

interface UnitFound {
  unit_id: string
  name: string
  depth: number
  active: boolean
}

export const scopeQueries = [
  queriesOn<AccessTables>()(scopeUnits, {
    async run(db, _input, meta) {
      const { rows } = await sql<UnitFound>`
        with recursive tree as (
          select unit_id, name, active, 0 as depth, array[(sort, name, unit_id)] as path
          from unit where agency_id = ${meta.agency.agencyId} and parent_id is null
          union all
          select u.unit_id, u.name, u.active, t.depth + 1, t.path || (u.sort, u.name, u.unit_id)
          from unit u join tree t on u.parent_id = t.unit_id where u.agency_id = ${meta.agency.agencyId}
        )
        select unit_id, name, active, depth from tree order by path`.execute(db)
      return {
        rows: rows.map(({ unit_id: unitId, name, depth, active }) => ({ unitId, name, depth, active })),
      }
    },
  }),
]
