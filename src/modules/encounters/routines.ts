// What happens by the clock: holdings end at their time, days of encounters are made ahead and dropped after their time.
import { sql } from 'kysely'
import { derivedId } from '../../kernel/ids.ts'
import type { Routine } from '../../kernel/module.ts'
import { endHolding } from './contracts-holdings.ts'
import { encountersDb } from './lower.ts'

/** Then only the counts stay. */
export const keepDays = 28
const aheadDays = 7

export const routines: readonly Routine[] = [
  {
    name: 'encounters.holdingsEnd',
    everySeconds: 60,
    async run(hands, agency) {
      const due = await hands.read(db =>
        encountersDb(db)
          .selectFrom('holding')
          .select('holding_id')
          .where('agency_id', '=', agency.agencyId)
          .where('outcome', 'is', null)
          .where('ended_at', 'is', null)
          .where('ends_at', '<=', hands.now().toISOString())
          .orderBy('holding_id')
          .limit(500)
          .execute(),
      )
      // Ids follow from what is done, so that two workers at the same minute do it once.
      for (const { holding_id: holdingId } of due) {
        await hands.run(endHolding, { holdingId }, derivedId(holdingId, 'its time is up'))
      }
    },
  },
  {
    name: 'encounters.days',
    everySeconds: 3_600,
    async run(hands) {
      const now = hands.now().toISOString()
      await hands.upkeep(db =>
        sql`select * from sys.keep_encounter_days(${now}::timestamptz, ${aheadDays}, ${keepDays})`.execute(
          db,
        ),
      )
    },
  },
]
