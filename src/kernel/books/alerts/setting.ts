// How an account wants to be told of alerts: kept on the server, so that it is the same at every desk.
import { type Kysely, sql } from 'kysely'
import { commandsOn } from '../../command.ts'
import { queriesOn } from '../../query.ts'
import { type AlertSetting, ownAlertSetting, setAlertSetting, usualSetting } from './contracts.ts'
import { alertProblems } from './problems.ts'
import type { AlertTables } from './rules.ts'

export const setSetting = commandsOn<AlertTables>()(setAlertSetting, {
  handle(tx, input, meta) {
    const { quietFromMinute: from, quietUntilMinute: until } = input
    const { accountId } = meta.actor
    if ((from === null) !== (until === null) || (from !== null && from === until)) {
      throw alertProblems.alertQuietHours()
    }
    if (accountId === null) throw new Error('invariant: the system is told of nothing')
    const set = {
      sound_red: input.soundRed,
      sound_amber: input.soundAmber,
      quiet_from_minute: from,
      quiet_until_minute: until,
      quiet_but_red: input.quietButRed,
    }
    tx.write(
      tx.db
        .insertInto('alert_setting')
        .values({ agency_id: meta.agency.agencyId, account_id: accountId, ...set })
        .onConflict(conflict => conflict.columns(['agency_id', 'account_id']).doUpdateSet(set)),
    )
    return {}
  },
})

/** By account; who never set anything is not in the map and has the usual. */
export async function settingsOf(
  db: Kysely<AlertTables>,
  agencyId: string,
  accountIds: readonly string[],
): Promise<Map<string, AlertSetting>> {
  const rows = await db
    .selectFrom('alert_setting')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('account_id', '=', sql<string>`any (${accountIds}::uuid[])`)
    .orderBy('account_id')
    .execute()
  return new Map(
    rows.map(row => [
      row.account_id,
      {
        soundRed: row.sound_red,
        soundAmber: row.sound_amber,
        quietFromMinute: row.quiet_from_minute,
        quietUntilMinute: row.quiet_until_minute,
        quietButRed: row.quiet_but_red,
      },
    ]),
  )
}

export const ownSetting = queriesOn<AlertTables>()(ownAlertSetting, {
  async run(db, _input, meta) {
    const { accountId } = meta.actor
    const found = accountId ? await settingsOf(db, meta.agency.agencyId, [accountId]) : new Map()
    return found.get(accountId) ?? usualSetting
  },
})
