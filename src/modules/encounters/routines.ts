// What happens by the clock: holdings end at their time, days of encounters are made ahead and dropped after their time.
import { sql } from 'kysely'
import { derivedId } from '../../kernel/ids.ts'
import type { AgencySettings } from '../../kernel/command.ts'
import type { Routine, SystemHands } from '../../kernel/module.ts'
import { type BoxedFact, settle } from '../subjects/index.ts'
import { endHolding } from './contracts-holdings.ts'
import { encountersDb } from './lower.ts'

/** Then only the counts stay. */
export const keepDays = 28
const aheadDays = 7

/** At once, and in one run: a peak is worked off over some minutes, and other jobs have their turn between. */
const settledAtOnce = 500
const settlesMost = 40

/** Opens the boxes of some encounters: who it was goes under the subject's own key, and the encounter knows the id alone. */
async function settleSome(hands: SystemHands, { agencyId }: AgencySettings): Promise<number> {
  const rows = await hands.read(db =>
    encountersDb(db)
      .selectFrom('encounter')
      .select(['encounter_id', 'boxes'])
      .where('agency_id', '=', agencyId)
      .where('boxes', '<>', sql<never>`'[]'::jsonb`)
      .orderBy('encounter_id')
      .limit(settledAtOnce)
      .execute(),
  )
  if (rows.length === 0) return 0
  const subjectOf = await settle(
    hands,
    rows.map(row => ({ factId: row.encounter_id, boxes: row.boxes as BoxedFact['boxes'] })),
  )
  const ids = rows.map(row => row.encounter_id)
  const found = ids.map(one => subjectOf.get(one) ?? null)
  // A box that does not open is kept by the subjects and told of there; it must not come round for ever.
  await hands.upkeep(db =>
    sql`update encounter e set boxes = '[]', subject_id = s.subject_id
      from unnest(${ids}::uuid[], ${found}::uuid[]) as s(encounter_id, subject_id)
      where e.agency_id = ${agencyId} and e.encounter_id = s.encounter_id`.execute(db),
  )
  return rows.length
}

export const routines: readonly Routine[] = [
  {
    name: 'encounters.settle',
    everySeconds: 60,
    async run(hands, agency) {
      for (let times = 0; times < settlesMost; times += 1) {
        if ((await settleSome(hands, agency)) < settledAtOnce) return
      }
    },
  },
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
