// What happens by the clock alone: levels fall back, planned operations begin. Each by a command of the system, so
// that it stands in the journal like everything else.
import type { Kysely } from 'kysely'
import { derivedId } from '../../kernel/ids.ts'
import type { Routine } from '../../kernel/module.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { fallBack, startOperation } from './contracts.ts'
import type { OperationsTables } from './tables.ts'

export const routines: Routine[] = [
  {
    name: 'operations.byTheClock',
    everySeconds: 60,
    async run(hands, agency) {
      const now = hands.now().toISOString()
      const due = await hands.read(async anyDb => {
        const db = anyDb as Kysely<OperationsTables>
        const levels = await db
          .selectFrom('duty_level')
          .select('level_id')
          .where('agency_id', '=', agency.agencyId)
          .where('ended_at', 'is', null)
          .where('falls_back_at', '<=', now)
          .orderBy('falls_back_at')
          .orderBy('level_id')
          .limit(200)
          .execute()
        const begun = await db
          .selectFrom('operation')
          .select(['operation_id', 'begins_on'])
          .where('agency_id', '=', agency.agencyId)
          .where('state', '=', 'planned')
          .where('begins_on', '<=', dutyDayOf(agency, now))
          .orderBy('operation_id')
          .execute()
        return { levels, begun }
      })
      // Ids follow from what is done, so that two workers at the same minute do it once.
      for (const { level_id } of due.levels) {
        await hands.run(fallBack, { levelId: level_id }, derivedId(level_id, 'falls back'))
      }
      for (const { operation_id, begins_on } of due.begun) {
        const id = derivedId(operation_id, `starts ${begins_on}`)
        await hands.run(startOperation, { operationId: operation_id }, id)
      }
    },
  },
]
