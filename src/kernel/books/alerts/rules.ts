// Who sees an alert, who may act on it, and by when it goes up. One wording for commands and queries.
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Actor } from '../../command.ts'
import { type Problem, type Role, roleTitles } from '../../contract.ts'
import type { AlertTable, KernelTables } from '../../tables.ts'
import { graceMinutes, roleAbove, type Severity, stepMinutes } from './contracts.ts'
import { alertProblems } from './problems.ts'

/** With the accounts, by whose names owners are shown. */
export interface AlertTables extends KernelTables {
  account: { agency_id: string; account_id: string; name: string; roles: string[]; active: boolean }
}
export type AlertRow = Selectable<AlertTable>

type Owned = Pick<AlertRow, 'owner_role' | 'first_owner_role' | 'owner_account_id' | 'unit_id'>
type Who = Pick<Actor, 'accountId' | 'roles' | 'scope'>

/** The command post may act on every alert that it sees. */
const overAll: readonly string[] = ['dutyOfficer', 'commander']

export const isMine = (actor: Who, row: Owned): boolean =>
  row.owner_account_id !== null
    ? row.owner_account_id === actor.accountId
    : (actor.roles as readonly string[]).includes(row.owner_role)

/** What concerns the whole bureau, one of his units, or himself by name. */
export function sees(actor: Who, row: Owned): boolean {
  const { unitIds } = actor.scope
  if (row.unit_id === null || unitIds === '*' || unitIds.includes(row.unit_id)) return true
  return row.owner_account_id !== null && row.owner_account_id === actor.accountId
}

/** The same as a condition on `alert`: the table has no policy of units, because an alert can be handed past them. */
export const alertSeen = (actor: Who): RawBuilder<boolean> => {
  const { unitIds } = actor.scope
  if (unitIds === '*') return sql<boolean>`true`
  return sql<boolean>`(alert.unit_id is null or alert.unit_id = any (${unitIds}::uuid[])
    or alert.owner_account_id = ${actor.accountId}::uuid)`
}

/** The role that owns it now or owned it first, whoever has it by name, and the command post. */
export function mayAct(actor: Who, row: Owned): boolean {
  if (!sees(actor, row)) return false
  if (row.owner_account_id !== null && row.owner_account_id === actor.accountId) return true
  return actor.roles.some(
    role => role === row.owner_role || role === row.first_owner_role || overAll.includes(role),
  )
}

export function notYours(row: Owned): Problem {
  const title = roleTitles[row.owner_role as Role]
  return alertProblems.alertNotYours({
    role: title?.zh ?? row.owner_role,
    roleEn: title?.en ?? row.owner_role,
  })
}

export const laterBy = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString()

const later = (a: string, b: string) => (Date.parse(a) >= Date.parse(b) ? new Date(a).toISOString() : b)

/** At its due time; what is past that already leaves its owner a few minutes. */
export const firstClimbAt = (dueAt: string, now: string, severity: Severity): string =>
  later(dueAt, laterBy(now, graceMinutes[severity]))

export const nextClimbAt = (now: string, severity: Severity): string => laterBy(now, stepMinutes[severity])

type Clocked = Pick<
  AlertRow,
  'owner_role' | 'goes_up_at' | 'due_at' | 'acknowledged_at' | 'snoozed_until' | 'cleared_at'
>
/** When it goes up, and to whom; null where somebody knows, it is put off, has ended, or is with the commander. */
export function climbOf(row: Clocked): { at: string; to: Role } | null {
  const to = roleAbove(row.owner_role as Role)
  if (to === null || row.acknowledged_at !== null || row.snoozed_until !== null || row.cleared_at !== null) {
    return null
  }
  return { at: row.goes_up_at ?? row.due_at, to }
}
