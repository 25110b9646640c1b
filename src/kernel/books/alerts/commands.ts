// What is done about alerts: known, taken, handed over, put off; and what the clock does where nobody did anything.
import { sql, type Updateable } from 'kysely'
import { type CommandMeta, type CommandTx, commandsOn } from '../../command.ts'
import type { Role } from '../../contract.ts'
import { kernelProblems } from '../../problem.ts'
import type { AlertTable } from '../../tables.ts'
import {
  acknowledgeAlerts,
  escalateAlert,
  handAlert,
  ownerRoles,
  type Severity,
  snoozeAlert,
  snoozeMinutesMost,
  wakeAlert,
} from './contracts.ts'
import { alertProblems } from './problems.ts'
import {
  type AlertRow,
  type AlertTables,
  climbOf,
  firstClimbAt,
  laterBy,
  mayAct,
  nextClimbAt,
  notYours,
  sees,
} from './rules.ts'
import { setSetting } from './setting.ts'
import { settle } from './settle.ts'
import { addSteps, type NewStep } from './steps.ts'

const on = commandsOn<AlertTables>()
type Tx = CommandTx<AlertTables>
const isSystem = (meta: CommandMeta) => meta.actor.roles.includes('system')

async function found(tx: Tx, meta: CommandMeta, ids: readonly string[]): Promise<AlertRow[]> {
  const rows = await tx.db
    .selectFrom('alert')
    .selectAll()
    .where('agency_id', '=', meta.agency.agencyId)
    .where('alert_id', '=', sql<string>`any (${ids}::uuid[])`)
    .orderBy('alert_id')
    .execute()
  // What he may not see is answered as what is not there.
  if (rows.length < ids.length || rows.some(row => !isSystem(meta) && !sees(meta.actor, row))) {
    throw kernelProblems.missing({ what: '预警' })
  }
  const foreign = rows.find(row => !isSystem(meta) && !mayAct(meta.actor, row))
  if (foreign) throw notYours(foreign)
  return rows
}

async function needOpen(tx: Tx, meta: CommandMeta, alertId: string): Promise<AlertRow> {
  const [row] = await found(tx, meta, [alertId])
  if (!row) throw kernelProblems.missing({ what: '预警' })
  if (row.cleared_at !== null) throw alertProblems.alertEnded()
  return row
}

async function change(
  tx: Tx,
  meta: CommandMeta,
  rows: readonly AlertRow[],
  set: Updateable<AlertTable>,
  step: Pick<NewStep, 'kind' | 'text' | 'until'>,
): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(row => row.alert_id)
  tx.write(
    tx.db
      .updateTable('alert')
      .set(set)
      .where('agency_id', '=', meta.agency.agencyId)
      .where('alert_id', '=', sql<string>`any (${ids}::uuid[])`),
    { rows: ids.length, otherwise: kernelProblems.changedMeanwhile() },
  )
  await addSteps(
    tx,
    meta,
    rows.map(row => ({
      ...step,
      alertId: row.alert_id,
      by: meta.actor.accountId,
      owner_role: set.owner_role ?? row.owner_role,
      owner_account_id: set.owner_account_id === undefined ? row.owner_account_id : set.owner_account_id,
    })),
  )
}

const acknowledge = on(acknowledgeAlerts, {
  async handle(tx, input, meta) {
    const { accountId } = meta.actor
    const rows = await found(tx, meta, [...new Set(input.alertIds)])
    const open = rows.filter(row => row.cleared_at === null)
    if (open.length === 0) throw alertProblems.alertEnded()
    const todo = open.filter(row =>
      input.take
        ? row.owner_account_id !== accountId || row.acknowledged_at === null
        : row.acknowledged_at === null,
    )
    const known = { acknowledged_at: meta.receivedAt, acknowledged_by: accountId }
    // Who takes a thing on deals with it now: it is no longer put off.
    const set = input.take ? { ...known, owner_account_id: accountId, snoozed_until: null } : known
    await change(tx, meta, todo, set, { kind: input.take ? 'taken' : 'acknowledged' })
    return {
      acknowledged: todo.length,
      already: open.length - todo.length,
      ended: rows.length - open.length,
    }
  },
})

