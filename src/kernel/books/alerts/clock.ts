// What happens to alerts by the clock alone, each by a command of the system, so that it stands in the journal like
// everything else: put off ones come back, and what nobody acknowledged goes up.
import { type Kysely, sql } from 'kysely'
import type { Role } from '../../contract.ts'
import type { AnyTables } from '../../db/connection.ts'
import { derivedId } from '../../ids.ts'
import type { Routine } from '../../module.ts'
import { escalateAlert, wakeAlert } from './contracts.ts'
import type { AlertTables } from './rules.ts'

const atOnceMost = 500
const tablesOf = (db: Kysely<AnyTables>) => db as unknown as Kysely<AlertTables>

export const alertRoutine: Routine = {
  name: 'kernel.alertsByTheClock',
  everySeconds: 60,
  async run(hands, agency) {
    const now = hands.now().toISOString()
    const open = (db: Kysely<AnyTables>) =>
      tablesOf(db)
        .selectFrom('alert')
        .select(['alert_id', 'owner_role', 'goes_up_at', 'due_at', 'snoozed_until'])
        .where('agency_id', '=', agency.agencyId)
        .where('cleared_at', 'is', null)
        .orderBy('due_at')
        .orderBy('alert_id')
        .limit(atOnceMost)
    const back = await hands.read(db => open(db).where('snoozed_until', '<=', now).execute())
    // Ids follow from what is done, so that two workers at the same minute do it once.
    for (const { alert_id: alertId, snoozed_until: until } of back) {
      await hands.run(wakeAlert, { alertId }, derivedId(alertId, `comes back at ${until}`))
    }
    const due = await hands.read(db =>
      open(db)
        .where('acknowledged_at', 'is', null)
        .where('snoozed_until', 'is', null)
        .where('owner_role', '<>', 'commander')
        .where(sql<boolean>`coalesce(goes_up_at, due_at) <= ${now}::timestamptz`)
        .execute(),
    )
    for (const { alert_id: alertId, owner_role, goes_up_at, due_at } of due) {
      const id = derivedId(alertId, `goes up from ${owner_role} at ${goes_up_at ?? due_at}`)
      await hands.run(escalateAlert, { alertId, from: owner_role as Role }, id)
    }
  },
}
