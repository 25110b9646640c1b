// The only reads that open sealed values: with a purpose, and each logged by the kernel.
import { queriesOn } from '../../kernel/query.ts'
import { availabilityReason, officerPhones, peopleProblems } from './contracts.ts'
import { anyOf } from './people-db.ts'
import type { PeopleTables } from './tables.ts'

const on = queriesOn<PeopleTables>()

export const openingQueries = [
  on(availabilityReason, {
    async run(db, input, meta) {
      const row = await db
        .selectFrom('availability as a')
        // Joined, so that the unit policy of officers decides here too.
        .innerJoin('officer as o', join =>
          join.onRef('o.agency_id', '=', 'a.agency_id').onRef('o.officer_id', '=', 'a.officer_id'),
        )
        .select(['a.officer_id', 'a.reason'])
        .where('a.agency_id', '=', meta.agency.agencyId)
        .where('a.availability_id', '=', input.availabilityId)
        .executeTakeFirst()
      if (!row) throw peopleProblems.availabilityMissing()
      const [reason] = await meta.open([row.reason])
      return { officerId: row.officer_id, reason: reason ?? null }
    },
  }),

  on(officerPhones, {
    async run(db, input, meta) {
      const rows = await db
        .selectFrom('officer')
        .select(['officer_id', 'phone'])
        .where('agency_id', '=', meta.agency.agencyId)
        .where('officer_id', '=', anyOf([...new Set(input.officerIds)]))
        .orderBy('name_sort')
        .orderBy('officer_id')
        .execute()
      const phones = await meta.open(rows.map(row => row.phone))
      return { rows: rows.map((row, index) => ({ officerId: row.officer_id, phone: phones[index] ?? null })) }
    },
  }),
]
