// Generated from the migrations by `npm run types`. Do not edit.
import type { ColumnType, Generated } from 'kysely'

/** conditions that watches found, until they end */
export interface AlertTable {
  agency_id: string
  alert_id: string
  watch: string
  subject: string
  title_zh: string
  title_en: string
  severity: string
  link: string
  owner_role: string
  unit_id: string | null
  raised_at: string
  due_at: string
  cleared_at: string | null
  owner_account_id: string | null
  first_owner_role: string | null
  acknowledged_at: string | null
  acknowledged_by: string | null
  goes_up_at: string | null
  went_up: Generated<number>
  snoozed_until: string | null
  times: Generated<number>
}

/** how an account wants to be told of alerts */
export interface AlertSettingTable {
  agency_id: string
  account_id: string
  sound_red: boolean
  sound_amber: boolean
  quiet_from_minute: number | null
  quiet_until_minute: number | null
  quiet_but_red: boolean
}

/** what was done about an alert, by whom and when */
export interface AlertStepTable {
  agency_id: string
  alert_id: string
  n: number
  kind: string
  at: string
  by_account: string | null
  text: Generated<string>
  owner_role: string
  owner_account_id: string | null
  until: string | null
}

/** each row before and after, by command */
export interface ChangeTable {
  agency_id: string
  table_name: string
  row_id: string
  n: number
  command_id: string
  op: string
  before: ColumnType<unknown, string, string> | null
  after: ColumnType<unknown, string, string> | null
}

/** every command with its answer, in order */
export interface JournalTable {
  agency_id: string
  seq: number
  id: string
  parent_id: string | null
  name: string
  version: number
  kind: string
  actor_id: string | null
  actor: ColumnType<unknown, string, string>
  device_id: string | null
  occurred_at: string
  received_at: string
  digest: string
  input: ColumnType<unknown, string, string>
  verdict: string
  answer: ColumnType<unknown, string, string>
}

/** last seq of each agency */
export interface JournalHeadTable {
  agency_id: string
  seq: number
}

/** every look at sealed values, with its purpose */
export interface OpeningTable {
  agency_id: string
  opening_id: string
  query: string
  actor_id: string
  purpose: string
  at: string
  subject_id: string | null
  case_ref: string | null
}

/** facts held for a person to accept or dismiss */
export interface ReviewTable {
  agency_id: string
  review_id: string
  command_id: string
  name: string
  version: number
  reason: ColumnType<unknown, string, string>
  actor_id: string | null
  device_id: string | null
  held_at: string
  state: Generated<string>
  settled_by: string | null
  settled_at: string | null
  settled_why: string | null
  settled_command_id: string | null
}

export interface KernelTables {
  alert: AlertTable
  alert_setting: AlertSettingTable
  alert_step: AlertStepTable
  change: ChangeTable
  journal: JournalTable
  journal_head: JournalHeadTable
  opening: OpeningTable
  review: ReviewTable
}
