// What was done about alerts, numbered one after another.
import { sql } from 'kysely'
import type { CommandMeta, CommandTx } from '../../command.ts'
import type { AlertTables } from './rules.ts'

export interface NewStep {
  alertId: string
  kind:
    | 'acknowledged'
    | 'taken'
    | 'handed'
    | 'snoozed'
    | 'woken'
    | 'wentUp'
    | 'ended'
    | 'continued'
    | 'turned'
  /** When it happened, where that is not now. */
  at?: string
  by: string | null
  text?: string
  /** Whose the alert is after it. */
  owner_role: string
  owner_account_id: string | null
  until?: string
}

export async function addSteps(
  tx: CommandTx<AlertTables>,
  meta: CommandMeta,
  steps: readonly NewStep[],
): Promise<void> {
  if (steps.length === 0) return
  const ids = [...new Set(steps.map(one => one.alertId))].sort()
  const { agencyId } = meta.agency
  const rows = await tx.db
    .selectFrom('alert_step')
    .select(({ fn }) => ['alert_id', fn.max('n').as('last')])
    .where('agency_id', '=', agencyId)
    .where('alert_id', '=', sql<string>`any (${ids}::uuid[])`)
    .groupBy('alert_id')
    .orderBy('alert_id')
    .execute()
  const last = new Map(rows.map(row => [row.alert_id, Number(row.last)]))
  const values = steps.map(({ alertId, kind, at, by, text, until, ...owner }) => {
    const n = (last.get(alertId) ?? 0) + 1
    last.set(alertId, n)
    return {
      agency_id: agencyId,
      alert_id: alertId,
      n,
      kind,
      at: at ?? meta.receivedAt,
      by_account: by,
      text: text ?? '',
      until: until ?? null,
      ...owner,
    }
  })
  for (let from = 0; from < values.length; from += 500) {
    tx.write(tx.db.insertInto('alert_step').values(values.slice(from, from + 500)))
  }
}
