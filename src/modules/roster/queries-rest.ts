// Who is owed rest, by name, in the order of unit and name and not of what is owed.
import { queriesOn } from '../../kernel/query.ts'
import { dutyDayOf, spanOf } from '../../kernel/time.ts'
import { rosterOfficers, unitNames, unitSubtree } from '../people/index.ts'
import { restCauses, restOwed } from './contracts.ts'
import { restDebts } from './rest-reads.ts'
import { any } from './swap-reads.ts'
import type { RosterTables } from './tables.ts'

export const restQueries = [
  queriesOn<RosterTables>()(restOwed, {
    sees: 'agency',
    async run(db, { unitId }, meta) {
      const { agency, now, actor } = meta
      const { agencyId } = agency
      const today = dutyDayOf(agency, now)
      const { begins, ends } = spanOf(agency, today, today)
      const [debts, people, units, inUnit] = await Promise.all([
        restDebts(any(db), agency, now, null),
        rosterOfficers(any(db), agencyId, begins, ends),
        unitNames(any(db), agencyId),
        unitId ? unitSubtree(any(db), agencyId, unitId) : null,
      ])
      const { unitIds } = actor.scope
      const byOfficer = Map.groupBy(debts, one => one.officerId)
      // People come in the order of unit and name.
      const rows = people
        .filter(one => unitIds === '*' || unitIds.includes(one.unitId))
        .filter(one => inUnit === null || inUnit.includes(one.unitId))
        .flatMap(({ officerId, name, badge, unitId: home }) => {
          const own = byOfficer.get(officerId) ?? []
          return restCauses.flatMap(cause =>
            own
              .filter(one => one.debt.cause === cause)
              .map(one => ({
                ...one.view,
                ...{ officerId, name, badge, unitId: home },
                unitName: units.get(home)?.shortName ?? '',
              })),
          )
        })
      return { rows }
    },
  }),
]