/** To a role, or to somebody who works here and does more than read. */
async function newOwner(
  tx: Tx,
  meta: CommandMeta,
  row: AlertRow,
  to: { toRole: Role | null; toAccountId: string | null },
): Promise<Pick<AlertRow, 'owner_role' | 'owner_account_id'>> {
  if ((to.toRole === null) === (to.toAccountId === null)) throw alertProblems.alertHandedNowhere()
  if (to.toRole !== null) {
    const same = row.owner_account_id === null && row.owner_role === to.toRole
    if (same || !ownerRoles.includes(to.toRole)) throw alertProblems.alertCannotTake()
    return { owner_role: to.toRole, owner_account_id: null }
  }
  const account = await tx.db
    .selectFrom('account')
    .select(['account_id', 'roles', 'active'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('account_id', '=', to.toAccountId)
    .executeTakeFirst()
  const works = account?.active && account.roles.some(role => role !== 'viewer')
  if (!account || !works || account.account_id === row.owner_account_id) throw alertProblems.alertCannotTake()
  return { owner_role: row.owner_role, owner_account_id: account.account_id }
}

const hand = on(handAlert, {
  async handle(tx, input, meta) {
    const row = await needOpen(tx, meta, input.alertId)
    const owner = await newOwner(tx, meta, row, input)
    const severity = row.severity as Severity
    // The new owner has to acknowledge it himself, and has his own time for it.
    const set = {
      ...owner,
      acknowledged_at: null,
      acknowledged_by: null,
      snoozed_until: null,
      goes_up_at: firstClimbAt(row.due_at, meta.receivedAt, severity),
    }
    await change(tx, meta, [row], set, { kind: 'handed', text: input.note.trim() })
    return {}
  },
})

const snooze = on(snoozeAlert, {
  async handle(tx, input, meta) {
    const row = await needOpen(tx, meta, input.alertId)
    const most = snoozeMinutesMost[row.severity as Severity]
    const until = new Date(input.until).toISOString()
    if (until <= meta.receivedAt || until > laterBy(meta.receivedAt, most)) {
      throw alertProblems.alertSnoozedTooLong({ hours: most / 60 })
    }
    await change(
      tx,
      meta,
      [row],
      { snoozed_until: until },
      { kind: 'snoozed', text: input.reason.trim(), until },
    )
    return {}
  },
})

/** By whoever may act on it at any time; by the clock when its time has come. */
const wake = on(wakeAlert, {
  async handle(tx, input, meta) {
    const row = await needOpen(tx, meta, input.alertId)
    const { snoozed_until: until } = row
    if (until === null || (isSystem(meta) && until > meta.receivedAt)) throw alertProblems.alertNotDue()
    const goesUpAt = firstClimbAt(row.due_at, meta.receivedAt, row.severity as Severity)
    await change(tx, meta, [row], { snoozed_until: null, goes_up_at: goesUpAt }, { kind: 'woken' })
    return {}
  },
})

const escalate = on(escalateAlert, {
  async handle(tx, input, meta) {
    const row = await needOpen(tx, meta, input.alertId)
    const climb = climbOf(row)
    if (climb === null || row.owner_role !== input.from || climb.at > meta.receivedAt) {
      throw alertProblems.alertNotDue()
    }
    const set = {
      owner_role: climb.to,
      owner_account_id: null,
      first_owner_role: row.first_owner_role ?? row.owner_role,
      went_up: row.went_up + 1,
      goes_up_at: nextClimbAt(meta.receivedAt, row.severity as Severity),
    }
    await change(tx, meta, [row], set, { kind: 'wentUp' })
    return {}
  },
})

export const alertCommands = [settle, acknowledge, hand, snooze, wake, escalate, setSetting]
